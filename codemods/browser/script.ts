import { ts } from 'ts-morph';
import { browserSymbols } from '../../src/catalog';
import type { ParsedRegion, Range, ScriptRegion } from '../carriers';
import type { FindingDraft } from '../codemod';
import { FileRewriter } from '../rewriting/file-rewriter';
import { detectStyle, indentAt } from '../rewriting/style';
import { findAliases, type Aliases } from './aliases';
import type { EmittedFunction } from './emitted-functions';
import type { Page } from './page';
import { scriptStyleOf, type ScriptStyle } from './script-style';

/** What is said about a place. */
export interface Said {
  readonly message: string;
  readonly legacy: FindingDraft['legacy'];
  readonly replacement?: FindingDraft['replacement'];
  /** Rewritten by an edit; otherwise the place is only listed. */
  readonly rewritten?: boolean;
  /** A stricter level than that of the rule. */
  readonly automation?: FindingDraft['automation'];
  readonly confidence?: FindingDraft['confidence'];
}

/** A tag that says that what follows is no template. */
const LITERAL = /^[{<[]*%?-?\s*(\/|end)?(?:literal|raw|verbatim)\b/;

/** A script of a page that was parsed. Nodes are those of the script; offsets that leave it are those of the file. */
export class Script {
  readonly rewriter: FileRewriter;
  readonly aliases: Aliases;
  readonly style: ScriptStyle;
  /** Names of emitted functions that the script calls. */
  readonly needs = new Set<EmittedFunction>();

  constructor(
    readonly page: Page,
    readonly parsed: ParsedRegion,
  ) {
    const { region, source } = parsed;
    this.rewriter = new FileRewriter({
      unit: page.unit,
      source,
      annotated: { toOriginal: (offset: number) => offset + region.start },
    });
    this.aliases = findAliases(source);
    this.style = scriptStyleOf(source, region.language, detectStyle(page.unit.text));
  }

  /** Rewritten code names `amazon` itself, which TypeScript has to know. */
  namesAmazon = false;

  /** The script declared the legacy global, and declares `amazon` in its place. */
  redeclares = false;

  /** Nodes that go with what is rewritten around them. */
  private readonly dropped = new Set<ts.Node>();

  drop(node: ts.Node): void {
    this.dropped.add(node);
  }

  isDropped(node: ts.Node): boolean {
    return ts.findAncestor(node, (one) => this.dropped.has(one)) !== undefined;
  }

  get source(): ts.SourceFile {
    return this.parsed.source;
  }

  get region(): ScriptRegion {
    return this.parsed.region;
  }

  /** Whether code of several lines can be written here: in an attribute it cannot. */
  get isEditable(): boolean {
    if (this.page.stays || this.region.kind === 'attribute') return false;
    // A block that stands in quotes cannot hold other quotes.
    return this.region.kind !== 'block' || !/["']/.test(this.page.unit.text[this.region.start - 1] ?? '');
  }

  range(node: ts.Node): Range {
    return { start: this.rewriter.start(node), end: this.rewriter.end(node) };
  }

  /** The text of a node as the merchant wrote it, on one line. */
  text(node: ts.Node): string {
    return this.rewriter.original(node).replace(/\s+/g, ' ');
  }

  /**
   * Whether a tag decides about a part of a node that is written anew; what lies in `kept` stays as it is. Marks like
   * `{literal}` decide nothing where as many open as close.
   */
  hasControlTag(node: ts.Node, kept: readonly ts.Node[] = []): boolean {
    const range = this.range(node);
    const keptRanges = kept.map((one) => this.range(one));
    const { text } = this.page.unit;
    const literals = new Map<Range, number>();
    for (const tag of this.page.carrier.tags) {
      if (tag.kind !== 'control' || tag.start >= range.end || tag.end <= range.start) continue;
      const place = keptRanges.find(({ start, end }) => start <= tag.start && tag.end <= end) ?? range;
      const mark = LITERAL.exec(text.slice(tag.start, tag.end));
      if (mark !== null) literals.set(place, (literals.get(place) ?? 0) + (mark[1] === undefined ? 1 : -1));
      else if (place === range) return true;
    }
    return [...literals.values()].some((count) => count !== 0);
  }

  /** The text of a value, with a comment before it in which a template puts another value (Thymeleaf). */
  valueText(node: ts.Node, emit: (node: ts.Node) => string): string {
    return this.tagBefore(node) + emit(node);
  }

  tagBefore(node: ts.Node): string {
    const start = this.region.start + node.getFullStart();
    const end = this.rewriter.start(node);
    return this.parsed.hasTag({ start, end }) ? this.page.unit.text.slice(start, end).trimStart() : '';
  }

  indentOf(node: ts.Node): string {
    return indentAt(this.page.unit.text, this.rewriter.start(node));
  }

  report(node: ts.Node, rule: string, said: Said): void {
    this.page.report(this.range(node), rule, said);
  }

  /** Reports the use of a symbol of the catalog. */
  reportSymbol(node: ts.Node, name: string, said: Partial<Said> & { readonly rule?: string } = {}): void {
    this.report(node, said.rule ?? ruleOfSymbol(name), { ...aboutSymbol(name), ...said });
  }

  /**
   * Lists a part of a call that is written anew, and says above the call what is to decide: the part itself leaves with
   * the legacy code, so nothing would find it again.
   */
  leaveOpen(call: ts.Node, part: ts.Node, rule: string, said: Said, decision = said.message): void {
    this.report(part, rule, { ...said, automation: 'assisted', rewritten: !this.page.stays });
    if (!this.page.stays) this.todo(call, rule, decision, part);
  }

  /** Places that share a statement and a decision, in order. */
  private readonly said = new Map<ts.Node, Map<string, ts.Node[]>>();

  /** Leaves a decision above the statement around a place: one for each part that it is about, also where they are alike. */
  todo(node: ts.Node, rule: string, decision: string, part: ts.Node = node): void {
    const statement = ts.findAncestor(node, startsOwnLine) ?? node;
    const text = decisionText(rule, decision);
    const ofStatement = this.said.get(statement) ?? new Map<string, ts.Node[]>();
    const parts = ofStatement.get(text) ?? [];
    if (parts.includes(part)) return;
    this.said.set(statement, ofStatement.set(text, [...parts, part]));
    this.rewriter.prefix(statement, `// ${text}${parts.length === 0 ? '' : ` (place ${parts.length + 1})`}`);
  }
}

/** The text of a comment with a decision. Nothing in it may end it, the script around it, or begin a tag of a template. */
export function decisionText(rule: string, decision: string): string {
  const said = decision.replace(/\*\/|<\/?script|[<{[]?[{%#?]=?|[}%?]>?[}\]]?/gi, ' ').replace(/\s+/g, ' ');
  return `TODO(amazon-pay-v2) ${rule}: ${said}`;
}

/** The rule of a symbol of the catalog. */
export const ruleOfSymbol = (name: string): string => browserSymbols[name]?.rule ?? 'browser/global';

/** What the catalog says about a symbol. */
export function aboutSymbol(name: string): Said {
  const { because = 'checkout.js does not have it.', v2 = null } = browserSymbols[name] ?? {};
  return {
    message: `${name}: ${because}`,
    legacy: { name: name.split('.').at(-1) ?? name, operation: name },
    replacement: v2 === null ? null : { name: v2 },
  };
}

/** A statement or class member that a comment line can stand above. */
const startsOwnLine = (node: ts.Node): boolean => {
  if (ts.isClassElement(node) && ts.isClassLike(node.parent)) return true;
  if (!ts.isStatement(node) || ts.isBlock(node)) return false;
  const { parent } = node;
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent) || ts.isModuleBlock(parent);
};
