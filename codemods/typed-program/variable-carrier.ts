import { ts } from 'ts-morph';
import { type AnnotationWriter, isJavaScript } from './annotation-writer';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import type { OwnTypes } from './own-types';
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
    this.carryTo(this.checker.getSymbolAtLocation(node.left), this.ownTypes.sourceOf(node.right));
  }

  /** `({ State, ReasonCode: reason } = status)` */
  private carryToTargets(pattern: ts.ObjectLiteralExpression, value: ts.Expression): void {
    const type = this.checker.getTypeAtLocation(value);
    if (legacyTypeOf(this.checker, type)?.kind !== 'element') return;
    for (const property of pattern.properties) {
      const field = property.name === undefined ? undefined : type.getProperty(property.name.getText());
      const target = ts.isShorthandPropertyAssignment(property)
        ? this.checker.getShorthandAssignmentValueSymbol(property)
        : ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer)
          ? this.checker.getSymbolAtLocation(property.initializer)
          : undefined;
      if (field !== undefined) this.carryTo(target, this.checker.getTypeOfSymbol(field));
    }
  }

  private carryTo(target: ts.Symbol | undefined, value: ts.Type | undefined): void {
    const declaration = target?.valueDeclaration;
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
