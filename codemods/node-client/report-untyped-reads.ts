import { ts } from 'ts-morph';
import { elements, errorCodes } from '../../src/catalog';
import type { FindingDraft } from '../codemod';
import { DISTINCTIVE_ERROR } from '../typed-program/legacy-errors';
import { isLegacySymbol } from '../typed-program/brands';
import { type FileContext, walk } from './context';
import { TEXT_TEST } from './report-error-texts';

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

const DISTINCTIVE_PATH = new RegExp(`(?:^|\\.)(?:${[...DISTINCTIVE].join('|')})(?:\\.|$)`);

/** Answers that other codemods follow: of hand-made requests and of notifications. */
export const ANSWERS_ELSEWHERE =
  /\bSignatureMethod\b|OffAmazonPayments_Sandbox|\/OffAmazonPayments|\bAction['"]?\s*[:=]|\bNotificationData\b|\bfetch(?:Signed)?Notification/;

/** Nothing is known of it, or only what the merchant's own types say. */
function isNotFollowed(context: FileContext, node: ts.Node): boolean {
  const type = context.checker.getTypeAtLocation(node);
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  return context.typeOf(node) === undefined && !parts.some((part) => isLegacySymbol(part.getSymbol()));
}

/** The answer of a call that stays legacy, and all that is read of it, stays with it. */
function isLeft(context: FileContext, node: ts.Node): boolean {
  const symbol = context.checker.getTypeAtLocation(node).getSymbol();
  return symbol?.name === 'LeftAnswer' && isLegacySymbol(symbol);
}

const isWritten = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node.parent) &&
  node.parent.left === node &&
  node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** `answer.CaptureDetails` where nothing says what `answer` is. */
function untypedAccess(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const key = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  if (!ts.isIdentifier(key) && !ts.isStringLiteralLike(key)) return undefined;
  if (!DISTINCTIVE.has(key.text) || isWritten(node) || !isNotFollowed(context, node.expression)) return undefined;
  // The outermost word that is known is enough; what hangs on it changes with it.
  return untypedAccess(context, node.expression) === undefined ? key.text : undefined;
}

/** `const { RefundDetails } = answer` */
function untypedPattern(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  const key = node.propertyName ?? node.name;
  if (!ts.isIdentifier(key) || !DISTINCTIVE.has(key.text)) return undefined;
  // The pattern of a parameter nobody is known to call has a type made of itself.
  return context.typeOf(node.parent)?.kind === 'element' || isLeft(context, node.parent) ? undefined : key.text;
}

/** `get(answer, 'CaptureDetails.CaptureStatus.State')` */
function pathInText(node: ts.Node): string | undefined {
  if (!ts.isStringLiteralLike(node) || ts.isElementAccessExpression(node.parent)) return undefined;
  const { text } = node;
  return /^[\w.[\]]+$/.test(text) && text.includes('.') && DISTINCTIVE_PATH.test(text) ? text : undefined;
}

/** What is compared with a literal that stands under this node. */
function subjectOf(parent: ts.Node): ts.Node | undefined {
  if (ts.isCaseClause(parent)) return parent.parent.parent.expression;
  if (ts.isBinaryExpression(parent)) return parent;
  const call = ts.isArrayLiteralExpression(parent) ? parent.parent.parent : undefined;
  return call !== undefined && ts.isCallExpression(call) ? call.arguments[0] : undefined;
}

/** `text.indexOf('…')`, `/…/.test(text)` */
const isLookedFor = (node: ts.Node): node is ts.StringLiteralLike | ts.RegularExpressionLiteral => {
  if (!ts.isStringLiteralLike(node) && !ts.isRegularExpressionLiteral(node)) return false;
  const { parent } = node;
  const call = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.parent : parent;
  return (
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    TEXT_TEST.test(call.expression.name.text)
  );
};

/** A code of legacy that is searched for in a text nobody knows. */
function codeLookedFor(node: ts.StringLiteralLike | ts.RegularExpressionLiteral): string | undefined {
  const text = node.getText();
  if (/\breasonCode\b/.test(node.parent.getText()) || !DISTINCTIVE_ERROR.test(text)) return undefined;
  return Object.keys(errorCodes).find((code) => DISTINCTIVE_ERROR.test(code) && text.includes(code));
}

