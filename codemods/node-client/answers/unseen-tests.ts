import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { isNothing } from '../../typed-program/nodes';
import type { FileContext } from '../context';
import { wordsBehind } from '../stored/asked-columns';
import { isOnlyLegacy } from '../stored/stored-states';
import { literalText } from '../values/literal-text';
import { isKnownMembership } from '../values/rewrite-value-lists';
import { isKnownTable } from '../values/rewrite-value-tables';
import { EQUALITY } from '../values/value-places';
import { testFor } from '../values/value-tests';

/** `state.toUpperCase()` */
const isCallee = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && node.parent.expression === node;

/** `state ?? 'Pending'` */
const isFallback = (parent: ts.Node, node: ts.Node): parent is ts.BinaryExpression =>
  ts.isBinaryExpression(parent) &&
  parent.left === node &&
  [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken].includes(parent.operatorToken.kind);

/** `FINAL.includes(state)`: the list serves something else as well, such as a query, and stays as it is. */
function sharedList(context: FileContext, node: ts.Expression, table: ValueTable): string | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return undefined;
  const { name, expression } = parent.expression;
  if (parent.arguments[0] !== node || !/^(?:includes|indexOf|has)$/.test(name.text)) return undefined;
  if (isKnownMembership(context, parent)) return undefined;
  const now = wordsBehind(context.checker, expression).flatMap((word) => {
    const test = isOnlyLegacy(table, word) ? testFor(table, word) : undefined;
    return test !== undefined && 'values' in test ? [`${word} → ${test.values.join(' or ')}`] : [];
  });
  const list = context.text(expression);
  return now.length === 0
    ? undefined
    : `${context.text(parent)} looks among words of legacy, and ${list} serves something else as well, so it was left as it is: let it have those of v2, too (${now.join(', ')})`;
}

/** `state.length`, `state[0]` */
const isLook = (node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression =>
  ts.isElementAccessExpression(node) || (ts.isPropertyAccessExpression(node) && node.name.text === 'length');

/** `(await state(id)) === want` */
export const aroundParentheses = (node: ts.Node): ts.Node =>
  ts.isParenthesizedExpression(node.parent) ? aroundParentheses(node.parent) : node;

/** What a state is compared with stands there, or is none of its words. */
const isSeen = (context: FileContext, word: ts.Expression): boolean =>
  literalText(context.checker, word) !== undefined ||
  context.typeOf(word)?.kind === 'value' ||
  isNothing(word) ||
  ts.isTypeOfExpression(word);

/** A test whose legacy words stand where they are not seen: behind a name, in a table elsewhere, in changed letters. */
export function unseenTest(context: FileContext, node: ts.Expression, table: ValueTable): string | undefined {
  return testBehindName(context, node) ?? sharedList(context, node, table);
}

function testBehindName(context: FileContext, node: ts.Expression): string | undefined {
  const place = aroundParentheses(node);
  const { parent } = place;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === place && isCallee(parent))
    return `${context.text(parent)}(…) works on a legacy word`;
  if (isLook(parent) && parent.expression === place)
    return `${context.text(parent)} looks at the letters of a legacy word`;
  if (ts.isComputedPropertyName(parent))
    return `${context.text(parent)} is a name, for which others look with a legacy word`;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === place)
    return isKnownTable(context, node, parent.expression)
      ? undefined
      : `${context.text(parent)} looks a legacy word up`;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword && parent.left === place)
    return isKnownTable(context, node, parent.right) ? undefined : `${context.text(parent)} looks a legacy word up`;
  if (isFallback(parent, place) && ts.isStringLiteralLike(parent.right))
    return `${context.text(parent)} falls back to ${context.text(parent.right)}`;
  if (ts.isSwitchStatement(parent) && parent.expression === place) {
    const labels = parent.caseBlock.clauses.filter(ts.isCaseClause).map(({ expression }) => expression);
    const unseen = labels.filter((label) => !isSeen(context, label)).map((label) => context.text(label));
    return unseen.length === 0
      ? undefined
      : `switch (${context.text(node)}) compares with ${unseen.join(', ')}, which may hold a legacy word`;
  }
  if (!ts.isBinaryExpression(parent) || !EQUALITY.has(parent.operatorToken.kind)) return undefined;
  const other = place === parent.left ? parent.right : parent.left;
  return isSeen(context, other)
    ? undefined
    : `${context.text(parent)} compares with ${context.text(other)}, which may hold a legacy word`;
}
