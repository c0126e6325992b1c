import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../context';
import { literalText } from '../values/literal-text';
import type { OperationCall } from './find-operations';
import { scopeOf } from './parameter-writes';
import { ANSWERS_ELSEWHERE } from '../untyped/untyped-shapes';

/** What a name that is put together at run time ends with, when it is one of an amount. */
const ENDS_IN_PRICE = /\.(?:Amount|CurrencyCode)['"`]$/;

/** A key whose name is known at run time only: `p[key + '.Amount'] = …`, `{ [kind + 'Amount']: … }` */
function computedKey(context: FileContext, node: ts.Node): ts.Expression | undefined {
  const isAssigned =
    ts.isElementAccessExpression(node) &&
    ts.isBinaryExpression(node.parent) &&
    node.parent.left === node &&
    node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const key = isAssigned ? node.argumentExpression : ts.isComputedPropertyName(node) ? node.expression : undefined;
  return key === undefined || literalText(context.checker, key) !== undefined ? undefined : key;
}

/** Places where the parameters of a call are given something under a computed name. */
function writesTo(context: FileContext, parameters: ts.Expression): ts.Node[] {
  const object = unwrap(parameters);
  const found: ts.Node[] = [];
  const add = (node: ts.Node, isIts: (node: ts.Node) => boolean): void => {
    if (computedKey(context, node) !== undefined && isIts(node)) found.push(node);
  };
  if (ts.isObjectLiteralExpression(object)) walk(object, (node) => add(node, ts.isComputedPropertyName));
  else {
    const text = object.getText();
    const isIts = (node: ts.Node): boolean => ts.isElementAccessExpression(node) && node.expression.getText() === text;
    walk(scopeOf(context, object), (node) => add(node, isIts));
  }
  return found;
}

function report(context: FileContext, node: ts.Node, operation: string | undefined): void {
  const start = context.rewriter.start(node);
  if (context.findings.some((found) => found.rule === 'node-client/request-field' && found.start === start)) return;
  context.leaveOpen(node, {
    rule: 'node-client/request-field',
    ...(operation === undefined ? { confidence: 'low' } : {}),
    legacy: { name: context.text(node), ...(operation === undefined ? {} : { operation }) },
    replacement: null,
    message: `The name of the parameter ${context.text(node)} is computed, so nobody sees which it is: the v2 call takes the parameters that it knows by name and leaves out all others; write the name out.`,
  });
}

/** Lists parameters of a call that are set under a computed name. Says whether there are any. */
export function reportComputedNames(context: FileContext, { operation, parameters }: OperationCall): boolean {
  const writes = parameters === undefined ? [] : writesTo(context, parameters);
  for (const node of writes) report(context, node, operation);
  return writes.length > 0;
}

/** Lists amounts that are set under a computed name on an object of which nobody sees for which call it is. */
export function reportComputedPrices(context: FileContext): void {
  if (ANSWERS_ELSEWHERE.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    const key = computedKey(context, node);
    if (key !== undefined && ENDS_IN_PRICE.test(key.getText())) report(context, node, undefined);
  });
}
