import { ts } from 'ts-morph';
import type { Edit, SourceUnit } from '../codemod';
import { joinsStatementAbove } from './statement-above';

/** A parsed text, and where its nodes stand in the file. */
export interface ParsedText {
  readonly unit: SourceUnit;
  readonly source: ts.SourceFile;
  readonly annotated: { toOriginal(offset: number): number };
}

/** Writes the new text of a node; asks for the text of its children through `emit`. */
export type Render = (emit: (node: ts.Node) => string) => string;

/**
 * Collects what becomes of the nodes of one file and turns it into span edits. Nodes that nobody replaced keep their
 * text byte for byte, also inside replaced ones.
 */
export class FileRewriter {
  private readonly replacements = new Map<ts.Node, Render>();
  private readonly removed = new Map<ts.Node, boolean>();
  private readonly prefixes = new Map<ts.Node, string[]>();
  private readonly insertions: { at: number; text: string }[] = [];

  constructor(readonly file: ParsedText) {}

  get hasChanges(): boolean {
    return this.replacements.size > 0 || this.insertions.length > 0;
  }

  /** Offsets in the merchant's file. */
  start(node: ts.Node): number {
    return this.file.annotated.toOriginal(node.getStart());
  }

  end(node: ts.Node): number {
    return this.file.annotated.toOriginal(node.getEnd());
  }

  /** The text of a node as the merchant wrote it. */
  original(node: ts.Node): string {
    return this.file.unit.text.slice(this.start(node), this.end(node));
  }

  isReplaced(node: ts.Node): boolean {
    return this.replacements.has(node);
  }

  /** The node, or something that it stands in, is replaced. */
  isWithinReplaced(node: ts.Node): boolean {
    return ts.findAncestor(node, (each) => this.isReplaced(each)) !== undefined;
  }

  /** Something below this node changes, but not the node itself. */
  changesInside(node: ts.Node): boolean {
    return !this.replacements.has(node) && this.changedChildren(node).length > 0;
  }

  /** The first replacement of a node stands; a second one would not know of it. */
  replace(node: ts.Node, render: Render): void {
    if (!this.replacements.has(node)) this.replacements.set(node, render);
  }

  /**
   * Takes a statement out, with its lines where nothing else stands on them.
   *
   * @param withAbove also what stands between it and the statement before: it was said of what is gone
   */
  remove(node: ts.Node, withAbove = false): void {
    if (this.replacements.has(node)) return;
    this.replacements.set(node, () => '');
    this.removed.set(node, withAbove);
  }

