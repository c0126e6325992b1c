import type { SourceUnit } from '../codemod';
import { GrammarError } from '../grammars';
import { ExpressionTypes } from './expression-types';
import { Refusal } from './refusal';
import { styleOf, type PhpStyle } from './style';
import { PhpSource } from './tree';

/** One PHP file that was read. */
export interface PhpFile {
  readonly source: PhpSource;
  readonly types: ExpressionTypes;
  readonly style: PhpStyle;
}

/** The first file of the project, among those that no codemod is given, in which a PHP text matches. */
export type SearchElsewhere = (pattern: RegExp) => string | undefined;

/** The PHP files of a project, each read when it is asked for. */
export class Project {
  /** Why files could not be read. */
  readonly failures = new Map<string, string>();
  private readonly known = new Map<string, PhpFile | undefined>();

  constructor(
    private readonly units: readonly SourceUnit[],
    private readonly searchElsewhere: SearchElsewhere = () => undefined,
  ) {}

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
    return this.units
      .filter(({ text }) => pattern.test(text))
      .map((unit) => {
        const file = this.read(unit);
        if (file === undefined) throw new Refusal(`${unit.path} may use it, and could not be read`);
        return file;
      });
  }

  /**
   * Makes sure that what is not seen here has no say.
   *
   * @throws Refusal where a file of the project that is not read has a match
   */
  refuseElsewhere(pattern: RegExp, what: string): void {
    const path = this.searchElsewhere(pattern);
    if (path !== undefined) throw new Refusal(`${path} may use ${what}`);
  }

  /** Undefined where the parser does not wholly understand a file. */
  private read({ path, text }: SourceUnit): PhpFile | undefined {
    if (!this.known.has(path)) this.known.set(path, this.parse(path, text));
    return this.known.get(path);
  }

  private parse(path: string, text: string): PhpFile | undefined {
    try {
      const source = new PhpSource(path, text);
      if (source.isWhole) return { source, types: new ExpressionTypes(source), style: styleOf(source) };
      this.failures.set(path, 'it has a syntax error, or is written in a PHP that this version does not know.');
    } catch (error) {
      // Without a grammar for this machine, or nested too deep.
      if (!(error instanceof GrammarError || error instanceof RangeError)) throw error;
      this.failures.set(path, error.message);
    }
    return undefined;
  }
}
