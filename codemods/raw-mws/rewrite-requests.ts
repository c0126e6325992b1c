import { ts } from 'ts-morph';
import { clientEvidence, operations } from '../../src/catalog';
import type { Operation } from '../../src/catalog/types';
import type { CodemodInput, Edit, FindingDraft, NewFile, SourceUnit } from '../codemod';
import { collectLiteral } from '../node-client/collect-values';
import { FileContext, walk } from '../node-client/context';
import { requestsByHand, storedIds } from '../node-client/kept-calls';
import { packageOf, placeHelpers } from '../node-client/place-helpers';
import { reportIdsToLegacy } from '../node-client/report-ids-to-legacy';
import { addLines, importLine, SDK } from '../node-client/rewrite-imports';
import { rewriteReads } from '../node-client/rewrite-results';
import { rewriteValues } from '../node-client/rewrite-values';
import { functionText, keyword } from '../node-client/wording';
import { indentAt } from '../rewriting/style';
import { analyse, type Analysis } from '../typed-program/analyse';
import type { Annotation } from '../typed-program/annotated-file';
import { buildV2Call } from '../v2-request/build-v2-call';
import type { LegacyValue, V2Call } from '../v2-request/types';
import { ignoresAnswer, isCertainUse } from './certain-use';
import type { MwsEnvironment } from './read-environment';
import type { KnownExecutor } from './read-executor';
import { isTypeScript } from '../rewriting/is-type-script';

/** A call of a function that sends any MWS operation, with the operation written out. */
export interface RequestCall {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly operation: string;
  readonly executor: KnownExecutor;
}

export interface RewrittenRequests {
  readonly edits: readonly Edit[];
  readonly newFiles: readonly NewFile[];
  readonly findings: readonly FindingDraft[];
}

const NOTHING: RewrittenRequests = { edits: [], newFiles: [], findings: [] };

/** Parameters of the protocol, which the v2 SDK takes care of. */
const PROTOCOL = /^(?:Action|Version|SellerId|AWSAccessKeyId|SignatureMethod|SignatureVersion|Timestamp|MWSAuthToken)$/;

/** Nothing read the answer, so an error answer of MWS may have passed unseen. */
const ERROR_ANSWERS = 'an error answer rejects here now; make sure that the code around it expects that.';

/** Tells the checker what the function answers, at each call. */
function seedFor(calls: readonly RequestCall[]): Map<string, Annotation[]> {
  const seed = new Map<string, Annotation[]>();
  for (const { path, start, end, operation } of calls) {
    const type = `Promise<AmazonPayLegacy.${operation}Envelope>`;
    const list = seed.get(path) ?? [];
    if (isTypeScript(path)) list.push({ at: start, text: '(' }, { at: end, text: ` as unknown as ${type})` });
    else list.push({ at: start, text: `(/** @type {${type}} */ (` }, { at: end, text: '))' });
    seed.set(path, list);
  }
  return seed;
}

interface Located {
  readonly call: RequestCall;
  readonly node: ts.CallExpression;
  readonly context: FileContext;
}

function locate(analysis: Analysis, input: CodemodInput, calls: readonly RequestCall[]): Located[] {
  const located: Located[] = [];
  for (const file of analysis.files) {
    const own = calls.filter(({ path }) => path === file.unit.path);
    if (own.length === 0) continue;
    const context = new FileContext(file, analysis.checker, input);
    walk(file.source, (node) => {
      if (!ts.isCallExpression(node)) return;
      const call = own.find(
        ({ start, end }) => start === context.rewriter.start(node) && end === context.rewriter.end(node),
      );
      if (call !== undefined) located.push({ call, node, context });
    });
  }
  return located;
}

/** The merchant is another one for each call; the v2 client is one merchant's. */
const namesMerchant = (values: ReadonlyMap<string, LegacyValue>): boolean =>
  values.has('MWSAuthToken') ||
  [...values].some(
    ([name, { literal, text }]) => name === 'SellerId' && literal === undefined && !/^process\.env\b/.test(text),
  );