  /** Where a node stands, with all of its lines when it is taken out. */
  private spanOf(node: ts.Node): { readonly start: number; readonly end: number } {
    const [start, end] = [this.start(node), this.end(node)];
    const withAbove = this.removed.get(node);
    if (withAbove === undefined) return { start, end };
    const { text } = this.file.unit;
    const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end))?.[0];
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    if (rest === undefined || text.slice(lineStart, start).trim() !== '') return { start, end };
    const before = this.file.annotated.toOriginal(node.getFullStart());
    const above = text.indexOf('\n', before) + 1;
    return { start: withAbove && above > 0 ? Math.min(above, lineStart) : lineStart, end: end + rest.length };
  }

  /** Writes a line above a statement, once. */
  prefix(node: ts.Node, line: string): void {
    const lines = this.prefixes.get(node) ?? [];
    if (!lines.includes(line)) this.prefixes.set(node, [...lines, line]);
  }

  /** Writes text at an offset, also inside nodes that are replaced by a text that keeps what stands there. */
  insert(at: number, text: string): void {
    this.insertions.push({ at, text });
  }

  /** Takes back what was inserted at an offset, to be written as a part of something else. */
  takeInsertions(at: number): string {
    const here = this.insertions.filter((each) => each.at === at);
    for (const each of here) this.insertions.splice(this.insertions.indexOf(each), 1);
    return here.map(({ text }) => text).join('');
  }

  /** The text of a node with everything inside it rewritten. */
  readonly emit = (node: ts.Node): string => {
    const render = this.replacements.get(node);
    return this.prefixText(node) + (render === undefined ? this.emitChildren(node) : render(this.emit));
  };

  private prefixText(node: ts.Node): string {
    const lines = this.prefixes.get(node) ?? [];
    if (lines.length === 0) return '';
    const start = this.start(node);
    const lineStart = this.file.unit.text.lastIndexOf('\n', start - 1) + 1;
    const before = this.file.unit.text.slice(lineStart, start);
    // A statement that does not start its line keeps its place; the comment goes in front of it.
    if (before.trim() !== '')
      return lines.map((line) => `/* ${line.replace(/^\/\/\s*/, '').replaceAll('*/', '* /')} */ `).join('');
    const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
    const eol = this.file.unit.text.includes('\r\n') ? '\r\n' : '\n';
    return lines.map((line) => `${line}${eol}${indent}`).join('');
  }

  private apart(node: ts.Node, text: string): string {
    const bracket = /^[([`]/;
    const isNew = bracket.test(text) && !bracket.test(this.original(node));
    return isNew && this.joinsStatementAbove(node) ? `;${text}` : text;
  }

  /** Without a semicolon above it, a bracket in front of this node would call what stands there. */
  joinsStatementAbove(node: ts.Node): boolean {
    const start = this.start(node);
    let outer = node;
    while (!ts.isStatement(outer)) {
      outer = outer.parent;
      if (this.replacements.has(outer) || this.start(outer) !== start) return false;
    }
    return joinsStatementAbove(outer);
  }

  private emitChildren(node: ts.Node): string {
    let result = '';
    let from = this.start(node);
    let isBehindChild = false;
    for (const child of this.changedChildren(node)) {
      const { start, end } = this.spanOf(child);
      result += this.between(from, start, (at) => (at > from || (isBehindChild && at === from)) && at <= start);
      result += this.apart(child, this.emit(child));
      from = end;
      isBehindChild = true;
    }
    // What is inserted at the very end of a node stands behind it, and is written there.
    const end = this.end(node);
    return result + this.between(from, end, (at) => (at > from || (isBehindChild && at === from)) && at < end);
  }

  /** The merchant's text with what is inserted at offsets that count. */
  private between(from: number, to: number, counts: (at: number) => boolean): string {
    const { text } = this.file.unit;
    let result = '';
    let last = from;
    for (const { at, text: inserted } of this.insertions) {
      if (!counts(at)) continue;
      result += text.slice(last, at) + inserted;
      last = at;
    }
    return result + text.slice(last, to);
  }

  /** The outermost nodes below this one that have a new text. */
  private changedChildren(node: ts.Node): ts.Node[] {
    const found: ts.Node[] = [];
    const visit = (child: ts.Node): void => {
      if (this.replacements.has(child) || this.prefixes.has(child)) found.push(child);
      else ts.forEachChild(child, visit);
    };
    ts.forEachChild(node, visit);
    return found;
  }

  /** Span edits of the merchant's file, sorted, none overlapping another. */
  edits(): Edit[] {
    const { path, text } = this.file.unit;
    if (this.replacements.size + this.prefixes.size + this.insertions.length === 0) return [];
    const spans: { start: number; end: number; text: string }[] = [];
    const visit = (node: ts.Node): void => {
      if (this.replacements.has(node)) {
        spans.push({ ...this.spanOf(node), text: this.apart(node, this.emit(node)) });
        return;
      }
      const prefix = this.prefixText(node);
      if (prefix !== '') spans.push({ start: this.start(node), end: this.start(node), text: prefix });
      ts.forEachChild(node, visit);
    };
    this.insertions.sort((a, b) => a.at - b.at);
    visit(this.file.source);
    const isOutside = (at: number): boolean => !spans.some(({ start, end }) => start < at && at < end);
    for (const { at, text: inserted } of this.insertions)
      if (isOutside(at)) spans.push({ start: at, end: at, text: inserted });
    spans.sort((a, b) => a.start - b.start || a.end - b.end);
    const merged: { start: number; end: number; text: string }[] = [];
    for (const span of spans) {
      const last = merged.at(-1);
      if (last !== undefined && last.end === span.start) {
        last.end = span.end;
        last.text += span.text;
      } else merged.push({ ...span });
    }
    return merged.filter((span) => text.slice(span.start, span.end) !== span.text).map((span) => ({ path, ...span }));
  }
}
