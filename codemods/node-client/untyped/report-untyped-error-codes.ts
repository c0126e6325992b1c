import { ts } from 'ts-morph';
import { DISTINCTIVE_ERROR, errorCodes, legacyReasonWords } from '../../../src/catalog';
import type { FindingDraft } from '../../codemod';
import { isHelperFile } from '../../emitted-helper/emitted-files';
import { writtenName } from '../../rewriting/access';
import { type FileContext, walk } from '../context';
import { TEXT_TEST } from '../values/report-error-texts';
import { REQUESTS_BY_HAND } from './untyped-shapes';

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

/** `/AmazonRejected|InvalidPaymentMethod/`: others reject payment methods as well; Amazon alone gives both reasons. */
const DECLINE = 'InvalidPaymentMethod';
const isAboutDeclines = (text: string): boolean =>
  text.includes(DECLINE) && /AmazonRejected|TransactionTimedOut/.test(text);

/** A code of legacy that is searched for in a text nobody knows. */
function codeLookedFor(node: ts.StringLiteralLike | ts.RegularExpressionLiteral): string | undefined {
  const text = node.getText();
  if (/\breasonCode\b/.test(node.parent.getText())) return undefined;
  if (isAboutDeclines(text)) return DECLINE;
  if (!DISTINCTIVE_ERROR.test(text)) return undefined;
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
    // `[…].includes(code)`, `new Set([…])`, a list that has a name: it is there to be compared with.
    ts.isArrayLiteralExpression(parent) ||
    (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText()));
  // The call around a callback is replaced as a whole, and says nothing of the tests inside.
  const test = ts.isArrayLiteralExpression(parent) ? parent.parent.parent : parent;
  const isKnown = [node, parent, test].some((each) => context.rewriter.isReplaced(each));
  return isTest && !isKnown && DISTINCTIVE_ERROR.test(node.text) ? node.text : undefined;
}

/** The test of which the code is a part is listed already, or what is listed is a part of it. Another test of the same statement is not. */
function isAbout(context: FileContext, { rule, start, end }: FindingDraft, node: ts.Node): boolean {
  const [from, to] = [context.rewriter.start(node), context.rewriter.end(node)];
  const isAround = start <= from && to <= end;
  return rule === 'node-client/error-code' && (isAround || (from <= start && end <= to));
}

function reportErrorCode(context: FileContext, node: ts.Node): void {
  const code = untypedErrorCode(context, node);
  if (code === undefined || context.commentAbove(node).includes('TODO(amazon-pay-v2) node-client/error-code')) return;
  const outer = isLookedFor(node) ? (ts.findAncestor(node, ts.isCallExpression) ?? node) : node;
  if (context.findings.some((found) => isAbout(context, found, outer))) return;
  const decision = errorCodes[code]?.decision;
  const v2 = code === DECLINE ? [...(legacyReasonWords.get(code) ?? [])] : (errorCodes[code]?.v2 ?? []);
  context.report(node, {
    rule: 'node-client/error-code',
    automation: 'manual',
    confidence: 'low',
    legacy: { name: code },
    replacement: v2.length === 0 ? null : { name: v2.join(' or ') },
    message: `'${code}' is ${code === DECLINE ? 'a reason' : 'an error code'} of legacy Amazon Pay; errors of v2 calls have ${v2.length === 0 ? 'no such code' : v2.join(' or ')}, as reasonCode${decision === undefined ? '' : `; ${decision.replace(/\.$/, '')}`}.`,
    rewritten: false,
  });
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

/** `{ OrderReferenceNotModifiable: 409, RequestThrottled: 503 }`: what looks an error up by its code finds nothing from now on. */
function reportCodeTable(context: FileContext, node: ts.Node): void {
  if (!ts.isObjectLiteralExpression(node)) return;
  const keys = node.properties.flatMap(({ name }) => writtenName(name) ?? []);
  const gone = keys.filter((key) => {
    const v2 = DISTINCTIVE_ERROR.test(key) ? errorCodes[key]?.v2 : undefined;
    return v2?.includes(key) === false && !v2.some((code) => keys.includes(code));
  });
  const isRewritten = context.rewriter.isReplaced(node) || context.rewriter.changesInside(node);
  const isListed = context.findings.some((found) => isAbout(context, found, node));
  if (gone.length === 0 || isRewritten || isListed) return;
  const inV2 = gone.map((key) => `${key} → ${errorCodes[key]?.v2.join(' or ') ?? 'none'}`).join(', ');
  context.report(node, {
    rule: 'node-client/error-code',
    automation: 'manual',
    confidence: 'low',
    legacy: { name: gone.join(', ') },
    replacement: { name: 'reasonCode' },
    message: `This table has error codes of legacy Amazon Pay as keys, and errors of v2 calls have others, as reasonCode (${inV2}): let it have those, too.`,
    rewritten: false,
  });
}

/** facts: legacy-node-clients.md section 4. `get(err, 'body.ErrorResponse.Error.Code')`, a path that a table of errors holds. */
const BODY_PATH = /(?:^|\.)ErrorResponse\.(?:Error(?:\.(?:Code|Message|Type|Detail))?|RequestI[dD])$/;

/** `'body.ErrorResponse.Error.Code'`, `['body', 'ErrorResponse', 'Error', 'Code']` */
const pathOf = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isArrayLiteralExpression(node)) return undefined;
  const steps = node.elements.flatMap((each) => (ts.isStringLiteralLike(each) ? [each.text] : []));
  return steps.length > 1 && steps.length === node.elements.length ? steps.join('.') : undefined;
};

/** A path into the body of a legacy error, which stands in a text or a list: errors of v2 are flat, so that it finds nothing there. */
function reportBodyPath(context: FileContext, node: ts.Node): void {
  const path = pathOf(node);
  if (path === undefined || !BODY_PATH.test(path)) return;
  if (context.rewriter.isReplaced(node) || context.findings.some((found) => isAbout(context, found, node))) return;
  context.report(node, {
    rule: 'node-client/error-code',
    automation: 'manual',
    confidence: 'low',
    legacy: { name: path },
    replacement: { name: 'reasonCode or message' },
    message: `${context.text(node)} is a path into the body of a legacy error; errors of v2 calls have reasonCode and message at their top, and nothing is found at this path.`,
    rewritten: false,
  });
}

/** Lists error codes of legacy, and paths into its errors, where nothing says whose they are. */
export function reportUntypedErrorCodes(context: FileContext): void {
  const { path, text } = context.file.unit;
  if (isHelperFile(path) || REQUESTS_BY_HAND.test(text)) return;
  walk(context.file.source, (node) => {
    reportErrorCode(context, node);
    reportCodeTable(context, node);
    reportBodyPath(context, node);
  });
}
