import type { ts } from 'ts-morph';
import { distinctTypes, type LegacyType } from './brands';

/** A state or a reason, or text that may be one. */
export type WordType = Extract<LegacyType, { kind: 'value' | 'told' }>;

/** The type, as text, of what is a word of these tables, or may be one: `AmazonPayLegacy.Value<'captureState'>`. */
export const wordType = (brand: 'Value' | 'Told', tables: readonly string[]): string =>
  tables.map((table) => `AmazonPayLegacy.${brand}<'${table}'>`).join(' | ');

/** The states and reasons that an expression holds, or promises. */
export function wordsOf(checker: ts.TypeChecker, value: ts.Expression): readonly WordType[] {
  return distinctTypes(checker, checker.getTypeAtLocation(value)).flatMap((type): WordType[] => {
    const inner = type.kind === 'promise' ? type.of : type;
    const isWord = inner.kind === 'value' || inner.kind === 'told';
    return isWord && /(?:State|Reason)/.test(inner.table) ? [inner] : [];
  });
}

/** The type of a place where a state or reason comes among other things. Undefined: none comes. */
export function toldText(checker: ts.TypeChecker, value: ts.Expression): string | undefined {
  const tables = [...new Set(wordsOf(checker, value).map(({ table }) => table))];
  return tables.length === 0 ? undefined : wordType('Told', tables.sort());
}

/** The type of a place where nothing comes but states or reasons of one kind. Undefined: something else may come, too. */
export function valueText(checker: ts.TypeChecker, value: ts.Expression): string | undefined {
  const [only, ...others] = wordsOf(checker, value);
  return only?.kind === 'value' && others.length === 0 && !promisedBy(checker, value).isUnion()
    ? wordType('Value', [only.table])
    : undefined;
}

/** What an expression holds, or promises. */
export function promisedBy(checker: ts.TypeChecker, value: ts.Expression): ts.Type {
  const type = checker.getTypeAtLocation(value);
  const [promised] = type.symbol?.name === 'Promise' ? checker.getTypeArguments(type as ts.TypeReference) : [];
  return promised ?? type;
}
