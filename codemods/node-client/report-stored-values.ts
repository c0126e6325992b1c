import { ts } from 'ts-morph';
import type { ValueTable } from '../../src/catalog/types';
import { type FileContext, walk } from './context';
import { literalText } from './literal-text';
import { tableOf } from './value-tests';

const stateTableOf = (context: FileContext, node: ts.Node): ValueTable | undefined => {
  const type = context.typeOf(node);
  if (type?.kind !== 'value' || type.table === 'errorCode' || type.table === 'softDecline') return undefined;
  return tableOf(type.table);
};

/** `order.state = details.AuthorizationStatus.State` and `{ state: … }`: the names under which states are kept. */
function storedUnder(context: FileContext): Map<string, ValueTable> {
  const names = new Map<string, ValueTable>();
  walk(context.file.source, (node) => {
    const isStored =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left);
    const [name, value] = isStored
      ? [(node.left as ts.PropertyAccessExpression).name.text, node.right]
      : ts.isPropertyAssignment(node)
        ? [node.name.getText().replace(/['"]/g, ''), node.initializer]
        : [undefined, undefined];
    const table = value === undefined ? undefined : stateTableOf(context, value);
    if (name !== undefined && table !== undefined) names.set(name, table);
  });
  return names;
}

const EQUALITY = /^[!=]==?$/;

/** What tests the value, when it tests it for a word of legacy. */
function testOf(context: FileContext, node: ts.Expression, { values }: ValueTable): ts.Node | undefined {
  const { parent } = node;
  const isLegacyWord = (other: ts.Expression): boolean => {
    const text = literalText(context.checker, other);
    return text !== undefined && values[text] !== undefined;
  };
  if (ts.isBinaryExpression(parent) && EQUALITY.test(parent.operatorToken.getText()))
    return isLegacyWord(parent.left === node ? parent.right : parent.left) ? parent : undefined;
  if (ts.isSwitchStatement(parent) && parent.expression === node)
    return parent.caseBlock.clauses.some((clause) => ts.isCaseClause(clause) && isLegacyWord(clause.expression))
      ? parent
      : undefined;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return parent;
  const isLookedUp =
    ts.isCallExpression(parent) &&
    parent.arguments[0] === node &&
    ts.isPropertyAccessExpression(parent.expression) &&
    /^(?:includes|indexOf|has)$/.test(parent.expression.name.text);
  return isLookedUp ? parent : undefined;
}

/**
 * Lists tests of states that this file keeps under a name of its own. From now on it keeps words of v2; what was stored
 * before holds those of legacy, so a test has to know both, which only the merchant can write.
 */
export function reportStoredValues(context: FileContext): void {
  const names = storedUnder(context);
  if (names.size === 0) return;
  walk(context.file.source, (node) => {
    if (!ts.isPropertyAccessExpression(node) || context.typeOf(node) !== undefined) return;
    const table = names.get(node.name.text);
    const test = table === undefined ? undefined : testOf(context, node, table);
    if (table === undefined || test === undefined) return;
    context.leaveOpen(node, {
      rule: 'node-client/state-comparison',
      confidence: 'medium',
      legacy: { name: table.name },
      replacement: { name: `statusDetails.${table.field}` },
      message: `${context.text(node)} is tested here, and this file keeps states of Amazon Pay under that name: those of v2 from now on, those of legacy in what was stored before; test for both.`,
    });
  });
}
