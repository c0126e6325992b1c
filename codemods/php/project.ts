import type { SourceUnit } from '../codemod';
import { GrammarError } from '../grammars';
import { Elsewhere } from './elsewhere';
import { ExpressionTypes, type Callee } from './expression-types';
import { findCallees } from './find-callee';
import { Refusal } from './refusal';
import { styleOf, type PhpStyle } from './style';
import { PhpSource, type PhpNode } from './tree';

/** One PHP file that was read. */
export interface PhpFile {
  readonly source: PhpSource;
  readonly types: ExpressionTypes;
  readonly style: PhpStyle;
}

const DECLARED = /\b(?:class|interface|trait|function)\s+&?\s*(\w+)/gi;

/** The PHP files of a project, each read when it is asked for. */
export class Project {
  /** Why files could not be read. */
  readonly failures = new Map<string, string>();
  private readonly known = new Map<string, PhpFile | undefined>();
  /** Which files may declare a name, by that name in small letters. */
  private readonly declaring = new Map<string, Set<SourceUnit>>();

  constructor(
    readonly units: readonly SourceUnit[],
    readonly elsewhere = new Elsewhere(),
    /** The trees of an earlier round over the same files. */
    private readonly parsed = new Map<string, PhpSource>(),
  ) {
    for (const unit of units) {
      for (const [, name = ''] of unit.text.matchAll(DECLARED)) {
        const key = name.toLowerCase();
        this.declaring.set(key, (this.declaring.get(key) ?? new Set()).add(unit));
      }
    }
  }

  /** The files of a kind that can be read. */
  readAll(isWanted: (unit: SourceUnit) => boolean): readonly PhpFile[] {
    return this.units.filter(isWanted).flatMap((unit) => this.read(unit) ?? []);
  }

  /**
   * The files in which a text matches.
   *
   * @throws Refusal where one of them cannot be read
   */
  filesWith(pattern: RegExp): readonly PhpFile[] {
    return this.units.filter(({ text }) => pattern.test(text)).map((unit) => this.readOrRefuse(unit));
  }

  /**
   * The files that may declare a class, an interface or a function of a name without namespace.
   *
   * @throws Refusal where one of them cannot be read
   */
  filesDeclaring(name: string): readonly PhpFile[] {
    return [...(this.declaring.get(name.toLowerCase()) ?? [])].map((unit) => this.readOrRefuse(unit));
  }

  private readOrRefuse(unit: SourceUnit): PhpFile {
    const file = this.read(unit);
    if (file === undefined) throw new Refusal(`${unit.path} may use it, and could not be read`);
    return file;
  }

  /**
   * Makes sure that what is not seen here has no say.
   *
   * @throws Refusal where a file of the project that is not read has a match
   */
  refuseElsewhere(pattern: RegExp, what: string): void {
    const path = this.elsewhere.find('code', pattern);
    if (path !== undefined) throw new Refusal(`${path} may use ${what}`);
  }

  /** The one function that a call enters; none where several may be meant. */
  private calleeOf(file: PhpFile, call: PhpNode): Callee | undefined {
    try {
      const [callee, ...others] = findCallees(this, file, call);
      return callee === undefined || others.length > 0 ? undefined : { types: callee.file.types, node: callee.node };
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Undefined where the parser does not wholly understand a file. */
  private read({ path, text }: SourceUnit): PhpFile | undefined {
    if (!this.known.has(path)) this.known.set(path, this.parse(path, text));
    return this.known.get(path);
  }

  private parse(path: string, text: string): PhpFile | undefined {
    try {
      const source = this.parsed.get(path) ?? new PhpSource(path, text);
      this.parsed.set(path, source);
      if (source.isWhole) {
        const file: PhpFile = {
          source,
          types: new ExpressionTypes(source, (call) => this.calleeOf(file, call)),
          style: styleOf(source),
        };
        return file;
      }
      this.failures.set(path, 'it has a syntax error, or is written in a PHP that this version does not know.');
    } catch (error) {
      // Without a grammar for this machine, or nested too deep.
      if (!(error instanceof GrammarError || error instanceof RangeError)) throw error;
      this.failures.set(path, error.message);
    }
    return undefined;
  }
}
