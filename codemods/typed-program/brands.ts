import { ts } from 'ts-morph';
import { AMBIENT_FILE } from './ambient';

/** What a value is, as far as legacy Amazon Pay is concerned. */
export type LegacyType =
  | { readonly kind: 'client'; readonly style: 'callback' | 'promise' | 'flat' }
  | { readonly kind: 'offAmazonPayments' }
  | { readonly kind: 'operation'; readonly operation: string; readonly style: 'callback' | 'promise' }
  | { readonly kind: 'element'; readonly element: string }
  | { readonly kind: 'environment' }
  | { readonly kind: 'environments' }
  | { readonly kind: 'login' }
  | { readonly kind: 'reports' }
  | { readonly kind: 'notifications' }
  | { readonly kind: 'error' }
  /** A level of the XML that an error of the old client carries in its body. */
  | { readonly kind: 'errorPart'; readonly part: string }
  | { readonly kind: 'value'; readonly table: string }
  /** Text of the merchant that may be a state among other things. */
  | { readonly kind: 'told'; readonly table: string }
  | { readonly kind: 'id'; readonly name: string }
  | { readonly kind: 'jsonText' }
  | { readonly kind: 'promise'; readonly of: LegacyType };

const FIXED_KINDS: Readonly<Record<string, LegacyType>> = {
  Client: { kind: 'client', style: 'callback' },
  AsyncClient: { kind: 'client', style: 'promise' },
  AmazonPayClient: { kind: 'client', style: 'promise' },
  amazonPayClient: { kind: 'client', style: 'flat' },
  FlatClient: { kind: 'client', style: 'flat' },
  OffAmazonPayments: { kind: 'offAmazonPayments' },
  OffAmazonPaymentsAsync: { kind: 'offAmazonPayments' },
  Environment: { kind: 'environment' },
  Environments: { kind: 'environments' },
  LoginApi: { kind: 'login' },
  Reports: { kind: 'reports' },
  Notifications: { kind: 'notifications' },
  LegacyError: { kind: 'error' },
  JsonText: { kind: 'jsonText' },
};

/** True when the symbol is declared by the legacy packages and not by the merchant. */
export const isLegacySymbol = (symbol: ts.Symbol | undefined): boolean =>
  symbol?.declarations?.some((declaration) => declaration.getSourceFile().fileName === AMBIENT_FILE) ?? false;

const typeArguments = (checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] =>
  type.aliasTypeArguments ?? checker.getTypeArguments(type as ts.TypeReference) ?? [];

function fromObjectType(checker: ts.TypeChecker, type: ts.Type): LegacyType | undefined {
  const symbol = type.getSymbol();
  if (symbol?.name === 'Promise') {
    const [of] = typeArguments(checker, type);
    const inner = of === undefined ? undefined : legacyTypeOf(checker, of);
    return inner === undefined ? undefined : { kind: 'promise', of: inner };
  }
  if (!isLegacySymbol(symbol) || symbol === undefined) return undefined;
  if (symbol.name === 'CallbackOperation' || symbol.name === 'PromiseOperation') {
    const [operation] = typeArguments(checker, type);
    if (operation === undefined || !operation.isStringLiteral()) return undefined;
    const style = symbol.name === 'CallbackOperation' ? 'callback' : 'promise';
    return { kind: 'operation', operation: operation.value, style };
  }
  if (type.getProperty(' legacyElement') !== undefined) return { kind: 'element', element: symbol.name };
  if (type.getProperty(' errorPart') !== undefined) return { kind: 'errorPart', part: symbol.name };
  const fixed = FIXED_KINDS[symbol.name];
  if (fixed !== undefined) return fixed;
  return undefined;
}

/** What the parts of a union are of legacy Amazon Pay, each once. */
export function distinctTypes(checker: ts.TypeChecker, type: ts.Type): LegacyType[] {
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  const found = new Map<string, LegacyType>();
  for (const part of parts) {
    const legacy = legacyTypeOf(checker, part);
    if (legacy !== undefined) found.set(JSON.stringify(legacy), legacy);
  }
  return [...found.values()];
}

/** Returns what a type is of legacy Amazon Pay, or undefined when it is nothing of it. Unions count by their first part, but for operations. */
export function legacyTypeOf(checker: ts.TypeChecker, type: ts.Type): LegacyType | undefined {
  if (type.isUnion()) {
    const [found, ...others] = distinctTypes(checker, type);
    // One of two operations is none that could be named.
    return found?.kind === 'operation' && others.length > 0 ? undefined : found;
  }
  const table = type.getProperty(' values');
  if (table !== undefined) {
    const name = checker.getTypeOfSymbol(table);
    return name.isStringLiteral() ? { kind: 'value', table: name.value } : undefined;
  }
  const told = type.getProperty(' told');
  if (told !== undefined) {
    const name = checker.getTypeOfSymbol(told);
    return name.isStringLiteral() ? { kind: 'told', table: name.value } : undefined;
  }
  const id = type.getProperty(' id');
  if (id !== undefined) {
    const name = checker.getTypeOfSymbol(id);
    return name.isStringLiteral() ? { kind: 'id', name: name.value } : undefined;
  }
  if (type.isIntersection()) return distinctTypes(checker, type)[0];
  return (type.flags & ts.TypeFlags.Object) === 0 ? undefined : fromObjectType(checker, type);
}
