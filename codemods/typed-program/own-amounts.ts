import { ts } from 'ts-morph';
import { innermost, ownDeclarationOf, type OwnDeclaration } from './own-declarations';

/** `{ Amount: '5.00', CurrencyCode: 'EUR' }` */
const isWritten = (value: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(value) &&
  value.properties.some(({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === 'Amount');

/**
 * Own types for amounts that stand for amounts of the shop, too: `const order: { total: Money } = JSON.parse(text)`. These are
 * written as legacy wrote them, and no call answers with them.
 */
export class OwnAmounts {
  private readonly found = new Set<OwnDeclaration>();
  private readonly looked = new Set<ts.TypeNode>();

  constructor(private readonly checker: ts.TypeChecker) {}

  /**
   * @param inner the type of what a value comes into
   * @param isLegacy the value is something of legacy, whose parts are what legacy answers with
   */
  collect(inner: ts.TypeNode, value: ts.Expression, isLegacy: boolean): void {
    if (isLegacy) return;
    if (isWritten(value)) this.add(inner);
    const type = this.checker.getTypeAtLocation(value);
    if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) this.lookInto(inner);
  }

  has(declaration: OwnDeclaration): boolean {
    return this.found.has(declaration);
  }

  private add(type: ts.TypeNode): void {
    const declaration = ownDeclarationOf(this.checker, type);
    if (declaration !== undefined) this.found.add(declaration);
  }

  /** Members that legacy names otherwise hold what the shop has of its own. */
  private lookInto(type: ts.TypeNode): void {
    if (this.looked.has(type)) return;
    this.looked.add(type);
    const declaration = ownDeclarationOf(this.checker, type);
    const described = declaration !== undefined && ts.isTypeAliasDeclaration(declaration) ? declaration.type : type;
    const members =
      declaration !== undefined && ts.isInterfaceDeclaration(declaration)
        ? declaration.members
        : ts.isTypeLiteralNode(described)
          ? described.members
          : [];
    for (const member of members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) continue;
      const held = elementOf(member.type);
      // Names of legacy have a capital, and those of the shop have none.
      if (/^[a-z_]/.test(member.name.getText())) this.add(held);
      this.lookInto(held);
    }
    if (elementOf(type) !== type) this.lookInto(elementOf(type));
  }
}

/** Of `Money[] | undefined` the `Money`. */
function elementOf(type: ts.TypeNode): ts.TypeNode {
  const inner = innermost(type);
  if (ts.isArrayTypeNode(inner)) return elementOf(inner.elementType);
  const [of] =
    ts.isTypeReferenceNode(inner) && /^(?:Readonly)?Array$/.test(inner.typeName.getText())
      ? (inner.typeArguments ?? [])
      : [];
  return of === undefined ? inner : elementOf(of);
}
