import { ts } from 'ts-morph';
import { legacyPackages } from '../../src/catalog';
import type { CodemodInput, FindingDraft } from '../codemod';
import { FileRewriter } from '../rewriting/file-rewriter';
import { detectStyle, type CodeStyle } from '../rewriting/style';
import { usesOnlyEs5 } from '../rewriting/syntax-level';
import { nodesOf } from '../typed-program/nodes';
import type { AnalysedFile } from '../typed-program/analyse';
import { legacyTypeOf, type LegacyType } from '../typed-program/brands';
import { declaredNames } from './declared-names';
import { legacyAliases } from '../typed-program/package-aliases';
import type { OperationCall } from './calls/find-operations';
import type { HelperFunction } from '../v2-request/types';
import { isTypeScript } from '../rewriting/is-type-script';

export { walk } from '../typed-program/nodes';

export const CODEMOD = 'node-client';

/** A finding without what can be read off the node it stands at. */
export type Place = Omit<FindingDraft, 'codemod' | 'surface' | 'path' | 'start' | 'end' | 'confidence'> & {
  readonly confidence?: FindingDraft['confidence'];
  readonly surface?: FindingDraft['surface'];
};

/** What the comment of an open place says, and where it stands. */
export interface OpenSaid {
  readonly decision?: string | undefined;
  readonly above?: ts.Node | undefined;
  /** How the comment of an earlier run begins, when its rest names what only the types of legacy had told. */
  readonly begins?: string | undefined;
}

const knownAliases = new WeakMap<CodemodInput, ReadonlyMap<string, string>>();

function aliasesOf(input: CodemodInput): ReadonlyMap<string, string> {
  const known = knownAliases.get(input) ?? legacyAliases(input.packages, input.files);
  knownAliases.set(input, known);
  return known;
}

/** What every step needs to know about the file that it works on, and where it leaves what it found. */
export class FileContext {
  readonly rewriter: FileRewriter;
  readonly style: CodeStyle;
  /** Nothing in the file came after ES5, so nothing new in it does where that can be had. */
  readonly isEs5: boolean;
  readonly isTypeScript: boolean;
  readonly findings: FindingDraft[] = [];
  readonly helpers = new Set<HelperFunction>();
  /** The rewritten code constructs a WebStoreClient here. */
  needsSdk = false;
  /** Some calls stay legacy, so errors of both kinds arrive. */
  keepsLegacy = false;
  /** Errors of the project keep the code of a request by hand. */
  hasOwnCodes = false;
  /** Whatever looks into an error here gets that of a call that stays, so it keeps its words. */
  keepsErrors = false;
  /** The one currency with which every legacy client of the project is configured, for calls that name none. */
  configuredCurrency: string | undefined;
  /** The project makes payments that may be declined: elements that their answers are made of. */
  declinable: ReadonlySet<string> = new Set();
  /** Parameters of the project that get amounts of v2 and of legacy: fields of both are read there. */
  sharedPrices: ReadonlySet<ts.ParameterDeclaration> = new Set();
  /** Import lines that have no place of their own yet. */
  readonly pendingLines: string[] = [];
  /** Lines below all imports. */
  readonly trailingLines: string[] = [];
  /** Names of a legacy package that code still needs, so that it stays loaded for them. */
  readonly keptNames = new Set<ts.Identifier>();
  /** Names that the file declares itself from now on. */
  readonly settledNames = new Set<ts.Identifier>();
  /** Calls of functions that are given the name of an operation, which no type tells. */
  readonly namedCalls = new Map<ts.Node, OperationCall>();
  /** What `leaveOpen` has said, and where. */
  private readonly decisions = new Set<string>();
  /** A dozen steps ask for the same nodes, and the checker follows the flow of the code anew each time. */
  private declared: ReadonlySet<string> | undefined;
  private readonly types = new Map<ts.Node, LegacyType | undefined>();

  constructor(
    readonly file: AnalysedFile,
    readonly checker: ts.TypeChecker,
    readonly input: CodemodInput,
  ) {
    this.rewriter = new FileRewriter(file);
    this.style = detectStyle(file.unit.text);
    this.isTypeScript = isTypeScript(file.unit.path);
    // A file of types has nothing that came after ES5, and no `require`.
    this.isEs5 = !this.isTypeScript && usesOnlyEs5(nodesOf(file.source));
  }

  /** Under its own name, or under one that package.json gives it. */
  isLegacyPackage(specifier: string): boolean {
    return legacyPackages[specifier] !== undefined || aliasesOf(this.input).has(specifier);
  }

