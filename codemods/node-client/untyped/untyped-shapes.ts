import { ts } from 'ts-morph';
import { answerAmounts, elements } from '../../../src/catalog';
import { accessedName, isAccess } from '../../rewriting/access';
import { isLegacySymbol } from '../../typed-program/brands';
import { declaredElement } from '../../typed-program/declared-types';
import type { FileContext } from '../context';
import { amountPathIn, storedPathIn } from '../stored/stored-paths';

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

/** Requests that are signed by hand go to MWS as before. */
export const SIGNS_REQUESTS = /\bSignatureMethod\b|OffAmazonPayments_Sandbox|\/OffAmazonPayments/;

/** Requests that are made by hand: other codemods follow their answers and errors. */
export const REQUESTS_BY_HAND = new RegExp(String.raw`${SIGNS_REQUESTS.source}|\bAction['"]?\s*[:=]`);

/** Answers that other codemods follow: of hand-made requests and of notifications, before a run and after it. */
export const ANSWERS_ELSEWHERE = new RegExp(
  String.raw`${REQUESTS_BY_HAND.source}|\bNotificationData\b|\bfetch(?:Signed)?NotificationAsXml\b`,
);

/** Nothing is known of it, or only what the merchant's own types say. */
export function isNotFollowed(context: FileContext, node: ts.Node): boolean {
  const type = context.checker.getTypeAtLocation(node);
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  const isKnown = (part: ts.Type): boolean =>
    isLegacySymbol(part.getSymbol()) && declaredElement(context.checker, part) === undefined;
  return context.typeOf(node) === undefined && !parts.some(isKnown);
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

/** Of a fee the rewritten code goes on to ask as legacy did, behind a comment: v2 answers with none. */
const AMOUNTS = new Set(answerAmounts.filter((name) => !name.endsWith('Fee')));
const isPriceField = (name: string | undefined): boolean => name === 'Amount' || name === 'CurrencyCode';

/** What a request is called before it is sent: the one thing beside an answer that has such amounts. */
const REQUEST = /^(?:params?|parameters|payload|req|request|options|opts|args?)$/i;

/** `row.raw.CaptureAmount.Amount`: a request is written with such an amount, an answer is read. */
export function isAmountRead(context: FileContext, node: ts.Node): boolean {
  if (!isAccess(node) || !AMOUNTS.has(accessedName(node) ?? '')) return false;
  const { expression: held, parent } = node;
  const outer = ts.isNonNullExpression(parent) ? parent.parent : parent;
  if (!isAccess(outer) || !isPriceField(accessedName(outer)) || isWritten(outer)) return false;
  if (REQUEST.test(ts.isIdentifier(held) ? held.text : isAccess(held) ? (accessedName(held) ?? '') : '')) return false;
  const { checker } = context;
  // What the merchant's own types declare is the merchant's, or told of where an answer is given that type.
  if ((checker.getTypeAtLocation(held).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0) return false;
  const declared = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);
  // What is written out in the code is a request, or the merchant's own.
  return !(declared?.declarations ?? []).some((each) => ts.isObjectLiteralElement(each));
}

/** `{ CaptureAmount: { Amount } }` */
function isAmountPattern({ name, propertyName }: ts.BindingElement): boolean {
  if (propertyName === undefined || !AMOUNTS.has(propertyName.getText()) || !ts.isObjectBindingPattern(name))
    return false;
  return name.elements.some((part) => isPriceField((part.propertyName ?? part.name).getText()));
}

/** `answer.CaptureDetails` where nothing says what `answer` is. */
export function untypedAccess(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const key = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  if (!ts.isIdentifier(key) && !ts.isStringLiteralLike(key)) return undefined;
  if (!DISTINCTIVE.has(key.text) && !isAmountRead(context, node)) return undefined;
  if (isWritten(node) || !isNotFollowed(context, node.expression)) return undefined;
  // The outermost word that is known is enough; what hangs on it changes with it.
  return untypedAccess(context, node.expression) === undefined ? key.text : undefined;
}

/** `const { RefundDetails } = answer` */
export function untypedPattern(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  const key = node.propertyName ?? node.name;
  if (!ts.isIdentifier(key) || !(DISTINCTIVE.has(key.text) || isAmountPattern(node))) return undefined;
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

/** `['AmazonCaptureId', 'CaptureStatus']`: fields of one answer, to be picked from it or written as columns. */
function fieldsInList({ elements: parts }: ts.ArrayLiteralExpression): string | undefined {
  const names = parts.map((part) => (ts.isStringLiteralLike(part) ? part.text : ''));
  const known = names.find((name) => DISTINCTIVE.has(name));
  if (known === undefined || names.length < 2) return undefined;
  const areOfOne = Object.values(elements).some(({ fields }) => names.every((name) => fields[name] !== undefined));
  return areOfOne ? known : undefined;
}

/** What a text is told to: the name of a test, a line of a log. */
const TELLS = /(?:^|\.)(?:describe|context|suite|it|test|log|debug|info|warn|error|trace|require)$/;

/** `get(answer, 'CaptureDetails')`, `'RefundDetails' in answer`, `['AuthorizationDetails', 'CaptureDetails'].find(…)` */
function isNamedPart(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (!DISTINCTIVE.has(node.text)) return false;
  if (ts.isCallExpression(parent)) return !TELLS.test(parent.expression.getText());
  // One place for a list is enough.
  const isFirst = (each: ts.Node): boolean => ts.isStringLiteralLike(each) && DISTINCTIVE.has(each.text);
  if (ts.isArrayLiteralExpression(parent)) return !listedPath(parent) && parent.elements.find(isFirst) === node;
  return ts.isBinaryExpression(parent) || ts.isCaseClause(parent) || ts.isVariableDeclaration(parent);
}

const listedPath = (list: ts.ArrayLiteralExpression): string | undefined => pathInList(list) ?? fieldsInList(list);

/** `get(order, `Destination.PhysicalDestination.${key}`)` */
function computedPath({ head }: ts.TemplateExpression): string | undefined {
  return /^[\w.[\]]+\.$/.test(head.text) && DISTINCTIVE_PATH.test(head.text) ? head.text.slice(0, -1) : undefined;
}

/** `get(answer, 'CaptureDetails.CaptureStatus.State')`, and the other ways to name what is read of an answer. */
export function pathInText(node: ts.Node): string | undefined {
  if (ts.isTemplateExpression(node)) return storedPathIn(node.getText()) ?? computedPath(node);
  if (ts.isArrayLiteralExpression(node)) return listedPath(node);
  if (!ts.isStringLiteralLike(node) || ts.isElementAccessExpression(node.parent)) return undefined;
  const { text } = node;
  const stored = storedPathIn(text) ?? amountPathIn(node);
  if (stored !== undefined) return stored;
  const isPath = /^[\w.[\]]+$/.test(text) && text.includes('.') && DISTINCTIVE_PATH.test(text);
  return isPath || isNamedPart(node) ? text : undefined;
}
