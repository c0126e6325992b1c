import { ts } from 'ts-morph';
import { isHelperFile } from '../emitted-helper/emitted-files';
import { type FileContext, walk } from '../node-client/context';
import type { ClientMode } from '../node-client/plan-clients';
import { functionText } from '../node-client/wording';
import { acceptPlainText } from './accept-plain-text';
import { planAwait, type AwaitPlan } from './await-plan';
import { chooseClient, clientLines, OWN_CLIENT } from './choose-client';
import { findSeams, KNOWS_V2, SPEAKS_OF_NOTIFICATIONS, type Seam } from './find-seams';
import { awaited } from './make-async';
import { messageRead, Origins } from './origin';
import { type HandlerState, reportHandler } from './place';
import { queueReaders } from './queued';
import { capturesAreAuthorizations, findBranching, namedTypes, reportBranches, reportTypes } from './report-branches';
import { reportDecidingReads, reportPayloadReads, reportReads, reportTextSearches } from './report-reads';
import { reportSums } from './report-sums';
import { reportUnawaited, rewriteAnswers, rewriteAnswersAround } from './rewrite-answers';

export { findSeams, type Seam } from './find-seams';

/** What a handler needs to know of the package around it. */
export interface Surroundings {
  readonly mode: ClientMode;
  /** Every file of the same package. */
  readonly files: readonly FileContext[];
}

const SUBSCRIPTIONS = /[aA]uthorizeOnBillingAgreement|[cC]onfirmBillingAgreement/;

/** `, { capturedAs: 'PaymentAuthorize' }` for a shop that has no branch for captures. */
function optionsText(context: FileContext, { files }: Surroundings): string {
  const texts = files.map(({ file }) => file.unit.text).filter((text) => SPEAKS_OF_NOTIFICATIONS.test(text));
  const { quote } = context.style;
  return capturesAreAuthorizations(texts) ? `, { capturedAs: ${quote}PaymentAuthorize${quote} }` : '';
}

function rewriteSigned(context: FileContext, seam: Seam, around: Surroundings): void {
  const { node, receiver, body, callback } = seam;
  const shared = receiver === undefined ? useClient(context, around, seam.node) : undefined;
  const fetch = context.helper('fetchSignedNotification');
  if (callback !== undefined) context.need('toCallback');
  const options = optionsText(context, around);
  context.rewriter.replace(node, (emit) => {
    const own = receiver === undefined ? '' : emit(receiver);
    const client = shared ?? (around.mode === 'beside' ? `${own}.checkoutV2` : own);
    if (body === undefined) return functionText(context, 'body', `${fetch}(${client}, body${options})`);
    const fetched = `${fetch}(${client}, ${emit(body)}${options})`;
    return callback === undefined ? fetched : `${context.nameOf('toCallback')}(${fetched}, ${emit(callback)})`;
  });
}

/** The client of the project, or one from environment variables; with the lines that bring it here. */
function useClient(context: FileContext, around: Surroundings, seam: ts.Node): string {
  const client = chooseClient(context, around.files, around.mode);
  for (const line of client.imports) if (!context.pendingLines.includes(line)) context.pendingLines.push(line);
  if (client.makesClient && context.trailingLines.length === 0) {
    context.need('withRetry');
    context.needsSdk = true;
    context.trailingLines.push(...clientLines(context, client.expression));
    reportHandler(context, seam, {
      rule: 'node-client/construction',
      automation: 'assisted',
      legacy: { name: 'client' },
      replacement: { name: 'new WebStoreClient' },
      message: `No client of the shop could be found for this handler: ${OWN_CLIENT}`,
      rewritten: true,
    });
  }
  return client.expression;
}

function rewriteParsed(context: FileContext, seam: Seam, around: Surroundings): void {
  const { node, body } = seam;
  if (body === undefined) return;
  const client = useClient(context, around, seam.node);
  const fetch = context.helper('fetchNotificationAsXml');
  const options = optionsText(context, around);
  context.rewriter.replace(node, (emit) => awaited(node, `${fetch}(${client}, ${emit(body)}${options})`));
}

const RULES = { signed: 'ipn/parse-sns-response', parsed: 'ipn/handler' } as const;
const NAMES = { signed: 'parseSNSResponse', parsed: 'NotificationData' } as const;

