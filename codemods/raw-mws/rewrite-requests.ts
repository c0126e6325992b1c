import type { ts } from 'ts-morph';
import { clientEvidence, operations } from '../../src/catalog';
import type { CodemodInput, Edit, FindingDraft, NewFile, SourceUnit } from '../codemod';
import { requestsByHand, storedIds } from '../node-client/kept-calls';
import { packageOf, placeHelpers } from '../node-client/place-helpers';
import { reportIdsToLegacy } from '../node-client/report-ids-to-legacy';
import { addLines, importLine, SDK } from '../node-client/rewrite-imports';
import { rewriteReads } from '../node-client/rewrite-results';
import { rewriteValues } from '../node-client/rewrite-values';
import { functionText } from '../node-client/wording';
import { chooseCertain } from './choose-certain';
import { ignoresAnswer } from './ignores-answer';
import { clientLines, clientName } from './client-lines';
import { type Located, type RequestCall, toV2Call } from './request-call';

export interface RewrittenRequests {
  readonly edits: readonly Edit[];
  readonly newFiles: readonly NewFile[];
  readonly findings: readonly FindingDraft[];
  /** Why each of the others stays. */
  readonly doubts: ReadonlyMap<RequestCall, string>;
}

const NOTHING: RewrittenRequests = { edits: [], newFiles: [], findings: [], doubts: new Map() };

/** Nothing read the answer, so an error answer of MWS may have passed unseen. */
const ERROR_ANSWERS = 'an error answer rejects here now; make sure that the code around it expects that.';

/** Asked for when it is written, for what it is given may have been rewritten by then. */
function expressionOf(located: Located, client: string): string {
  const built = toV2Call(located, client);
  return typeof built === 'string' ? '' : built.expression;
}

function rewriteCall(located: Located, client: string): FindingDraft[] {
  const { call, node, context } = located;
  const operation = operations[call.operation];
  const built = toV2Call(located, client);
  if (typeof built === 'string' || operation?.v2 == null) return [];
  const sender = operation.declines === true ? 'sendCharge' : 'send';
  context.need(sender, 'withRetry', ...built.helpers);
  context.needsSdk = true;
  const ignored = ignoresAnswer(node);
  if (ignored) context.todo(node, 'raw-mws/request', ERROR_ANSWERS);
  context.rewriter.replace(
    node,
    () => `${context.nameOf(sender)}(${functionText(context, '', expressionOf(located, client))})`,
  );
  return [
    {
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
    },
  ];
}

const relabel = (finding: FindingDraft): FindingDraft => ({
  ...finding,
  rule: finding.rule === 'node-client/result-read' ? 'raw-mws/response-read' : finding.rule,
  codemod: 'raw-mws',
  surface: 'raw-mws',
});

/**
 * Rewrites requests whose every part is known: operation and parameters are written out and have a place in v2, the
 * function returns a promise, what is read of the answer has a v2 form, and host and path say region and environment.
 */
export function rewriteRequests(input: CodemodInput, calls: readonly RequestCall[]): RewrittenRequests {
  const isFree = ({ path }: { readonly path: string }): boolean => {
    const owner = packageOf(input, path);
    return !input.files.some(
      (unit: SourceUnit) => packageOf(input, unit.path) === owner && clientEvidence.test(unit.text),
    );
  };
  const candidates = calls.filter(isFree);
  if (candidates.length === 0) return NOTHING;
  const { located, project, doubts } = chooseCertain(input, candidates);
  const { contexts } = project;
  const requests: FindingDraft[] = [];
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
    own.forEach((each) => requests.push(...rewriteCall(each, name)));
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
    findings: [...requests, ...contexts.flatMap(({ findings }) => findings.map(relabel))],
    doubts,
  };
}
