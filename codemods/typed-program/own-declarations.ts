import { ts } from 'ts-morph';

/** A declaration of the merchant for something of legacy: `interface AuthorizeAnswer`, `type Payments = { … }`. */
export type OwnDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** Behind the name of an own declaration in the analysis copy, where its name means the legacy type instead. */
export const SET_ASIDE = 'SetAside__';

export const isOwnDeclaration = (node: ts.Node): node is OwnDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** The own declaration that a type names, promises and `null` around it left out. */
export function ownDeclarationOf(checker: ts.TypeChecker, type: ts.TypeNode): OwnDeclaration | undefined {
  const inner = innermost(type);
  if (!ts.isTypeReferenceNode(inner) || inner.typeArguments !== undefined) return undefined;
  const symbol = checker.getSymbolAtLocation(inner.typeName);
  if (symbol === undefined) return undefined;
  const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  const [declaration, ...others] = target.declarations ?? [];
  if (declaration === undefined || others.length > 0) return undefined;
  // A file of declarations can be a script, which an import would make a module of.
  const { parent } = declaration;
  const canChange = ts.isSourceFile(parent) && (!parent.isDeclarationFile || ts.isExternalModule(parent));
  return isOwnDeclaration(declaration) && canChange && declaration.typeParameters === undefined
    ? declaration
    : undefined;
}

/** `Promise<T | null>` to `T`. */
export function innermost(type: ts.TypeNode): ts.TypeNode {
  if (ts.isParenthesizedTypeNode(type)) return innermost(type.type);
  if (ts.isUnionTypeNode(type)) {
    const [only, ...others] = type.types.filter(({ kind }) => !isNothing(kind) && kind !== ts.SyntaxKind.LiteralType);
    return only !== undefined && others.length === 0 ? innermost(only) : type;
  }
  const isPromise = ts.isTypeReferenceNode(type) && /^(?:Promise|PromiseLike|Bluebird)$/.test(type.typeName.getText());
  const [of] = isPromise ? (type.typeArguments ?? []) : [];
  return of === undefined ? type : innermost(of);
}

/** What a function of this type answers with: `(parameters: object) => Promise<Answer>`. */
export function returnedType(type: ts.TypeNode): ts.TypeNode | undefined {
  if (ts.isParenthesizedTypeNode(type)) return returnedType(type.type);
  return ts.isFunctionTypeNode(type) ? type.type : undefined;
}

const isNothing = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.UndefinedKeyword || kind === ts.SyntaxKind.NullKeyword;

/** Members that any answer has besides its own. */
const UNIVERSAL = new Set(['requestId', 'ResponseMetadata']);

/** Everything that it names is a member of the legacy type, so it describes that and nothing else. */
export function describesOnly(checker: ts.TypeChecker, declaration: OwnDeclaration, legacy: ts.Type): boolean {
  const names = checker
    .getTypeAtLocation(declaration.name)
    .getProperties()
    .map(({ name }) => name);
  return names.length > 0 && names.every((name) => UNIVERSAL.has(name) || legacy.getProperty(name) !== undefined);
}

/** Where the text that gives its name another meaning is written: before the declaration, and behind its name. */
export function setAside(declaration: OwnDeclaration, text: string): readonly { at: number; text: string }[] {
  const modifiers = (ts.getModifiers(declaration) ?? []).map((modifier) => modifier.getText());
  if (modifiers.includes('default')) return [];
  const isExported = modifiers.includes('export') ? 'export ' : '';
  return [
    { at: declaration.getStart(), text: `${isExported}type ${declaration.name.text} = ${text}; ` },
    { at: declaration.name.getEnd(), text: SET_ASIDE },
  ];
}
