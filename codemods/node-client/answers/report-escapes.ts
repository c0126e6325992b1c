import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { literalText } from '../values/literal-text';
import { asRead } from './answer-read';
import { merelyLooks } from './lookers';
import { isKnownMembership } from '../values/rewrite-value-lists';
import { isKnownTable } from '../values/rewrite-value-tables';
import { callTaking, flowOf, isFollowed, isLogged, placeKeeping } from './value-flow';
import { tableOf, testFor } from '../values/value-tests';
import { wordsBehind } from '../stored/asked-columns';
import { isOnlyLegacy } from '../stored/stored-states';
import { isNothing } from '../../typed-program/nodes';

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

/** `${state}` and `'state: ' + state` outside a log: the words end up somewhere. */
function isWrittenInto(node: ts.Node): boolean {
  let parent: ts.Node = node.parent;
  const isText =
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken);
  while (ts.isTemplateSpan(parent) || ts.isTemplateExpression(parent) || ts.isBinaryExpression(parent))
    parent = parent.parent;
  return isText && !isLogged(parent);
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

const COMPARISONS = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

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

/** A test whose legacy words stand where they are not seen: behind a name, in a table elsewhere, in changed letters. */
function unseenTest(context: FileContext, node: ts.Expression): string | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node && isCallee(parent))
    return `${context.text(parent)}(…) works on a legacy word`;
  if (isLook(parent) && parent.expression === node)
    return `${context.text(parent)} looks at the letters of a legacy word`;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node)
    return isKnownTable(context, node, parent.expression)
      ? undefined
      : `${context.text(parent)} looks a legacy word up`;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword && parent.left === node)
    return isKnownTable(context, node, parent.right) ? undefined : `${context.text(parent)} looks a legacy word up`;
  if (isFallback(parent, node) && ts.isStringLiteralLike(parent.right))
    return `${context.text(parent)} falls back to ${context.text(parent.right)}`;
  if (ts.isSwitchStatement(parent) && parent.expression === node) {
    const labels = parent.caseBlock.clauses.filter(ts.isCaseClause).map(({ expression }) => expression);
    const unseen = labels.filter((label) => !isSeen(context, label)).map((label) => context.text(label));
    return unseen.length === 0
      ? undefined
      : `switch (${context.text(node)}) compares with ${unseen.join(', ')}, which may hold a legacy word`;
  }
  if (!ts.isBinaryExpression(parent) || !COMPARISONS.has(parent.operatorToken.kind)) return undefined;
  const other = parent.left === node ? parent.right : parent.left;
  return isSeen(context, other)
    ? undefined
    : `${context.text(parent)} compares with ${context.text(other)}, which may hold a legacy word`;
}

/** What a state is compared with stands there, or is none of its words. */
const isSeen = (context: FileContext, word: ts.Expression): boolean =>
  literalText(context.checker, word) !== undefined ||
  context.typeOf(word)?.kind === 'value' ||
  isNothing(word) ||
  ts.isTypeOfExpression(word);

function reportValue(context: FileContext, node: ts.Expression, tableName: string): void {
  const table = tableOf(tableName);
  if (table === undefined || tableName === 'softDecline') return;
  const unseen = unseenTest(context, node) ?? sharedList(context, node, table);
  if (unseen !== undefined) {
    context.leaveOpen(node.parent, {
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

const SURGERY = /^(?:slice|split|substr|substring|replace|match|lastIndexOf|charAt)$/;

/** Names that merchants give to ids of Amazon Pay; what is cut at a dash under such a name is one. */
const ID_NAME = /^(?:amazon\w*|(?:order|order_?reference|auth|authorization|capture|charge|refund))_?id$/i;

const isCutAtDash = (node: ts.PropertyAccessExpression): boolean =>
  ts.isCallExpression(node.parent) && /^['"/]-[AC]?['"/]$/.test(node.parent.arguments[0]?.getText() ?? '');

/** An id of Amazon that is cut apart: v2 ids look alike, but which id derives from which is another matter. */
function reportIdSurgery(context: FileContext, node: ts.Expression): void {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node || !SURGERY.test(parent.name.text)) return;
  const type = context.typeOf(node);
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
  const byName = ID_NAME.test(name) && isCutAtDash(parent);
  if (type?.kind !== 'id' && !byName) return;
  const place = {
    rule: 'node-client/result-read',
    legacy: { name: type?.kind === 'id' ? type.name : name },
    replacement: { name: 'chargePermissionId' },
    message: `${context.text(parent)} takes an id apart; a Charge id never yields its Charge Permission id, so read chargePermissionId of the charge.`,
  };
  // What goes by its name is found again.
  if (byName) context.report(parent, { ...place, automation: 'manual', confidence: 'low', rewritten: false });
  else context.leaveOpen(parent, place);
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

/** Lists answers and states that leave the code that could be followed. */
export function reportEscapes(context: FileContext): void {
  walk(context.file.source, (node) => {
    reportCarriedCode(context, node);
    if (!brings(context, node)) return;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
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
