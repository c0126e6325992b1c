import { ts } from 'ts-morph';
import { elements } from '../../src/catalog';
import { isLegacySymbol } from '../typed-program/brands';
import type { FileContext } from './context';

/** Words that nothing but an answer of legacy Amazon Pay uses: `AuthorizationDetails`, `CaptureStatus`, `IdList`. */
const DISTINCTIVE = new Set([
  ...Object.keys(elements).filter((name) =>
    /^(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)(?:Details|Status)$/.test(name),
  ),
  'CapturedAmount',
  'RefundedAmount',
  'PhysicalDestination',
  'SoftDecline',
]);

export const isDistinctive = (name: string): boolean => DISTINCTIVE.has(name);

const DISTINCTIVE_PATH = new RegExp(`(?:^|\\.)(?:${[...DISTINCTIVE].join('|')})(?:\\.|$)`);

/** Answers that other codemods follow: of hand-made requests and of notifications. */
export const ANSWERS_ELSEWHERE =
  /\bSignatureMethod\b|OffAmazonPayments_Sandbox|\/OffAmazonPayments|\bAction['"]?\s*[:=]|\bNotificationData\b|\bfetch(?:Signed)?Notification/;

/** Nothing is known of it, or only what the merchant's own types say. */
export function isNotFollowed(context: FileContext, node: ts.Node): boolean {
  const type = context.checker.getTypeAtLocation(node);
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  return context.typeOf(node) === undefined && !parts.some((part) => isLegacySymbol(part.getSymbol()));
}

/** The answer of a call that stays legacy, and all that is read of it, stays with it. */
export function isLeft(context: FileContext, node: ts.Node): boolean {
  const symbol = context.checker.getTypeAtLocation(node).getSymbol();
  return symbol?.name === 'LeftAnswer' && isLegacySymbol(symbol);
}

/** It is assigned to. */
export const isWritten = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node.parent) &&
  node.parent.left === node &&
  node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** `answer.CaptureDetails` where nothing says what `answer` is. */
export function untypedAccess(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const key = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  if (!ts.isIdentifier(key) && !ts.isStringLiteralLike(key)) return undefined;
  if (!DISTINCTIVE.has(key.text) || isWritten(node) || !isNotFollowed(context, node.expression)) return undefined;
  // The outermost word that is known is enough; what hangs on it changes with it.
  return untypedAccess(context, node.expression) === undefined ? key.text : undefined;
}

/** `const { RefundDetails } = answer` */
export function untypedPattern(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  const key = node.propertyName ?? node.name;
  if (!ts.isIdentifier(key) || !DISTINCTIVE.has(key.text)) return undefined;
  // The pattern of a parameter nobody is known to call has a type made of itself.
  return context.typeOf(node.parent)?.kind === 'element' || isLeft(context, node.parent) ? undefined : key.text;
}

/** `path(['CaptureDetails', 'CaptureStatus', 'State'])`: a level, and behind it a field of it */
function pathInList({ elements: parts }: ts.ArrayLiteralExpression): string | undefined {
  const names = parts.map((part) => (ts.isStringLiteralLike(part) ? part.text : ''));
  return names.find((name, index) => {
    const fields = DISTINCTIVE.has(name) ? (elements[name]?.fields ?? {}) : {};
    return fields[names[index + 1] ?? ''] !== undefined;
  });
}

/** `get(answer, 'CaptureDetails.CaptureStatus.State')` */
export function pathInText(node: ts.Node): string | undefined {
  if (ts.isArrayLiteralExpression(node)) return pathInList(node);
  if (!ts.isStringLiteralLike(node) || ts.isElementAccessExpression(node.parent)) return undefined;
  const { text } = node;
  return /^[\w.[\]]+$/.test(text) && text.includes('.') && DISTINCTIVE_PATH.test(text) ? text : undefined;
}
