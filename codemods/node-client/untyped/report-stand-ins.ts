import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';
import { ANSWERS_ELSEWHERE, isDistinctive } from './untyped-shapes';
import { type FileContext, unwrap, walk } from '../context';
import { operationBeside } from '../calls/find-operation-paths';
import { isStoodInFor } from '../calls/find-operations';
import { isOperationsObject, isPromisifyAll } from '../client/rewrite-client-uses';

function report(context: FileContext, node: ts.Node, name: string, message: string): void {
  context.report(node, {
    rule: 'node-client/stand-in',
    automation: 'manual',
    legacy: { name },
    replacement: { name: 'WebStoreClient' },
    message,
    rewritten: false,
  });
}

/** `{ offAmazonPayments: { refund: stub } }`: an object in the form of the legacy client. */
function reportShape(context: FileContext, node: ts.Node): void {
  const isProperty = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
  if (!isProperty || node.name.getText().replace(/['"]/g, '') !== 'offAmazonPayments') return;
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
  // What holds the operations of a real client is followed.
  if (context.typeOf(value) !== undefined) return;
  report(
    context,
    node,
    'offAmazonPayments',
    'This has the form of the legacy client; rewritten code calls createCharge, createRefund, getCharge and so on on the client itself, and reads { data } of their answers.',
  );
}

/** `{ CaptureDetails: { CaptureStatus: { State: 'Completed' } } }`: an answer that somebody wrote down, most often for a stub. */
function answerIn(node: ts.Node): string | undefined {
  if (!ts.isPropertyAssignment(node) || !ts.isObjectLiteralExpression(node.initializer)) return undefined;
  const name = node.name.getText().replace(/['"]/g, '');
  const fields = isDistinctive(name) ? (elements[name]?.fields ?? {}) : {};
  const isAnswer = node.initializer.properties.some((each) => fields[each.name?.getText().replace(/['"]/g, '') ?? '']);
  const isText = (each: ts.Expression): boolean =>
    ts.isStringLiteralLike(each) ||
    (ts.isConditionalExpression(each) && isText(each.whenTrue) && isText(each.whenFalse));
  const holdsText = (each: ts.Node): boolean =>
    (ts.isPropertyAssignment(each) && isText(each.initializer)) ||
    ts.forEachChild(each, (child) => holdsText(child) || undefined) === true;
  return isAnswer && holdsText(node.initializer) ? name : undefined;
}

function reportAnswer(context: FileContext, node: ts.Node): void {
  const name = answerIn(node);
  if (name === undefined || ts.findAncestor(node.parent, (each) => answerIn(each) !== undefined) !== undefined) return;
  report(
    context,
    node,
    name,
    `This has the form of a legacy answer; what reads the answer of a rewritten call reads the v2 object, which has no ${name}.`,
  );
}

/** `fake.offAmazonPayments` of such an object. */
function reportAccess(context: FileContext, node: ts.Node): void {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'offAmazonPayments') return;
  const isWritten = ts.isBinaryExpression(node.parent) && node.parent.left === node;
  if (!isOperationsObject(context, node) || isWritten)
    report(context, node, 'offAmazonPayments', `${context.text(node)} is in the form of the legacy client.`);
}

/** `pay.refund = stub`, `pay.refund.restore()` */
function reportOverwritten(context: FileContext, node: ts.Node): void {
  if (!ts.isPropertyAccessExpression(node) || context.typeOf(node)?.kind !== 'operation' || !isStoodInFor(node)) return;
  if (context.typeAround(node.expression)?.kind !== 'offAmazonPayments') return;
  const place = {
    rule: 'node-client/stand-in',
    legacy: { name: context.text(node) },
    replacement: { name: 'WebStoreClient' },
    message: `${context.text(node)} is replaced or watched here; rewritten code calls a method of the v2 client instead, which resolves to { data }.`,
  };
  // What names the level of the legacy client is found again by that.
  const level = unwrap(node.expression);
  const isNamed = ts.isPropertyAccessExpression(level) && level.name.text === 'offAmazonPayments';
  if (isNamed) context.report(node, { ...place, automation: 'manual', rewritten: false });
  else context.leaveOpen(node, place);
}

/** `sinon.stub(client.offAmazonPayments, 'refund')`, `container.set('pay', pay)`, `new Proxy(pay, …)` */
function reportHandedOver(context: FileContext, node: ts.Node): void {
  if (!(ts.isCallExpression(node) || ts.isNewExpression(node)) || isPromisifyAll(node)) return;
  if (operationBeside(context, node) !== undefined) return;
  const signature = context.checker.getResolvedSignature(node);
  node.arguments?.forEach((argument, index) => {
    if (context.typeAround(argument)?.kind !== 'offAmazonPayments') return;
    const parameter = signature?.getParameters()[index];
    const type = parameter === undefined ? undefined : context.checker.getTypeOfSymbolAtLocation(parameter, node);
    const isFollowed = type !== undefined && (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0;
    if (isFollowed || isReceiver(node, index)) return;
    // Nothing types the argument as legacy once the client is one of v2.
    context.leaveOpen(argument, {
      rule: 'node-client/stand-in',
      legacy: { name: context.text(argument) },
      replacement: { name: 'WebStoreClient' },
      message: `${context.text(node.expression)} gets the operations of the legacy client, and what it does with them is not seen; the v2 client has other methods.`,
    });
  });
}

/** `operation.call(pay, …)`, `.bind(pay)`, `promisify(operation, { context: pay })`, `Q.nbind(operation, pay)`, `Q.ninvoke(pay, 'refund')` */
function isReceiver(node: ts.CallExpression | ts.NewExpression, index: number): boolean {
  const method = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
  if (/^(?:call|apply|bind)$/.test(method)) return index === 0;
  return /^(?:nbind|nfbind)$/.test(method) ? index === 1 : /^(?:ninvoke|nsend)$/.test(method) && index === 0;
}

/** Lists what has, or hands on, the form of the legacy client: doubles in tests, and helpers that call by name. */
export function reportStandIns(context: FileContext): void {
  // Asked once for a file, not for each of its nodes: it goes through the whole text.
  const answersElsewhere = ANSWERS_ELSEWHERE.test(context.file.unit.text);
  walk(context.file.source, (node) => {
    reportShape(context, node);
    if (!answersElsewhere) reportAnswer(context, node);
    reportAccess(context, node);
    reportHandedOver(context, node);
    reportOverwritten(context, node);
  });
}