/** The function itself names a parameter of the operation, so that what is sent is not what the call says. */
const addsParameters = ({ executor }: RequestCall, { request }: Operation): boolean =>
  [...Object.keys(request), 'MWSAuthToken'].some((name) =>
    new RegExp(`\\b${name.replace(/\..*/, '')}\\b`).test(executor.code),
  );

/** The v2 call of a request, or undefined when a parameter does not simply move. */
function toV2Call({ call, node, context }: Located, client: string): V2Call | undefined {
  const operation = operations[call.operation];
  const parameters = node.arguments[1];
  if (operation?.v2 == null || operation.automation !== 'automatic' || parameters === undefined) return undefined;
  const collected = collectLiteral(context, operation, parameters);
  if (collected.kind === 'opaque') return undefined;
  if (namesMerchant(collected.values) || addsParameters(call, operation)) return undefined;
  const values = new Map([...collected.values].filter(([name]) => !PROTOCOL.test(name)));
  const indent = indentAt(context.file.unit.text, call.start);
  const { quote, unit, eol } = context.style;
  const built = buildV2Call({ operation, client, values, indent, unit, quote, eol, nameOf: context.nameOf });
  return built.notes.length === 0 ? built : undefined;
}

/** The requests of which all is known. A file gets one client, so all of its requests must go to one environment. */
function chooseCertain(located: readonly Located[]): RequestCall[] {
  const certain = located
    .filter((each) => isCertainUse(each.context, each.node) && toV2Call(each, 'client') !== undefined)
    .map(({ call }) => call);
  const keyOf = ({ executor }: RequestCall): string => JSON.stringify(executor.environment);
  return certain.filter((call) => certain.every((other) => other.path !== call.path || keyOf(other) === keyOf(call)));
}

function clientName(text: string): string {
  return (
    ['amazonPay', 'amazonPayClient', 'checkoutV2Client'].find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ??
    'amazonPayCheckoutV2'
  );
}

function clientLines(context: FileContext, name: string, { region, sandbox }: MwsEnvironment): string[] {
  const { quote, unit, semicolons } = context.style;
  return [
    '',
    `${keyword(context)} ${name} = ${context.nameOf('withRetry')}(new WebStoreClient({`,
    `${unit}publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,`,
    `${unit}privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,`,
    `${unit}region: ${quote}${region}${quote},`,
    `${unit}sandbox: ${sandbox},`,
    `}))${semicolons ? ';' : ''}`,
  ];
}

function rewriteCall(located: Located, client: string): FindingDraft[] {
  const { call, node, context } = located;
  const operation = operations[call.operation];
  const built = toV2Call(located, client);
  if (built === undefined || operation?.v2 == null) return [];
  const sender = operation.declines === true ? 'sendCharge' : 'send';
  context.need(sender, 'withRetry', ...built.helpers);
  context.needsSdk = true;
  const ignored = ignoresAnswer(node);
  if (ignored) context.todo(node, 'raw-mws/request', ERROR_ANSWERS);
  context.rewriter.replace(
    node,
    () => `${context.nameOf(sender)}(${functionText(context, '', toV2Call(located, client)?.expression ?? '')})`,
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
  const first = locate(analyse(input.files, input, seedFor(candidates)), input, candidates);
  const certain = chooseCertain(first);
  if (certain.length === 0) return NOTHING;
  // Only what is certain is typed, so that nothing else is rewritten along with it.
  const located = locate(analyse(input.files, input, seedFor(certain)), input, certain);
  const contexts = [...new Set(located.map(({ context }) => context))];
  const requests: FindingDraft[] = [];
  const stored = storedIds(contexts);
  for (const context of contexts) {
    const own = located.filter((each) => each.context === context);
    const rewritten = new Set<ts.Node>(own.map(({ node }) => node));
    const kept = requestsByHand(context).filter(({ node }) => !rewritten.has(node));
    reportIdsToLegacy(context, kept, stored);
    const name = clientName(context.file.unit.text);
    own.forEach((each) => requests.push(...rewriteCall(each, name)));
    rewriteValues(context);
    rewriteReads(context);
    context.pendingLines.push(importLine(context, ['WebStoreClient'], SDK));
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
  };
}
