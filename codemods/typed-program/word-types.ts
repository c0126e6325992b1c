import type { ts } from 'ts-morph';
import { distinctTypes, type LegacyType } from './brands';

/** A state or a reason, or text that may be one. */
export type WordType = Extract<LegacyType, { kind: 'value' | 'told' }>;

/** The type, as text, of what is a word of these tables, or may be one: `AmazonPayLegacy.Value<'captureState'>`. */
export const wordType = (brand: 'Value' | 'Told', tables: readonly string[]): string =>
  tables.map((table) => `AmazonPayLegacy.${brand}<'${table}'>`).join(' | ');

/** The states and reasons that a type holds, or promises. */
function wordsIn(checker: ts.TypeChecker, type: ts.Type): readonly WordType[] {
  return distinctTypes(checker, type).flatMap((each): WordType[] => {
    const inner = each.kind === 'promise' ? each.of : each;
    const isWord = inner.kind === 'value' || inner.kind === 'told';
    return isWord && /(?:State|Reason)/.test(inner.table) ? [inner] : [];
  });
}

/** The states and reasons that an expression holds, or promises. */
export const wordsOf = (checker: ts.TypeChecker, value: ts.Expression): readonly WordType[] =>
  wordsIn(checker, checker.getTypeAtLocation(value));

/** The type of a place where a state or reason comes among other things. Undefined: none comes. */
export function toldTypeText(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  const tables = [...new Set(wordsIn(checker, type).map(({ table }) => table))];
  return tables.length === 0 ? undefined : wordType('Told', tables.sort());
}

/** The type of a place where nothing comes but states or reasons of one kind. Undefined: something else may come, too. */
export function valueTypeText(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  const [only, ...others] = wordsIn(checker, type);
  return only?.kind === 'value' && others.length === 0 && !promisedIn(checker, type).isUnion()
    ? wordType('Value', [only.table])
    : undefined;
}

/** As `toldTypeText`, of what an expression holds. */
export const toldText = (checker: ts.TypeChecker, value: ts.Expression): string | undefined =>
  toldTypeText(checker, checker.getTypeAtLocation(value));

function promisedIn(checker: ts.TypeChecker, type: ts.Type): ts.Type {
  const [promised] = type.symbol?.name === 'Promise' ? checker.getTypeArguments(type as ts.TypeReference) : [];
  return promised ?? type;
}

/** What an expression holds, or promises. */
export const promisedBy = (checker: ts.TypeChecker, value: ts.Expression): ts.Type =>
  promisedIn(checker, checker.getTypeAtLocation(value));
