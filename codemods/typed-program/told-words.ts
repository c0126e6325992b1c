import { ts } from 'ts-morph';
import { type AnnotationWriter, isJavaScript } from './annotation-writer';
import { isNothing } from './nodes';
import { innermost } from './own-declarations';
import { isAssignment, type TypedPlace, typedPlaces } from './typed-places';
import { promisedBy, type WordType, wordType, wordsOf } from './word-types';

/** What comes into one place that the merchant has typed as a plain `string`. */
interface Told {
  readonly tables: Set<string>;
  /** Nothing else comes in, so that it is as good as the value itself. */
  isCertain: boolean;
}

const isConstant = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) && (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;

/** `string`, `any`, and the name of a type that came with the legacy package and is `any` without it. */
const SAYS_NO_MORE = ts.TypeFlags.String | ts.TypeFlags.Any | ts.TypeFlags.Unknown;

/** `'Open' | 'Closed'` */
const isListOfTexts = (type: ts.Type): boolean => type.isUnion() && type.types.every((part) => part.isStringLiteral());

const returnTypeOf = (node: ts.Node | undefined): ts.TypeNode | undefined => {
  if (node === undefined) return undefined;
  if (ts.isFunctionLike(node)) return node.type ?? ts.getJSDocReturnType(node);
  const type = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) ? node.type : undefined;
  return type !== undefined && ts.isFunctionTypeNode(type) ? type.type : undefined;
};

/**
 * Follows states that pass through a `string`: `Promise<string>` of a function, of the interface that it implements, of the
 * type that it is given; a parameter; a variable. Where nothing but states of one kind comes in the place means them from now
 * on; elsewhere it is told that they may be among what comes in, so that tests for their words are listed.
 */
