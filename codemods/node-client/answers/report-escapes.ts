import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { asRead } from './answer-read';
import { reportIdSurgery } from './report-id-surgery';
import { merelyLooks } from './lookers';
import { isKnownMembership } from '../values/rewrite-value-lists';
import { aroundParentheses, unseenTest } from './unseen-tests';
import { callTaking, flowOf, isFollowed, isLogged, isWrittenInto, placeKeeping } from './value-flow';
import { tableOf } from '../values/value-tests';

/** `details[name]`, `details['Authorization' + 'Fee']`; not a place in a list. */
const isComputedRead = (context: FileContext, node: ts.Node, object: ts.Node): boolean =>
  ts.isElementAccessExpression(node) &&
  node.expression === object &&
  accessedName(node) === undefined &&
  (context.checker.getTypeAtLocation(node.argumentExpression).flags & ts.TypeFlags.NumberLike) === 0;

const isCallee = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && node.parent.expression === node;

/** `Object.assign(order, details)`; a new object has a type of its own. */
function copiedInto(call: ts.CallExpression | ts.NewExpression, node: ts.Node): ts.Expression | undefined {
  const target = call.arguments?.[0];
  const isCopy = call.expression.getText() === 'Object.assign' && target !== undefined && target !== node;
  return isCopy && !ts.isObjectLiteralExpression(target) ? target : undefined;
}

/** `details` goes where no type goes with it: into a call, a property, a copy. Undefined: it is followed. */
export function objectEscape(context: FileContext, node: ts.Expression): string | undefined {
  const { carrier, nested, spread } = flowOf(node);
  const { parent } = carrier;
  const call = callTaking(carrier);
  if (call !== undefined) {
    const target = copiedInto(call, carrier);
    if (target !== undefined) return `is copied into ${context.text(target)}`;
    const known =
      isLogged(call) || merelyLooks(call, carrier) || (!spread && isFollowed(context, call, carrier, nested));
    return known ? undefined : `is handed to ${context.text(call.expression)}`;
  }
  if (spread) return 'is copied field by field';
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.InKeyword &&
    parent.right === carrier
  )
    return 'is asked for a field by its name';
  if (ts.isForInStatement(parent) && parent.expression === carrier) return 'is gone through field by field';
  if (isComputedRead(context, parent, carrier)) return 'is asked for a field whose name is computed';
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'hasOwnProperty' && isCallee(parent))
    return 'is asked for a field by its name';
  const left = placeKeeping(carrier);
  return left !== undefined && context.typeOf(left) === undefined ? `is kept in ${context.text(left)}` : undefined;
}

