import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { distinctTypes } from '../../typed-program/brands';
import { type FileContext, unwrap } from '../context';
import { tableOf, testFor, type ValueTest } from './value-tests';

/** The operators that compare a value with a word. */
export const EQUALITY = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, { text: '===', negated: false }],
  [ts.SyntaxKind.EqualsEqualsToken, { text: '==', negated: false }],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, { text: '!==', negated: true }],
  [ts.SyntaxKind.ExclamationEqualsToken, { text: '!=', negated: true }],
]);

/** The table whose values an expression holds. An id beside them is none of the words that are asked for. */
export function valueTableAt(context: FileContext, node: ts.Node): ValueTable | undefined {
  const [table, ...others] = valueTablesAt(context, node);
  return table !== undefined && others.length === 0 && !isMixed(context, node) ? tableOf(table) : undefined;
}

/** The tables whose values an expression may hold: of `[state, reason]` there are two. */
export const valueTablesAt = (context: FileContext, node: ts.Node): string[] =>
  distinctTypes(context.checker, context.checker.getTypeAtLocation(node)).flatMap((type) =>
    type.kind === 'value' && !(context.keepsErrors && type.table === 'errorCode') ? [type.table] : [],
  );

/** The states of two kinds of objects meet here: 'Completed' is Captured for one and Refunded for the other. */
export const isMixed = (context: FileContext, node: ts.Node): boolean =>
  distinctTypes(context.checker, context.checker.getTypeAtLocation(node)).filter(({ kind }) => kind !== 'id').length >
  1;

/** While some calls stay legacy, an error may carry the legacy code or that of v2; both kinds have it as type and name. */
export function testIn(
  context: FileContext,
  table: ValueTable,
  legacy: string,
  beside: ReadonlySet<string>,
): ValueTest {
  const test = testFor(table, legacy, beside);
  if (table.name !== 'errorCode' || !context.keepsLegacy || test.kind !== 'same-field') return test;
  return { ...test, values: [...new Set([legacy, ...test.values])] };
}

/** The code of v2 stands beside that of legacy already. */
export const isBoth = (table: ValueTable, present: ReadonlySet<string>, value: string): boolean =>
  table.name === 'errorCode' && present.has(value);

/**
 * `const [e] = await paid.then((answer) => [null, answer], (x: MwsError) => [x, null])`: a type of the shop says what the error
 * has, and that is no reasonCode. What is caught, or handed in, has none but that which is written at it.
 */
function isTypedByShop(context: FileContext, error: ts.Expression): boolean {
  const name = unwrap(error);
  const declared = ts.isIdentifier(name) ? context.checker.getSymbolAtLocation(name)?.valueDeclaration : undefined;
  if (!context.isTypeScript || declared === undefined || !ts.isBindingElement(declared)) return false;
  return ts.isArrayBindingPattern(declared.parent);
}

/** `err.type`, `err.name` and `err.code` of the old client are one thing in v2. Undefined: it is no field of an error. */
function errorFieldText(
  context: FileContext,
  node: ts.Expression,
  emit: (node: ts.Node) => string,
): string | undefined {
  const expression = unwrap(node);
  if (!ts.isPropertyAccessExpression(expression) || context.typeOf(expression.expression)?.kind !== 'error')
    return undefined;
  const { text } = expression.name;
  // Errors of both kinds have a type and a name; neither has a code.
  const keepsName = context.keepsLegacy || isTypedByShop(context, expression.expression);
  const name = keepsName ? (text === 'code' ? 'type' : text) : 'reasonCode';
  return `${emit(expression.expression)}${expression.questionDotToken === undefined ? '.' : '?.'}${name}`;
}

/** The text of what is tested, where it is a field of an error under the name that v2 has for it. */
export const valueText = (
  context: FileContext,
  node: ts.Expression,
  table: ValueTable,
  emit: (node: ts.Node) => string,
): string => (table.name === 'errorCode' ? errorFieldText(context, node, emit) : undefined) ?? emit(node);

/** What is looked up, where it is a field of an error. */
export function replaceErrorField(context: FileContext, node: ts.Expression, table: ValueTable): void {
  const original = (part: ts.Node): string => context.rewriter.original(part);
  if (table.name !== 'errorCode' || errorFieldText(context, node, original) === undefined) return;
  context.rewriter.replace(node, (emit) => errorFieldText(context, node, emit) ?? original(node));
}
