import { ts } from 'ts-morph';
import { type AnnotationWriter, isJavaScript } from './annotation-writer';
import { distinctTypes } from './brands';
import { isNothing, nodesOf } from './nodes';
import { toldTypeText, valueTypeText } from './word-types';
import { assignedParts } from './assigned-parts';
import { isAssignment } from './typed-places';

/** What is written into one variable over its life. */
interface Sources {
  readonly words: ts.Type[];
  readonly others: ts.Type[];
}

/** `let state`, `var state = 'Pending'`: no type of its own says what it holds, and it can be given something else. */
const isOpen = (node: ts.Node | undefined): node is ts.VariableDeclaration & { readonly name: ts.Identifier } =>
  node !== undefined &&
  ts.isVariableDeclaration(node) &&
  ts.isIdentifier(node.name) &&
  node.type === undefined &&
  (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) === 0 &&
  !(isJavaScript(node.getSourceFile()) && ts.getJSDocType(node) !== undefined);

/**
 * Follows states into variables that are filled at several places: `let state = 'Unknown'; if (id) state = await stateOf(id)`.
 * The checker takes the first of them for the type, or forgets that a state is among them where the ways meet. Where nothing
 * but states of one kind comes in, the variable means them; elsewhere it is told that they may be among what comes in.
 */
export class WordVariables {
  private readonly found = new Map<ts.VariableDeclaration, Sources>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly writer: AnnotationWriter,
  ) {}

  collect(node: ts.Node): void {
    if (isOpen(node) && node.initializer !== undefined) this.addValue(node, node.initializer);
    if (!isAssignment(node)) return;
    if (ts.isObjectLiteralExpression(node.left)) {
      for (const { target, type } of assignedParts(this.checker, node.left, node.right))
        if (isOpen(target)) this.add(target, type);
    }
    if (!ts.isIdentifier(node.left)) return;
    const declaration = this.checker.getSymbolAtLocation(node.left)?.valueDeclaration;
    if (isOpen(declaration)) this.addValue(declaration, node.right);
  }

  finish(certain: boolean): void {
    for (const [declaration, { words, others }] of this.found) {
      const texts = new Set(words.map((each) => valueTypeText(this.checker, each)));
      const [only] = texts;
      const isCertain = others.length === 0 && texts.size === 1 && only !== undefined;
      if (words.length === 0 || isCertain !== certain) continue;
      const tables = words.map((each) => toldTypeText(this.checker, each)?.split(' | ') ?? []).flat();
      this.write(declaration, isCertain ? only : [...new Set(tables)].sort().join(' | '));
    }
  }

  private addValue(declaration: ts.VariableDeclaration, value: ts.Expression): void {
    if (!isNothing(value)) this.add(declaration, this.checker.getTypeAtLocation(value));
  }

  private add(declaration: ts.VariableDeclaration, type: ts.Type): void {
    const sources = this.found.get(declaration) ?? { words: [], others: [] };
    this.found.set(declaration, sources);
    (toldTypeText(this.checker, type) === undefined ? sources.others : sources.words).push(type);
  }

  /** At the declaration; where the checker knows a state at some of the reads, at the others, so that these stay certain. */
  private write(declaration: ts.VariableDeclaration, text: string): void {
    const reads = this.readsOf(declaration);
    const unknown = reads.filter((each) => !this.isKnown(each));
    if (unknown.length === 0) return;
    if (unknown.length === reads.length) this.writer.typeVariable(declaration, text);
    else for (const read of unknown) if (!ts.isShorthandPropertyAssignment(read.parent)) this.writer.cast(read, text);
  }

  /** It has a type at this place, or around it, where one was written before. */
  private isKnown(read: ts.Identifier): boolean {
    for (let node: ts.Node = read; ; node = node.parent) {
      if (distinctTypes(this.checker, this.checker.getTypeAtLocation(node)).length > 0) return true;
      if (!ts.isParenthesizedExpression(node.parent) && !ts.isAsExpression(node.parent)) return false;
    }
  }

  private readsOf(declaration: ts.VariableDeclaration): ts.Identifier[] {
    const symbol = this.checker.getSymbolAtLocation(declaration.name);
    return nodesOf(declaration.getSourceFile()).filter((node): node is ts.Identifier => {
      if (!ts.isIdentifier(node) || node.text !== symbol?.name || node === declaration.name) return false;
      const { parent } = node;
      if (isAssignment(parent) && parent.left === node) return false;
      const shorthand = ts.isShorthandPropertyAssignment(parent)
        ? this.checker.getShorthandAssignmentValueSymbol(parent)
        : undefined;
      return (shorthand ?? this.checker.getSymbolAtLocation(node)) === symbol;
    });
  }
}