function reportObject(context: FileContext, node: ts.Expression, element: string): void {
  const escape = objectEscape(context, node);
  // Nobody can have read anything of an answer in which nothing stood.
  if (escape === undefined || element === 'EmptyResult') return;
  context.leaveOpen(node, {
    rule: 'node-client/escape',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(node)} ${escape}, which now gets the v2 object instead of ${element}; check what reads it.`,
  });
}

/** A legacy word is handed on: stored, sent, shown. */
export function valueEscape(context: FileContext, node: ts.Expression): boolean {
  const { carrier, nested, spread } = flowOf(node);
  const { parent } = carrier;
  const call = callTaking(carrier);
  if (call !== undefined)
    return !(isLogged(call) || isFollowed(context, call, carrier, nested) || isKnownMembership(context, call));
  if (nested && !spread) return true;
  if (ts.isJsxExpression(parent)) return true;
  return placeKeeping(carrier) !== undefined || isWrittenInto(carrier);
}

function reportValue(context: FileContext, node: ts.Expression, tableName: string): void {
  const table = tableOf(tableName);
  if (table === undefined || tableName === 'softDecline') return;
  const unseen = unseenTest(context, node, table);
  if (unseen !== undefined) {
    context.leaveOpen(aroundParentheses(node).parent, {
      rule: tableName === 'errorCode' ? 'node-client/error-code' : 'node-client/state-comparison',
      legacy: { name: table.name },
      replacement: { name: tableName === 'errorCode' ? table.field : `statusDetails.${table.field}` },
      message: `${unseen}; the value is one of v2 from now on.`,
    });
    return;
  }
  if (tableName === 'errorCode') {
    reportErrorCode(context, node, table);
    return;
  }
  if (!valueEscape(context, node)) return;
  const place = {
    rule: 'node-client/escape',
    legacy: { name: table.name },
    replacement: { name: `statusDetails.${table.field}` },
    message: `${context.text(node)} is handed on: its values are those of v2 from now on.`,
  };
  // Named, so that two values that one statement hands on are two decisions.
  const decision = `${context.text(node)} hands on a v2 value where a legacy one was; whoever reads it later must know the new words.`;
  context.leaveOpen(node, place, { decision });
}

/** `/^RequestThrottled/.test(err.type)`, `isRetryable(err.type)`: the words that are looked for stand elsewhere. */
function reportErrorCode(context: FileContext, node: ts.Expression, { name, field }: ValueTable): void {
  const { carrier, nested, spread } = flowOf(node);
  const call = callTaking(carrier);
  if (call === undefined || nested || spread || isLogged(call)) return;
  if (isFollowed(context, call, carrier, nested) || isKnownMembership(context, call)) return;
  context.leaveOpen(node, {
    rule: 'node-client/error-code',
    legacy: { name },
    replacement: { name: field },
    message: `${context.text(node)} is handed to ${context.text(call.expression)}, which gets an error code of v2 from now on.`,
  });
}

/** A name, a read, and what a call brings: `res.json(await getCapture(id))`. */
const brings = (context: FileContext, node: ts.Node): node is ts.Expression =>
  ts.isIdentifier(node) ||
  isAccess(node) ||
  ts.isCallExpression(node) ||
  (ts.isAwaitExpression(node) && context.typeOf(node.expression)?.kind === 'promise');

/** `e.type` of an error that may be one of others: the type of a code stands around it, and not at the error. */
function reportCarriedCode(context: FileContext, node: ts.Node): void {
  if (!ts.isParenthesizedExpression(node) || ts.isParenthesizedExpression(node.parent)) return;
  const type = context.typeOf(node);
  const read = unwrap(node);
  const isCarried = ts.isPropertyAccessExpression(read) && context.typeOf(read) === undefined;
  if (isCarried && type?.kind === 'value' && type.table === 'errorCode') reportValue(context, node, type.table);
}

/** The `reason` of `({ ReasonCode: reason } = status)` is given a value, and hands on none. */
function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent)) return isTarget(parent.parent);
  return (
    ts.isObjectLiteralExpression(node) &&
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.left === node
  );
}

/** Lists answers and states that leave the code that could be followed. */
export function reportEscapes(context: FileContext): void {
  walk(context.file.source, (node) => {
    reportCarriedCode(context, node);
    if (!brings(context, node)) return;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
    if (isTarget(node)) return;
    if (isAccess(parent) && parent.expression === node && asRead(context, parent) !== undefined) return;
    reportIdSurgery(context, node);
    const type = context.typeOf(node);
    if (type?.kind === 'element') reportObject(context, node, type.element);
    else if (type?.kind === 'value' || type?.kind === 'told') reportValue(context, node, type.table);
  });
}

/** A condition on the text "true" or "false" is always met. */
export function reportSoftDeclineConditions(context: FileContext): void {
  walk(context.file.source, (node) => {
    const condition = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : ts.isPrefixUnaryExpression(node)
          ? node.operand
          : undefined;
    const type = condition === undefined ? undefined : context.typeOf(unwrap(condition as ts.Expression));
    if (condition === undefined || type?.kind !== 'value' || type.table !== 'softDecline') return;
    context.leaveOpen(condition, {
      rule: 'node-client/state-comparison',
      legacy: { name: 'SoftDecline' },
      replacement: { name: "statusDetails.reasonCode === 'SoftDeclined'" },
      message:
        'SoftDecline is text in legacy, and the text "false" is true; compare the reason code with SoftDeclined.',
    });
  });
}
