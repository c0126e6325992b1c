import { ts } from 'ts-morph';
import { decliningResults, elements } from '../../src/catalog';
import { isLegacySymbol, legacyTypeOf } from './brands';
import { DeclaredTypes } from './declared-types';
import { isTestFile } from '../rewriting/is-test-file';
import { nodesOf } from './nodes';
import { isAssignment } from './typed-places';

/** Generic types through which a name stands for the same as by itself. */
const CARRIERS = /^(?:Promise|PromiseLike|Array|ReadonlyArray|Map|ReadonlyMap|Set|Record)$/;

/** Of types around a name, the one that says where it stands. */
function outermost(node: ts.TypeNode): ts.TypeNode {
  const { parent } = node;
  const isCarried =
    ts.isArrayTypeNode(parent) ||
    ts.isParenthesizedTypeNode(parent) ||
    ts.isUnionTypeNode(parent) ||
    (ts.isTypeReferenceNode(parent) && CARRIERS.test(parent.typeName.getText()));
  return isCarried ? outermost(parent) : node;
}

/** What a generic type or function is given: `db.query<{ capture: CaptureDetails }>()` brings what it has stored. */
function argumentsOf(node: ts.Node): readonly ts.TypeNode[] {
  if (ts.isCallExpression(node)) return node.typeArguments ?? [];
  const name = ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isNewExpression(node) || ts.isExpressionWithTypeArguments(node)
      ? node.expression
      : undefined;
  const { typeArguments = [] } = node as ts.NodeWithTypeArguments;
  return name === undefined || CARRIERS.test(name.getText()) ? [] : typeArguments;
}

/** The value comes in where it can be seen. */
function isPlain(node: ts.TypeNode): boolean {
  const { parent } = outermost(node);
  if (ts.isPropertyDeclaration(parent)) return (ts.getDecorators(parent) ?? []).length === 0;
  if (ts.isNewExpression(parent)) return CARRIERS.test(parent.expression.getText());
  return (
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isAsExpression(parent) ||
    ts.isFunctionLike(parent)
  );
}

/** Where a value comes into a place that may have a type of its own. */
function isGiven(node: ts.Node): node is ts.Expression {
  if (ts.isSourceFile(node)) return false;
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return parent.arguments?.includes(node as ts.Expression) === true;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isArrowFunction(parent)) return parent.body === node && !ts.isBlock(node);
  if (isAssignment(parent)) return parent.right === node;
  if (ts.isAsExpression(parent)) return parent.expression === node && !ts.isAsExpression(node);
  return ts.isReturnStatement(parent) || ts.isArrayLiteralExpression(parent);
}

/**
 * Names of types of a legacy package that describe an answer: `function toLine(details: CaptureDetails)`. Where nothing comes
 * into what they name but answers of calls that are followed, they stand for those. Anything else, such as a row that was
 * stored before, still has the fields of legacy, and what reads it stays and is listed.
 */
export class AnswerNames {
  private readonly references: { readonly node: ts.TypeReferenceNode; readonly element: string }[] = [];
  private readonly others = new Set<string>();
  private readonly given = new Map<string, ts.Type[]>();
  private readonly declared: DeclaredTypes;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly typeText: (type: ts.Type) => string | undefined,
    private readonly write: (source: ts.SourceFile, position: number, text: string) => void,
  ) {
    this.declared = new DeclaredTypes(checker);
  }

  collect(node: ts.Node): void {
    if (ts.isExportSpecifier(node) || ts.isExpressionWithTypeArguments(node)) this.noteOther(node);
    for (const given of argumentsOf(node)) this.add(this.checker.getTypeFromTypeNode(given));
    if (!ts.isTypeReferenceNode(node) || isLegacySymbol(this.checker.getSymbolAtLocation(node.typeName))) return;
    const type = this.checker.getTypeFromTypeNode(node);
    const element = this.declared.elementOf(type);
    const isNamed = element !== undefined && this.isOfPackage(node.typeName);
    if (isNamed) this.references.push({ node, element });
    if (!isPlain(node)) this.add(type);
  }

  private add(type: ts.Type): void {
    for (const each of this.declared.within(type)) this.others.add(each);
  }

  /** Writes what each name stands for before it, where that is certain. */
  finish(sources: readonly ts.SourceFile[]): void {
    if (this.references.length === 0) return;
    for (const source of sources)
      if (!isTestFile(source.fileName)) for (const node of nodesOf(source)) if (isGiven(node)) this.follow(node);
    for (const { node, element } of this.references) {
      const text = this.others.has(element) ? undefined : this.textFor(this.given.get(element) ?? []);
      if (text === undefined) continue;
      this.write(node.getSourceFile(), node.getStart(), `(0 extends 0 ? ${text} : `);
      this.write(node.getSourceFile(), node.getEnd(), ')');
    }
  }

  /** The name itself, and not one that the merchant has given it. */
  private isOfPackage(name: ts.EntityName): boolean {
    const symbol = this.checker.getSymbolAtLocation(name);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isLegacySymbol(isAlias ? this.checker.getAliasedSymbol(symbol) : symbol);
  }

  /** `export type { CaptureDetails } from 'amazon-pay-async'` stays, and so does `interface Own extends CaptureDetails`. */
  private noteOther(node: ts.ExportSpecifier | ts.ExpressionWithTypeArguments): void {
    const isLeft = ts.isExpressionWithTypeArguments(node) || node.parent.parent.moduleSpecifier !== undefined;
    const symbol = this.checker.getSymbolAtLocation(ts.isExportSpecifier(node) ? node.name : node.expression);
    if (!isLeft || symbol === undefined) return;
    const type = this.checker.getDeclaredTypeOfSymbol(
      (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.checker.getAliasedSymbol(symbol),
    );
    this.add(type);
  }

  private follow(node: ts.Expression): void {
    const expected = this.checker.getContextualType(node);
    if (expected === undefined || this.declared.within(expected).size === 0) return;
    this.declared.relate(expected, this.checker.getTypeAtLocation(node), (element, type) => {
      if (this.isNoValue(type) || this.declared.elementOf(type) === element) return;
      const legacy = legacyTypeOf(this.checker, type);
      const isLike = legacy?.kind === 'element' && isSameKind(legacy.element, element);
      if (!isLike || this.typeText(type) === undefined) this.others.add(element);
      else this.given.set(element, [...(this.given.get(element) ?? []), type]);
    });
  }

  private isNoValue({ flags }: ts.Type): boolean {
    return (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void | ts.TypeFlags.Never)) !== 0;
  }

  /** One object of v2 has to stand for all that comes in; one that may be declined stands for one that is not. */
  private textFor(types: readonly ts.Type[]): string | undefined {
    const named = types.flatMap((type) => {
      const legacy = legacyTypeOf(this.checker, type);
      return legacy?.kind === 'element' ? [{ type, element: legacy.element }] : [];
    });
    const objects = new Set(named.map(({ element }) => elements[element]?.v2Object));
    const found = named.find(({ element }) => decliningResults.has(element)) ?? named[0];
    return found === undefined || objects.size > 1 ? undefined : this.typeText(found.type);
  }
}

/** An answer, or the details in it: both have a field in common only with their like. */
const isSameKind = (one: string, other: string): boolean =>
  Object.keys(elements[one]?.fields ?? {}).some((field) => elements[other]?.fields[field] !== undefined);