const CANNOT_WAIT =
  'This cannot wait for a GET: its function is not async, and it is not certain what calls it. Make it async, and fetch the object here.';

function reportSeam(context: FileContext, seam: Seam, rewritten: boolean): void {
  if (seam.kind === 'migrated') return;
  reportHandler(context, seam.node, {
    rule: RULES[seam.kind],
    automation: rewritten ? 'automatic' : 'manual',
    legacy: { name: NAMES[seam.kind] },
    replacement: { name: 'getCharge, getRefund, getChargePermission' },
    message: rewritten
      ? 'The message only says which object to GET from now on, in either version; what follows reads the fetched object in the words of legacy.'
      : (seam.because ?? CANNOT_WAIT),
    rewritten,
  });
}

interface Planned {
  readonly context: FileContext;
  readonly seam: Seam;
  /** Undefined where it is not certain that the place can wait. */
  readonly plan: AwaitPlan | undefined;
}

/**
 * Rewrites the handlers of a package: the message is asked for the id alone, the object is fetched, and what follows reads
 * it in the words of legacy, so that every branch keeps its meaning. What cannot be is listed with its reads.
 */
export function rewriteNotifications(files: readonly FileContext[], mode: ClientMode): void {
  const around: Surroundings = { files, mode };
  const seams = new Map(files.map((context) => [context, findSeams(context, files)]));
  const readers = queueReaders(files, seams, new Origins([...seams.values()].flat(), files));
  const planned = files
    .filter((context) => !readers.has(context))
    .flatMap((context) =>
      (seams.get(context) ?? []).map((seam): Planned => ({ context, seam, plan: planSeam(context, seam, files) })),
    );
  const routes = new Set<ts.Node>();
  planned.forEach((each) => rewriteSeam(each, around, routes));
  const hasSubscriptions = files.some(({ file }) => SUBSCRIPTIONS.test(file.unit.text));
  const handlers = files.filter((each) => isHandler(each, planned));
  const known = planned.length === 1 ? typesOf(handlers) : undefined;
  const origins = new Origins(
    planned.filter(({ plan }) => plan !== undefined).map(({ seam }) => seam),
    files,
    readers,
  );
  const others = files.filter((each) => !handlers.includes(each) && !isHelper(each));
  for (const context of others) if (reportTextSearches(context)) reportTypes(context, false);
  // Where a message that is not fetched is handed on to, by whatever way.
  const believers = others.filter((each) => each.findings.every(({ rule }) => rule !== 'ipn/payload-read'));
  if (planned.some(({ plan }) => plan === undefined))
    believers.filter(({ file }) => namedTypes(file.unit.text).size > 0).forEach(reportBelievers);
  for (const context of handlers) {
    const believed = believedReads(context, origins, planned);
    const state = stateOf(context, planned, believed.length > 0);
    reportPayloadReads(context, believed);
    if (state === 'legacy' && isFedByNoGet(context, planned)) reportDecidingReads(context);
    for (const node of fetchedReads(context, origins))
      rewriteAnswersAround({ context, node }, state === 'rewritten', routes);
    reportSums(context);
    reportReads(context, state);
    // A handler that branches in another file is judged there.
    const isJudgedHere = known === undefined || !handlers.some((each) => findBranching(each) !== undefined);
    const seam = isJudgedHere ? planned.find((each) => each.context === context)?.seam.node : undefined;
    const fetches = KNOWS_V2.test(context.file.unit.text) || fetchedReads(context, origins).length > 0;
    reportBranches(context, { state, fetches, hasSubscriptions, types: known ?? typesOf([context]), seam });
  }
}

const WAITS: AwaitPlan = { places: [], unawaited: [], apply: () => undefined };

/** A signed seam is async already: what its promise or callback is handed to stays as it was. */
function planSeam(context: FileContext, { kind, node, callback, body, because }: Seam, files: readonly FileContext[]) {
  if (because !== undefined) return undefined;
  if (kind === 'migrated' || callback !== undefined || body === undefined) return WAITS;
  if (kind === 'parsed') return planAwait(context, node, files);
  return ts.isAwaitExpression(node.parent) ? (planAwait(context, node, files) ?? WAITS) : WAITS;
}

