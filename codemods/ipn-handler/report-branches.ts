import { ts } from 'ts-morph';
import { notificationTypes, notificationTypesWithoutObject } from '../../src/catalog';
import { indentAt } from '../rewriting/style';
import { type FileContext, walk } from '../node-client/context';
import { accessedName } from '../rewriting/access';
import { type HandlerState, reportHandler, reportOpen } from './place';

/** Element names by which a handler that looks at the XML alone tells the types apart. */
const ROOTS: Readonly<Record<string, string>> = {
  AuthorizationNotification: 'PaymentAuthorize',
  CaptureNotification: 'PaymentCapture',
  RefundNotification: 'PaymentRefund',
  OrderReferenceNotification: 'OrderReferenceNotification',
  BillingAgreementNotification: 'BillingAgreementNotification',
  ChargebackNotification: 'Chargeback Detailed Notification',
};

const allTypes = [...Object.values(notificationTypes).flat(), ...notificationTypesWithoutObject];

/** Legacy types that code names, as text or as the root element of their data. */
export function namedTypes(text: string): ReadonlySet<string> {
  const found = new Set(
    allTypes.filter((type) => new RegExp(`['"\`\\b]${type}\\b|\\b${type}['"\`]?\\s*[:(]`).test(text)),
  );
  for (const [root, type] of Object.entries(ROOTS)) if (new RegExp(`\\b${root}\\b`).test(text)) found.add(type);
  return found;
}

/** `message.NotificationType`, or a variable that was taken out under this name or another. */
function isTypeRead(context: FileContext, node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return accessedName(node) === 'NotificationType';
  if (!ts.isIdentifier(node)) return false;
  const declaration = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
  const taken =
    declaration !== undefined && ts.isBindingElement(declaration) ? declaration.propertyName?.getText() : undefined;
  return (taken ?? node.text) === 'NotificationType';
}

const FIRST_OF: readonly string[] = ['CHARGE', 'REFUND', 'CHARGE_PERMISSION', 'CHARGEBACK'];

function missingObjects(types: ReadonlySet<string>): string[] {
  return FIRST_OF.filter((object) => !(notificationTypes[object] ?? []).some((type) => types.has(type)));
}

/** The first place where the handler asks what kind of notification it has. */
export function findBranching(context: FileContext): ts.Node | undefined {
  let found: ts.Node | undefined;
  walk(context.file.source, (node) => {
    if (found !== undefined) return;
    if (ts.isSwitchStatement(node) && isTypeRead(context, node.expression)) found = node;
    else if (
      ts.isBinaryExpression(node) &&
      (isTypeRead(context, node.left) || isTypeRead(context, node.right)) &&
      /^[!=]==?$/.test(node.operatorToken.getText())
    )
      found = node;
  });
  return found;
}

const LEAVES = (node: ts.Statement | undefined): boolean =>
  node !== undefined &&
  (ts.isBreakStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isContinueStatement(node) ||
    (ts.isBlock(node) && LEAVES(node.statements.at(-1))));

/** `break` for a last clause that falls out of the switch, so that it does not fall into a new one; undefined: cannot. */
function leaveLast(context: FileContext, last: ts.CaseOrDefaultClause): (() => void) | undefined {
  const end = last.statements.at(-1);
  if (LEAVES(end)) return () => undefined;
  const { text } = context.file.unit;
  const { eol, unit, semicolons } = context.style;
  const leave = `break${semicolons ? ';' : ''}`;
  const indent = indentAt(text, context.rewriter.start(last)) + unit;
  if (end === undefined || !ts.isBlock(end) || last.statements.length > 1)
    return () => context.rewriter.insert(context.rewriter.end(end ?? last), `${eol}${indent}${leave}`);
  const lineStart = text.lastIndexOf('\n', context.rewriter.end(end) - 1) + 1;
  const isOwnLine = text.slice(lineStart, context.rewriter.end(end) - 1).trim() === '';
  return isOwnLine ? () => context.rewriter.insert(lineStart, `${indent}${leave}${eol}`) : undefined;
}

/** A silent fall through a switch becomes a branch that says so. */
function addDefault(context: FileContext, node: ts.SwitchStatement): void {
  const { clauses } = node.caseBlock;
  const last = clauses.at(-1);
  if (last === undefined || clauses.some(ts.isDefaultClause)) return;
  const { text } = context.file.unit;
  const { quote, unit, eol, semicolons } = context.style;
  const clauseIndent = indentAt(text, context.rewriter.start(last));
  const closing = context.rewriter.end(node.caseBlock) - 1;
  const lineStart = text.lastIndexOf('\n', closing - 1) + 1;
  if (text.slice(lineStart, closing).trim() !== '') return;
  const leave = leaveLast(context, last);
  if (leave === undefined) return;
  leave();
  const subject = context.rewriter.original(node.expression);
  const warning = `console.warn(${quote}Amazon Pay: a notification that no branch is for${quote}, ${subject})${semicolons ? ';' : ''}`;
  context.rewriter.insert(lineStart, `${clauseIndent}default:${eol}${clauseIndent}${unit}${warning}${eol}`);
}

interface Branching {
  readonly state: HandlerState;
  /** Something that is read here was fetched, or v2 has a branch, whatever else is believed. */
  readonly fetches: boolean;
  /** The package charges billing agreements. */
  readonly hasSubscriptions: boolean;
  /** Legacy types that the handler knows, in whatever file. */
  readonly types: ReadonlySet<string>;
  /** Where the message enters, when this file has that place. */
  readonly seam: ts.Node | undefined;
}