  typeOf(node: ts.Node): LegacyType | undefined {
    const known = this.types.get(node);
    if (known !== undefined || this.types.has(node)) return known;
    const type = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(node));
    this.types.set(node, type);
    return type;
  }

  typeOfSymbol(symbol: ts.Symbol): LegacyType | undefined {
    return legacyTypeOf(this.checker, this.checker.getTypeOfSymbol(symbol));
  }

  /** The type of an expression with or without what stands around it: a type may have been written at either. */
  typeAround(node: ts.Expression): LegacyType | undefined {
    return this.typeOf(node) ?? this.typeOf(unwrap(node));
  }

  /** The text of a node as the merchant wrote it, on one line. */
  text(node: ts.Node): string {
    return this.rewriter.original(node).replace(/\s+/g, ' ');
  }

  need(...helpers: HelperFunction[]): void {
    helpers.forEach((helper) => this.helpers.add(helper));
  }

  /** The name of a function of the helper in this file: its own, unless the file has something else of that name. */
  readonly nameOf = (helper: HelperFunction): string => {
    this.declared ??= declaredNames(this.file.source);
    return this.declared.has(helper) ? `amazonPay${helper.charAt(0).toUpperCase()}${helper.slice(1)}` : helper;
  };

  /** Loads a function of the helper, and returns its name in this file. */
  helper(helper: HelperFunction): string {
    this.need(helper);
    return this.nameOf(helper);
  }

  report(node: ts.Node, place: Place): void {
    const { start, end } = { start: this.rewriter.start(node), end: this.rewriter.end(node) };
    this.findings.push({
      surface: 'node-client',
      confidence: 'high',
      ...place,
      codemod: CODEMOD,
      path: this.file.unit.path,
      start,
      end,
    });
  }

  /** Adds a sentence to what is reported of a call of legacy. */
  addToMessage(node: ts.Node, sentence: string): void {
    const start = this.rewriter.start(node);
    const index = this.findings.findIndex((found) => found.start === start && /(?:-call|-operation)$/.test(found.rule));
    const found = this.findings[index];
    if (found !== undefined) this.findings[index] = { ...found, message: found.message + sentence };
  }

  /** The comments above the statement around a place. */
  commentAbove(node: ts.Node): string {
    const statement = ts.findAncestor(node, startsOwnLine) ?? node;
    // All of it, for a comment on the line of the statement before counts as one behind that.
    return statement.getSourceFile().text.slice(statement.getFullStart(), statement.getStart());
  }

  /** Marks the statement around a place with the decision that somebody must make there. */
  todo(node: ts.Node, rule: string, decision: string): void {
    this.writeAbove(node, `// TODO(amazon-pay-v2) ${rule}: ${decision}`);
  }

  /** Writes a comment of one line above the statement around a place. */
  writeAbove(node: ts.Node, comment: string): void {
    this.rewriter.prefix(ts.findAncestor(node, startsOwnLine) ?? node, comment);
  }

  /** An earlier run said it there, and the comment itself is listed. */
  isSaid(node: ts.Node, rule: string, decision: string): boolean {
    return this.commentAbove(node).includes(`TODO(amazon-pay-v2) ${rule}: ${decision}`);
  }

  /** One comment stands for all places of a statement that want the same decision. */
  private isFirst(node: ts.Node, rule: string, decision: string): boolean {
    const statement = ts.findAncestor(node, startsOwnLine) ?? node;
    const key = `${this.rewriter.start(statement)} ${rule} ${decision}`;
    const isNew = !this.decisions.has(key);
    this.decisions.add(key);
    return isNew;
  }

  /**
   * Lists a place whose surroundings are v2 from now on and that somebody must finish. Its legacy type leaves with the call
   * that answered, so nothing would find it again: the comment keeps it on the list until it is settled.
   *
   * @param said.decision what the comment says, when it is not the message
   * @param said.above the place whose statement the comment stands above, when it is not the reported one
   * @param said.begins how the comment of an earlier run begins, when the rest of it may read differently by now
   */
  leaveOpen(node: ts.Node, place: Omit<Place, 'automation' | 'rewritten'>, said: OpenSaid = {}): void {
    const { decision = place.message, above = node } = said;
    if (this.isSaid(above, place.rule, said.begins ?? decision) || !this.isFirst(above, place.rule, decision)) return;
    this.report(node, { ...place, automation: 'assisted', rewritten: true });
    this.todo(above, place.rule, decision);
  }
}

/** A statement or class member that a comment line can stand above. */
const startsOwnLine = (node: ts.Node): boolean => {
  if (ts.isClassElement(node) && ts.isClassLike(node.parent)) return true;
  if (!ts.isStatement(node) || ts.isBlock(node)) return false;
  const { parent } = node;
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent) || ts.isModuleBlock(parent);
};

/** The expression without parentheses, `await`, casts and non-null marks around it. */
export function unwrap(node: ts.Expression): ts.Expression {
  let current = node;
  while (
    ts.isParenthesizedExpression(current) ||
    ts.isAsExpression(current) ||
    ts.isNonNullExpression(current) ||
    ts.isTypeAssertionExpression(current)
  ) {
    current = current.expression;
  }
  return current;
}
