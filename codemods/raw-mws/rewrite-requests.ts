import type { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { CodemodInput, Edit, FindingDraft, NewFile } from '../codemod';
import { requestsByHand, storedIds } from '../node-client/calls/kept-calls';
import { packageOf, placeHelpers } from '../node-client/packages/place-helpers';
import { reportIdsToLegacy } from '../node-client/calls/report-ids-to-legacy';
import { addLines, importLine, SDK } from '../node-client/packages/rewrite-imports';
import { rewriteReads } from '../node-client/answers/rewrite-results';
import { rewriteValues } from '../node-client/values/rewrite-values';
import { sending } from '../node-client/calls/v2-call-text';
import { freePackages } from './free-packages';
import { chooseCertain } from './choose-certain';
import { ignoresAnswer } from './ignores-answer';
import { clientLines, clientName } from './client-lines';
import { reportErrorTests } from './report-error-tests';
import { type Located, parametersOf, type RequestCall, type Stays, toV2Call } from './request-call';

/** A statement that is taken out. */
export type Gone = Pick<FindingDraft, 'path' | 'start' | 'end'>;

export interface RewrittenRequests {
  readonly edits: readonly Edit[];
  readonly newFiles: readonly NewFile[];
  readonly findings: readonly FindingDraft[];
  /** What prepared requests that are v2 calls from now on. */
  readonly gone: readonly Gone[];
  /** Why each of the others stays. */
  readonly doubts: readonly Stays[];
}

const NOTHING: RewrittenRequests = { edits: [], newFiles: [], findings: [], gone: [], doubts: [] };

/** Nothing read the answer, so an error answer of MWS may have passed unseen. */
const ERROR_ANSWERS = 'an error answer rejects here now; make sure that the code around it expects that.';

/** Asked for when it is written, for what it is given may have been rewritten by then. */
function expressionOf(located: Located, client: string): string {
  const built = toV2Call(located, client);
  return typeof built === 'string' ? '' : built.expression;
}

interface Rewritten {
  readonly findings: readonly FindingDraft[];
  readonly gone: readonly Gone[];
}

function rewriteCall(located: Located, client: string): Rewritten {
  const { call, node, context } = located;
  const operation = operations[call.operation];
  const built = toV2Call(located, client);
  if (typeof built === 'string' || operation?.v2 == null) return { findings: [], gone: [] };
  const sent = (text: string): string => sending(context, operation, text, /\bawait\b/.test(text));
  sent(built.expression);
  context.need('withRetry', ...built.helpers);
  context.needsSdk = true;
  const ignored = ignoresAnswer(node);
  if (ignored) context.todo(node, 'raw-mws/request', ERROR_ANSWERS);
  context.rewriter.replace(node, () => {
    const text = sent(expressionOf(located, client));
    if (call.isAwaited !== true) return text;
    // A read of the answer would wait for a member of the promise.
    const isRead = /^\s*(?:\?\.|\.|\[)/.test(context.file.unit.text.slice(call.end));
    return isRead ? `(await ${text})` : `await ${text}`;
  });
  const parameters = parametersOf(located);
  const statements = typeof parameters === 'string' ? [] : parameters.statements;
  for (const [index, statement] of statements.entries()) context.rewriter.remove(statement, index > 0);
  const finding: FindingDraft = {
    rule: 'raw-mws/request',
    codemod: 'raw-mws',
    surface: 'raw-mws',
    automation: ignored ? 'assisted' : 'automatic',
    confidence: 'medium',
    path: call.path,
    start: call.start,
    end: call.end,
    legacy: { name: `MWS ${call.operation}`, operation: call.operation },
    replacement: { name: operation.v2.sdkMethod, operation: operation.v2.http },
    message: `MWS ${call.operation}, requested by hand, becomes ${operation.v2.sdkMethod}.`,
    guidance: ignored ? ERROR_ANSWERS : operation.guidance,
    docs: operation.docs,
    rewritten: true,
  };
  const gone = statements.map((each): Gone => {
    const { rewriter } = context;
    return { path: call.path, start: rewriter.start(each), end: rewriter.end(each) };
  });
  return { findings: [finding], gone };
}

const relabel = (finding: FindingDraft): FindingDraft => ({
  ...finding,
  // What is left open keeps the name that its comment has.
  rule:
    finding.rule === 'node-client/result-read' && finding.automation === 'automatic'
      ? 'raw-mws/response-read'
      : finding.rule,
  codemod: 'raw-mws',
  surface: 'raw-mws',
});

const toStays = ({ path, start, end, named = [start, end] }: RequestCall, reason: string): Stays => ({
  path,
  start: named[0],
  end: named[1],
  reason,
});

const besideClient = (call: RequestCall): Stays =>
  toStays(call, 'its package uses a legacy client as well, whose answers look the same');

/**
 * Rewrites requests whose every part is known: operation and parameters are written out and have a place in v2, the
 * function returns a promise, what is read of the answer has a v2 form, and host and path say region and environment.
 */
export function rewriteRequests(input: CodemodInput, requests: readonly (RequestCall | Stays)[]): RewrittenRequests {
  const isFree = freePackages(input);
  const known = requests.flatMap((each): Stays[] =>
    'reason' in each ? [each] : isFree(each.path) ? [] : [besideClient(each)],
  );
  const candidates = requests.filter((each): each is RequestCall => !('reason' in each) && isFree(each.path));
  if (candidates.length === 0) return { ...NOTHING, doubts: known };
  const { located, project, doubts } = chooseCertain(input, candidates);
  const contexts = project.contexts.filter(({ file }) => isFree(file.unit.path));
  const done: Rewritten[] = [];
  const stored = storedIds(contexts);
  for (const context of located.length === 0 ? [] : contexts) {
    const own = located.filter((each) => each.context === context);
    const rewritten = new Set<ts.Node>(own.map(({ node }) => node));
    const name = clientName(context.file.unit.text);
    if (own.length > 0) {
      const kept = requestsByHand(context).filter(({ node }) => !rewritten.has(node));
      reportIdsToLegacy(context, kept, stored);
      context.pendingLines.push(importLine(context, ['WebStoreClient'], SDK));
    }
    own.forEach((each) => done.push(rewriteCall(each, name)));
    reportErrorTests(context);
    context.keepsErrors = true;
    rewriteValues(context);
    rewriteReads(context);
  }
  const placed = placeHelpers(
    contexts.map((context) => ({ context, packageInfo: packageOf(input, context.file.unit.path) })),
    input,
  );
  for (const context of contexts) {
    const environment = located.find((each) => each.context === context)?.call.executor.environment;
    if (environment !== undefined)
      addLines(context, clientLines(context, clientName(context.file.unit.text), environment));
  }
  return {
    edits: [...contexts.flatMap(({ rewriter }) => rewriter.edits()), ...placed.edits],
    newFiles: placed.newFiles,
    gone: done.flatMap(({ gone }) => gone),
    findings: [
      ...done.flatMap(({ findings }) => findings),
      ...contexts.flatMap(({ findings }) => findings.map(relabel)),
    ],
    doubts: [...known, ...[...doubts].map(([call, reason]) => toStays(call, reason))],
  };
}
