import { ts } from 'ts-morph';
import { absentNotificationFields } from '../../src/catalog';
import { type FileContext, walk } from '../node-client/context';
import { guardAccess } from '../node-client/answers/guard-access';
import { accessedName, isAccess } from '../rewriting/access';
import { type HandlerState, reportHandler, reportOpen } from './place';

/** A field that is read: `x.Field`, `x['Field']`, `{ Field }`, or a part of a path or pattern that is written as text. */
function fieldRead(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const isWritten = ts.isBinaryExpression(node.parent) && node.parent.left === node && isAssignment(node.parent);
    return isWritten ? undefined : accessedName(node);
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
    return (node.propertyName ?? node.name).getText();
  return undefined;
}

const isAssignment = ({ operatorToken }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** `'AuthorizationDetails.AuthorizationReferenceId'`, `/<CaptureFee>/`, `getElementsByTagName('RefundType')` */
function fieldsInText(node: ts.Node): string[] {
  const isText = ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.RegularExpressionLiteral;
  if (!isText || ts.isElementAccessExpression(node.parent)) return [];
  const words = node.getText().match(/[A-Za-z]+/g) ?? [];
  return words.filter((word) => absent(word) !== undefined && word.length > 8);
}

const absent = (name: string): string | undefined =>
  Object.hasOwn(absentNotificationFields, name) ? absentNotificationFields[name] : undefined;

/** The second of `a.Field && a.Field.Amount`. */
function isGuarded(node: ts.Node): boolean {
  const guard = ts.findAncestor(
    node.parent,
    (outer): outer is ts.BinaryExpression =>
      ts.isBinaryExpression(outer) && outer.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken,
  );
  return guard !== undefined && guard.left !== node && guard.left.getText() === node.getText();
}

/** Of `x.Field.Amount`, the part `x.Field`. */
const isReadBelow = (node: ts.Node): boolean =>
  isAccess(node) && isAccess(node.parent) && node.parent.expression === node;

function reportAbsent(context: FileContext, node: ts.Node, name: string, because: string, state: HandlerState): void {
  // One comment stands above both.
  if (state === 'rewritten' && isGuarded(node)) return;
  // The decision stands in the code already.
  if (state === 'migrated' && context.file.unit.text.includes(`ipn/absent-field: ${name} `)) return;
  if (state === 'rewritten' && isReadBelow(node)) guardAccess(context, node.parent);
  reportOpen(context, node, state === 'rewritten', {
    rule: 'ipn/absent-field',
    legacy: { name },
    replacement: null,
    message: `${name} is not in the fetched object, so it is undefined here: ${because}`,
    decision: `${name} is undefined from now on: ${because}`,
  });
}

const SENDS = /^(?:send|sendCharge|amazonPaySend|amazonPaySendCharge)$/;

/** Within the v2 call that an earlier run wrote: `softDescriptor: params.SoftDescriptor` is of a request. */
const isOfRequest = (node: ts.Node): boolean =>
  ts.findAncestor(node, (outer) => ts.isCallExpression(outer) && SENDS.test(outer.expression.getText())) !== undefined;

/** Lists what a handler reads that no GET brings back, and what it believes about the environment. */
export function reportReads(context: FileContext, state: HandlerState): void {
  const isRewritten = state === 'rewritten';
  walk(context.file.source, (node) => {
    const name = fieldRead(node);
    const because = name === undefined ? undefined : absent(name);
    // What is typed as an answer of the API is the business of its own rule.
    const isAnswer =
      (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
      context.typeOf(node.expression)?.kind === 'element';
    if (name !== undefined && because !== undefined && !isAnswer && !isOfRequest(node))
      reportAbsent(context, node, name, because, state);
    for (const field of fieldsInText(node)) reportAbsent(context, node, field, absent(field) ?? '', state);
    if (name === 'ReleaseEnvironment' && !isAnswer && state !== 'migrated') {
      reportHandler(context, node, {
        rule: 'ipn/release-environment',
        automation: isRewritten ? 'automatic' : 'manual',
        legacy: { name },
        replacement: { name: 'releaseEnvironment' },
        message: isRewritten
          ? 'ReleaseEnvironment comes from the fetched object now.'
          : 'ReleaseEnvironment is what the message claims; read releaseEnvironment of the fetched object.',
        rewritten: isRewritten,
      });
    }
  });
}

/** Lists the exact reads that go on trusting the message. */
export function reportPayloadReads(context: FileContext, reads: readonly ts.Node[]): void {
  for (const node of reads) {
    reportHandler(context, node, {
      rule: 'ipn/payload-read',
      automation: 'manual',
      legacy: { name: 'NotificationData' },
      replacement: { name: 'getCharge, getRefund, getChargePermission' },
      message: `${context.text(node)} believes the message; a v2 notification has no such data. Fetch the object by its id.`,
      rewritten: false,
    });
  }
}

/** What a legacy handler decides by. */
const DECIDES =
  /^(?:(?:Authorization|Capture|Refund|OrderReference|BillingAgreement|Credit|CreditReversal)Status|ChargebackState|(?:Authorization|Captured?|Refund(?:ed)?|Chargeback)Amount|OrderTotal)$/;
const DECIDES_IN_XML = /<(?:\w+:)?(?:State|ReasonCode|Amount)\b|\b\w+(?:Status|Amount)\b[^'"`]*\b(?:State|Amount)\b/;

/**
 * Lists the reads of state, amount and reason in a file whose messages are not fetched, wherever the parsed XML was handed
 * on to. Those that start at NotificationData are listed as such.
 */
export function reportDecidingReads(context: FileContext): void {
  if (ANSWERS_OF_MWS.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    const name = fieldRead(node);
    const isText = ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.RegularExpressionLiteral;
    const decides = name === undefined ? isText && DECIDES_IN_XML.test(node.getText()) : DECIDES.test(name);
    if (!decides || /NotificationData/.test(node.getText())) return;
    reportHandler(context, node, {
      rule: 'ipn/payload-read',
      automation: 'manual',
      legacy: { name: name ?? context.text(node) },
      replacement: { name: 'getCharge, getRefund, getChargePermission' },
      message: `${context.text(node)} is what the message claims; read it of the object that a GET answers.`,
      rewritten: false,
    });
  });
}

/** `/<AmazonCaptureId>([^<]+)/`, `'<CaptureNotification'`: looks into the XML of a message without parsing it. */
const XML_OF_MESSAGE =
  /<(?:\w+:)?(?:Authorization|Capture|Refund|OrderReference|BillingAgreement|Chargeback)Notification\b|(?:<(?:\w+:)?|\b)Amazon(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)Id(?:\b(?=[\s\\]*>)|(?<=<\S+)\b)/;
const ANSWERS_OF_MWS = /offAmazonPayments|mws[.-]|MWS|parseMwsResponse/;

/** Lists searches in the text of a message, in a file that does nothing else with notifications. Says whether there are. */
export function reportTextSearches(context: FileContext): boolean {
  const { text } = context.file.unit;
  if (!XML_OF_MESSAGE.test(text) || ANSWERS_OF_MWS.test(text)) return false;
  const literals: ts.Node[] = [];
  walk(context.file.source, (node) => {
    if (ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.RegularExpressionLiteral) literals.push(node);
  });
  if (!literals.some((node) => XML_OF_MESSAGE.test(node.getText()))) return false;
  for (const node of literals) {
    if (![XML_OF_MESSAGE, DECIDES_IN_XML, /\bNotificationType\b/].some((search) => search.test(node.getText())))
      continue;
    reportHandler(context, node, {
      rule: 'ipn/payload-read',
      automation: 'manual',
      legacy: { name: context.text(node) },
      replacement: { name: 'getCharge, getRefund, getChargePermission' },
      message: `${context.text(node)} searches the text of a message, and believes it; a v2 notification has no XML. Fetch the object by its id.`,
      rewritten: false,
    });
  }
  return true;
}