/** Every place that names a legacy type, with the call that fetches what it is about. */
export function reportTypes(context: FileContext, isRewritten: boolean): void {
  walk(context.file.source, (node) => {
    const isKey =
      ts.isIdentifier(node) &&
      (ts.isPropertyAssignment(node.parent) || ts.isMethodDeclaration(node.parent)) &&
      node.parent.name === node;
    // A type that names it is no branch.
    if ((!ts.isStringLiteralLike(node) && !isKey) || ts.isLiteralTypeNode(node.parent)) return;
    const object = FIRST_OF.find((each) => notificationTypes[each]?.includes(node.text) === true);
    const fetch = object === undefined ? undefined : FETCHES[object];
    if (object === undefined || fetch === undefined) return;
    reportHandler(context, node, {
      rule: 'ipn/branch',
      automation: isRewritten ? 'automatic' : 'manual',
      legacy: { name: 'NotificationType', operation: node.text },
      replacement: fetch,
      message: isRewritten
        ? `${node.text} is about a ${object} in v2; what this branch reads was fetched with ${fetch.name}.`
        : `${node.text} is about a ${object} in v2, which names no state: fetch it with ${fetch.name}.`,
      rewritten: isRewritten,
    });
  });
}

const FETCHES: Readonly<Record<string, { readonly name: string; readonly operation: string }>> = {
  CHARGE: { name: 'getCharge', operation: 'GET /v2/charges/{chargeId}' },
  REFUND: { name: 'getRefund', operation: 'GET /v2/refunds/{refundId}' },
  CHARGE_PERMISSION: { name: 'getChargePermission', operation: 'GET /v2/chargePermissions/{chargePermissionId}' },
  CHARGEBACK: { name: 'getDispute', operation: 'GET /v2/disputes/{disputeId}' },
};

/** It takes every message for the same kind, or hands on what it read. */
const readsData = (context: FileContext): boolean => /\bNotificationData\b/.test(context.file.unit.text);

/** Says which kinds of objects a handler has no branch for, and gives a switch one that says so when it runs. */
export function reportBranches(
  context: FileContext,
  { state, fetches, hasSubscriptions, types, seam }: Branching,
): void {
  const isRewritten = state === 'rewritten';
  if (state !== 'migrated') reportTypes(context, isRewritten);
  const branching = findBranching(context) ?? (types.size > 0 || readsData(context) ? seam : undefined);
  if (branching === undefined) return;
  const missing = missingObjects(types);
  if (isRewritten && ts.isSwitchStatement(branching)) addDefault(context, branching);
  const place = ts.isSwitchStatement(branching) ? branching.expression : branching;
  const isLegacy = state === 'legacy' && !fetches;
  if ((missing.length > 0 || isLegacy) && state !== 'migrated') {
    const none = missing.length > 0 ? `No branch for ${missing.join(', ')}` : undefined;
    reportHandler(context, place, {
      rule: 'ipn/unhandled-object',
      automation: isLegacy ? 'manual' : 'assisted',
      legacy: { name: 'NotificationType' },
      replacement: { name: 'ObjectType' },
      message: isLegacy
        ? `A v2 notification matches no branch here, since its NotificationType is STATE_CHANGE: it is acknowledged, and nothing happens.${none === undefined ? '' : ` ${none} in either version.`}`
        : `${none ?? ''}: such notifications are acknowledged and nothing happens.`,
      rewritten: isRewritten,
    });
    if (isRewritten)
      context.todo(place, 'ipn/unhandled-object', `no branch for ${missing.join(', ')}; decide what happens then.`);
  }
  if (hasSubscriptions && !types.has('BillingAgreementNotification')) {
    reportOpen(context, place, isRewritten, {
      rule: 'ipn/charge-permission',
      legacy: { name: 'BillingAgreementNotification' },
      replacement: { name: 'CHARGE_PERMISSION' },
      message: 'This shop has subscriptions, and nothing here learns that a subscriber cancelled at Amazon.',
    });
  }
  if (state === 'migrated') return;
  reportMisspelling(context, isRewritten);
  for (const type of notificationTypesWithoutObject)
    if (types.has(type)) reportWithout(context, place, type, isRewritten);
}

function reportWithout(context: FileContext, place: ts.Node, type: string, isRewritten: boolean): void {
  reportOpen(context, place, isRewritten, {
    rule: 'ipn/payload-read',
    legacy: { name: type },
    replacement: null,
    message: `${type} has no object in v2 that could be fetched: its branch does not run any more.`,
  });
}

/** The name with spaces is the one on the wire; the one in the documentation never matched. */
function reportMisspelling(context: FileContext, isRewritten: boolean): void {
  walk(context.file.source, (node) => {
    if (!ts.isStringLiteralLike(node) || node.text !== 'ChargebackDetailedNotification') return;
    reportOpen(context, node, isRewritten, {
      rule: 'ipn/unhandled-object',
      legacy: { name: node.text },
      replacement: { name: 'CHARGEBACK' },
      message: "On the wire it is 'Chargeback Detailed Notification', with spaces; this branch has never run.",
    });
  });
}

/** A handler that knows captures by the closed authorization alone. */
export const capturesAreAuthorizations = (texts: readonly string[]): boolean => {
  const types = new Set(texts.flatMap((text) => [...namedTypes(text)]));
  return types.has('PaymentAuthorize') && !types.has('PaymentCapture');
};
