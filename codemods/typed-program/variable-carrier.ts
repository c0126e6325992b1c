import { ts } from 'ts-morph';
import { type AnnotationWriter, isJavaScript } from './annotation-writer';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import type { OwnTypes } from './own-types';
import { assignedParts } from './assigned-parts';
import { isAssignment } from './typed-places';
import { isNothing } from './nodes';

/** Carries legacy types to variables that are declared without a value. */
export class VariableCarrier {
  private readonly variables = new Set<ts.VariableDeclaration>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly writer: AnnotationWriter,
    private readonly ownTypes: OwnTypes,
  ) {}

  /** Types a declaration once; the first type stands. */
  typeOnce(declaration: ts.VariableDeclaration, text: string): void {
    if (this.variables.has(declaration)) return;
    this.variables.add(declaration);
    this.writer.typeVariable(declaration, text);
  }

  /** `let client;` that is given its value later, in a function. */
  carry(node: ts.BinaryExpression): void {
    if (!isAssignment(node)) return;
    if (ts.isObjectLiteralExpression(node.left)) this.carryToTargets(node.left, node.right);
    if (!ts.isIdentifier(node.left)) return;
    this.carryTo(this.checker.getSymbolAtLocation(node.left)?.valueDeclaration, this.ownTypes.sourceOf(node.right));
  }

  /** `({ State, ReasonCode: reason } = status)` */
  private carryToTargets(pattern: ts.ObjectLiteralExpression, value: ts.Expression): void {
    if (legacyTypeOf(this.checker, this.checker.getTypeAtLocation(value))?.kind !== 'element') return;
    for (const { target, type } of assignedParts(this.checker, pattern, value)) this.carryTo(target, type);
  }

  private carryTo(declaration: ts.Declaration | undefined, value: ts.Type | undefined): void {
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.type !== undefined) return;
    if (
      this.variables.has(declaration) ||
      (declaration.initializer !== undefined && !isNothing(declaration.initializer))
    )
      return;
    const source = declaration.getSourceFile();
    const text = value === undefined ? undefined : legacyTypeText(this.checker, value);
    if (text === undefined || (isJavaScript(source) && ts.getJSDocType(declaration) !== undefined)) return;
    this.typeOnce(declaration, text);
  }
}