const typesOf = (contexts: readonly FileContext[]): ReadonlySet<string> =>
  new Set(contexts.flatMap(({ file }) => [...namedTypes(file.unit.text)]));

/** A file whose reads are all of what was fetched is done; one that believes a message anywhere is not. */
function stateOf(context: FileContext, planned: readonly Planned[], believes: boolean): HandlerState {
  const own = planned.filter((each) => each.context === context);
  // A file without a place of its own reads what any of the others hands on.
  const sources = own.length === 0 ? planned : own;
  if (believes || planned.length === 0 || sources.some(({ plan }) => plan === undefined)) return 'legacy';
  return sources.every(({ seam }) => seam.kind === 'migrated') ? 'migrated' : 'rewritten';
}

function reportBelievers(context: FileContext): void {
  reportTypes(context, false);
  reportDecidingReads(context);
}

/** Nothing that is read in a file was fetched. */
function isFedByNoGet(context: FileContext, planned: readonly Planned[]): boolean {
  const own = planned.filter((each) => each.context === context);
  return (own.length === 0 ? planned : own).every(({ plan }) => plan === undefined);
}

/** Reads that go on trusting a message: it was not fetched, and it does not come from where it is. */
function believedReads(context: FileContext, origins: Origins, planned: readonly Planned[]): ts.Node[] {
  const isFedByGet = planned.length > 0 && planned.every(({ plan }) => plan !== undefined);
  const found: ts.Node[] = [];
  const types: { readonly node: ts.Node; readonly message: string }[] = [];
  const believed = new Set<string>();
  walk(context.file.source, (node) => {
    const read = messageRead(node);
    if (read === undefined) return;
    const origin = origins.of(context, read.of);
    if (origin === 'fetched' || (origin === 'handed' && isFedByGet)) return;
    const message = read.of.getText();
    if (read.name === 'NotificationData') believed.add(message);
    if (read.name === 'NotificationData' || (isFedByGet && origin === 'own')) found.push(node);
    else types.push({ node, message });
  });
  // The type of a message whose data is believed.
  return [...found, ...types.filter(({ message }) => believed.has(message)).map(({ node }) => node)];
}

/** Reads of what was fetched, in whatever function. */
function fetchedReads(context: FileContext, origins: Origins): ts.Node[] {
  const found: ts.Node[] = [];
  walk(context.file.source, (node) => {
    const read = messageRead(node);
    if (read !== undefined && origins.of(context, read.of) === 'fetched') found.push(node);
  });
  return found;
}

function rewriteSeam({ context, seam, plan }: Planned, around: Surroundings, routes: Set<ts.Node>): void {
  reportSeam(context, seam, plan !== undefined);
  if (seam.kind === 'signed') rewriteSigned(context, seam, around);
  if (seam.kind === 'parsed' && plan !== undefined) rewriteParsed(context, seam, around);
  plan?.apply();
  const isNew = plan !== undefined && seam.kind !== 'migrated';
  const places = [{ context, node: seam.node }, ...(plan?.places ?? [])];
  rewriteAnswers(places, isNew, routes);
  plan?.unawaited.forEach((call) => reportUnawaited(call));
  if (isNew) for (const place of new Set(places.map((each) => each.context))) acceptPlainText(place, around.files);
}

const isHelper = ({ file }: FileContext): boolean => isHelperFile(file.unit.path);

/** Holds a seam, or code that reads what a seam elsewhere hands on. */
function isHandler(context: FileContext, planned: readonly Planned[]): boolean {
  if (planned.some((each) => each.context === context)) return true;
  if (isHelper(context)) return false;
  return namesInCode(context, context.file.unit.text);
}

function namesInCode(context: FileContext, text: string): boolean {
  if (!SPEAKS_OF_NOTIFICATIONS.test(text) && namedTypes(text).size === 0) return false;
  let found = false;
  const visit = (node: ts.Node): void => {
    const isName = ts.isIdentifier(node) || ts.isStringLiteralLike(node);
    found ||= isName && /^Notification(?:Data|Type)$/.test(node.text);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(context.file.source);
  return found;
}