/** `code === 'InvalidAuthorizationStatus'` where nothing says whose code it is. */
function untypedErrorCode(context: FileContext, node: ts.Node): string | undefined {
  const { parent } = node;
  if (isLookedFor(node)) return codeLookedFor(node);
  const row = ts.isStringLiteralLike(node) ? errorCodes[node.text] : undefined;
  // A code that has kept its name means the same in v2.
  if (!ts.isStringLiteralLike(node) || row === undefined || row.v2.includes(node.text)) return undefined;
  if (standsBesideV2(node)) return undefined;
  // Rewritten code compares the reason code, and some codes have kept their names.
  if (/\breasonCode\b/.test(subjectOf(parent)?.getText() ?? '')) return undefined;
  const isTest =
    ts.isCaseClause(parent) ||
    (ts.isArrayLiteralExpression(parent) && ts.isPropertyAccessExpression(parent.parent)) ||
    (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText()));
  const isKnown = ts.findAncestor(node, (outer) => context.rewriter.isReplaced(outer)) !== undefined;
  return isTest && !isKnown && DISTINCTIVE_ERROR.test(node.text) ? node.text : undefined;
}

function reportErrorCode(context: FileContext, node: ts.Node): void {
  const code = untypedErrorCode(context, node);
  if (code === undefined || context.commentAbove(node).includes('TODO(amazon-pay-v2) node-client/error-code')) return;
  const places = [node, node.parent, node.parent.parent].map((place) => context.rewriter.start(place));
  const outer = isLookedFor(node) ? (ts.findAncestor(node, ts.isCallExpression) ?? node) : node;
  const [from, to] = [context.rewriter.start(outer), context.rewriter.end(outer)];
  const isWithin = ({ rule, start, end }: FindingDraft): boolean =>
    rule === 'node-client/error-code' && from <= start && end <= to;
  if (context.findings.some((found) => places.includes(found.start) || isWithin(found))) return;
  const v2 = errorCodes[code]?.v2 ?? [];
  context.report(node, {
    rule: 'node-client/error-code',
    automation: 'manual',
    confidence: 'low',
    legacy: { name: code },
    replacement: v2.length === 0 ? null : { name: v2.join(' or ') },
    message: `'${code}' is an error code of legacy Amazon Pay; errors of v2 calls have ${v2.length === 0 ? 'no such code' : v2.join(' or ')}, as reasonCode.`,
    rewritten: false,
  });
}

/** An earlier run left a decision about it in the code. */
function isSettled(context: FileContext, node: ts.Node, name: string): boolean {
  const comment = context.commentAbove(node);
  return comment.includes('TODO(amazon-pay-v2) node-client/') && comment.includes(name);
}

/** `['RequestThrottled', 'TooManyRequests']`: while some calls stay legacy, rewritten code knows the codes of both. */
function standsBesideV2(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  const others = ts.isCaseClause(parent)
    ? parent.parent.clauses.flatMap((clause) => (ts.isCaseClause(clause) ? [clause.expression] : []))
    : ts.isArrayLiteralExpression(parent)
      ? parent.elements
      : [];
  const codes = errorCodes[node.text]?.v2 ?? [];
  return others.some((other) => other !== node && ts.isStringLiteralLike(other) && codes.includes(other.text));
}

/**
 * Lists reads of legacy answers whose origin no type tells: behind `async.series`, generators, lodash paths, answers kept
 * in a list. The call that answers may have been rewritten, and then these read what is not there.
 */
export function reportUntypedReads(context: FileContext): void {
  if (ANSWERS_ELSEWHERE.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    reportErrorCode(context, node);
    const name = untypedAccess(context, node) ?? untypedPattern(context, node) ?? pathInText(node);
    if (name === undefined || isSettled(context, node, name)) return;
    context.report(node, {
      rule: 'node-client/result-read',
      automation: 'manual',
      confidence: 'low',
      legacy: { name },
      replacement: null,
      message: `${context.text(node)} reads a legacy answer, and no type says which call it comes from; the v2 object of a rewritten call has no ${name}.`,
      rewritten: false,
    });
  });
}