export class ToldWords {
  private readonly found = new Map<ts.TypeNode, Told>();
  /** Parameters without a type, and the words of every call that fills them. */
  private readonly untyped = new Map<ts.ParameterDeclaration, Set<string>>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly isMerchants: (source: ts.SourceFile) => boolean,
    private readonly writer: AnnotationWriter,
  ) {}

  collect(node: ts.Node): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.collectArguments(node);
    for (const place of this.placesOf(node)) {
      const words = wordsOf(this.checker, place.value);
      if (isNothing(place.value)) continue;
      const isAnswer = ts.isReturnStatement(node) || ts.isArrowFunction(node) || this.resolved(node) !== undefined;
      const isOne = isAnswer || isConstant(node) || ts.isAsExpression(node);
      this.add(this.plainText(place.type), words, isOne && this.isNothingElse(place.value, words));
      if (isAnswer) for (const above of this.declaredAbove(node)) this.add(this.plainText(above), words, false);
    }
    this.collectInferred(node);
  }

  /** `async status(id) { return … }` says no type of its own; the interface that the class implements does. */
  private collectInferred(node: ts.Node): void {
    if (!ts.isReturnStatement(node) || node.expression === undefined) return;
    const method = ts.findAncestor(node.parent, ts.isFunctionLike);
    if (method === undefined || !ts.isMethodDeclaration(method) || !ts.isClassLike(method.parent)) return;
    if (method.type !== undefined || ts.getJSDocReturnType(method) !== undefined) return;
    const words = wordsOf(this.checker, node.expression);
    if (words.length === 0) return;
    for (const above of this.declaredAbove(node)) this.add(this.plainText(above), words, false);
  }

  /** @param certain write what is certain only: what is told by it may make other places certain */
  finish(certain: boolean): void {
    if (!certain) this.typeParameters();
    for (const [type, { tables, isCertain }] of this.found) {
      if (tables.size === 0 || isCertain !== certain) continue;
      const brand = isCertain ? 'Value' : 'Told';
      const text = wordType(brand, [...tables]);
      this.writer.write(type.getSourceFile(), type.getStart(), `(0 extends 0 ? ${text} : `);
      this.writer.write(type.getSourceFile(), type.getEnd(), ')');
    }
  }

  private collectArguments(call: ts.CallExpression | ts.NewExpression): void {
    const declaration = this.checker.getResolvedSignature(call)?.getDeclaration();
    if (declaration === undefined || !this.isMerchants(declaration.getSourceFile())) return;
    (call.arguments ?? []).forEach((value, index) => {
      const parameter = declaration.parameters[index];
      if (parameter === undefined || !ts.isParameter(parameter) || !ts.isIdentifier(parameter.name)) return;
      if (parameter.dotDotDotToken !== undefined || parameter.type !== undefined || ts.getJSDocType(parameter)) return;
      if ((this.checker.getTypeAtLocation(parameter).flags & ts.TypeFlags.Any) === 0) return;
      const tables = wordsOf(this.checker, value).map(({ table }) => table);
      if (tables.length === 0) return;
      this.untyped.set(parameter, new Set([...(this.untyped.get(parameter) ?? []), ...tables]));
    });
  }

  private typeParameters(): void {
    for (const [parameter, tables] of this.untyped)
      this.writer.typeParameter(parameter, wordType('Told', [...tables].sort()));
  }

  private placesOf(node: ts.Node): readonly TypedPlace[] {
    const resolved = this.resolved(node);
    if (resolved !== undefined) return [resolved];
    const places = typedPlaces(this.checker, node);
    if (places.length > 0 || isAssignment(node)) return places;
    // A function without a type of its own takes that of the place where it stands, or of its comment.
    const value = ts.isReturnStatement(node)
      ? node.expression
      : ts.isArrowFunction(node) && !ts.isBlock(node.body)
        ? node.body
        : undefined;
    const around = value === undefined ? undefined : ts.findAncestor(value.parent, ts.isFunctionLike);
    const type = around === undefined ? undefined : (ts.getJSDocReturnType(around) ?? this.expectedOf(around));
    return type === undefined || value === undefined ? [] : [{ type, value }];
  }

  /** `resolve(state)` in `new Promise<string>((resolve) => …)` */
  private resolved(node: ts.Node): TypedPlace | undefined {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
    const resolve = this.checker.getSymbolAtLocation(node.expression)?.valueDeclaration;
    const executor = resolve !== undefined && ts.isParameter(resolve) ? resolve.parent : undefined;
    const made = executor?.parent;
    if (executor?.parameters[0] !== resolve || made === undefined || !ts.isNewExpression(made)) return undefined;
    const [type] = made.expression.getText() === 'Promise' ? (made.typeArguments ?? []) : [];
    const [value] = node.arguments;
    return type === undefined || value === undefined ? undefined : { type, value };
  }

  private expectedOf(around: ts.SignatureDeclaration): ts.TypeNode | undefined {
    if (ts.isArrowFunction(around) || ts.isFunctionExpression(around)) {
      const [signature] = this.checker.getContextualType(around)?.getCallSignatures() ?? [];
      return returnTypeOf(signature?.getDeclaration());
    }
    if (!ts.isMethodDeclaration(around) || !ts.isObjectLiteralExpression(around.parent)) return undefined;
    const member = this.checker.getContextualType(around.parent)?.getProperty(around.name.getText());
    return returnTypeOf(member?.declarations?.[0]);
  }

  /** What the interfaces and classes above say that a method answers with: they have other implementations. */
  private declaredAbove(node: ts.Node): ts.TypeNode[] {
    const around = ts.isArrowFunction(node) ? node : ts.findAncestor(node.parent, ts.isFunctionLike);
    if (around === undefined) return [];
    const member = ts.isMethodDeclaration(around) ? around : around.parent;
    if (!ts.isClassElement(member) || member.name === undefined || !ts.isClassLike(member.parent)) {
      const expected = this.expectedOf(around);
      return expected === undefined ? [] : [expected];
    }
    const name = member.name.getText();
    return (member.parent.heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap((type) => {
        const declarations = this.checker.getTypeAtLocation(type).getProperty(name)?.declarations ?? [];
        return declarations.flatMap((declaration) => returnTypeOf(declaration) ?? []);
      }),
    );
  }

  /** `string`, or what says nothing, in promises or not, that a merchant wrote and nothing was written over. */
  private plainText(type: ts.TypeNode | undefined): ts.TypeNode | undefined {
    if (type === undefined || !this.isMerchants(type.getSourceFile())) return undefined;
    const inner = innermost(type);
    if (ts.isConditionalTypeNode(inner)) return undefined;
    const declared = this.checker.getTypeFromTypeNode(inner);
    // In TypeScript such a list is a decision of its own (report-own-types.ts).
    const isList = isJavaScript(inner.getSourceFile()) && isListOfTexts(declared);
    return (declared.flags & SAYS_NO_MORE) !== 0 || isList ? inner : undefined;
  }

  private isNothingElse(value: ts.Expression, words: readonly WordType[]): boolean {
    const [only, ...others] = words;
    if (only?.kind !== 'value' || others.length > 0) return false;
    return !promisedBy(this.checker, value).isUnion();
  }

  private add(type: ts.TypeNode | undefined, words: readonly WordType[], isCertain: boolean): void {
    if (type === undefined) return;
    const told = this.found.get(type) ?? { tables: new Set(), isCertain: true };
    this.found.set(type, told);
    for (const { table } of words) told.tables.add(table);
    if (!isCertain || told.tables.size > 1) told.isCertain = false;
  }
}
