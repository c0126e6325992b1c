import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import type { ClientMode } from '../node-client/plan-clients';
import type { HelperFunction } from '../v2-request/types';
import { acceptPlainText } from './accept-plain-text';
import { awaited, planAwait, type AwaitPlan } from './await-plan';
import { chooseClient, clientLines } from './choose-client';
import { findSeams, SPEAKS_OF_NOTIFICATIONS, type Seam } from './find-seams';
import { type HandlerState, reportHandler } from './place';
import { capturesAreAuthorizations, namedTypes, reportBranches } from './report-branches';
import { reportPayloadReads, reportReads } from './report-reads';
import { rewriteAnswers } from './rewrite-answers';

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
  if (receiver === undefined) return;
  context.need('fetchSignedNotification');
  if (callback !== undefined) context.need('toCallback');
  const options = optionsText(context, around);
  context.rewriter.replace(node, (emit) => {
    const client = around.mode === 'beside' ? `${emit(receiver)}.checkoutV2` : emit(receiver);
    if (body === undefined) return `(body) => fetchSignedNotification(${client}, body${options})`;
    const fetched = `fetchSignedNotification(${client}, ${emit(body)}${options})`;
    return callback === undefined ? fetched : `toCallback(${fetched}, ${emit(callback)})`;
  });
}

function rewriteParsed(context: FileContext, seam: Seam, around: Surroundings, plan: AwaitPlan): void {
  const { node, body } = seam;
  if (body === undefined) return;
  const client = chooseClient(context, around.files, around.mode);
  const helper: HelperFunction = 'fetchNotificationAsXml';
  context.need(helper);
  const options = optionsText(context, around);
  for (const line of client.imports) if (!context.pendingLines.includes(line)) context.pendingLines.push(line);
  if (client.makesClient && context.trailingLines.length === 0) {
    context.need('withRetry');
    context.needsSdk = true;
    context.trailingLines.push(...clientLines(context, client.expression));
  }
  context.rewriter.replace(node, (emit) => awaited(node, `${helper}(${client.expression}, ${emit(body)}${options})`));
  plan.apply();
}

const RULES = { signed: 'ipn/parse-sns-response', parsed: 'ipn/handler' } as const;
const NAMES = { signed: 'parseSNSResponse', parsed: 'NotificationData' } as const;

function reportSeam(context: FileContext, seam: Seam, rewritten: boolean): void {
  if (seam.kind === 'migrated') return;
  reportHandler(context, seam.node, {
    rule: RULES[seam.kind],
    automation: rewritten ? 'automatic' : 'manual',
    legacy: { name: NAMES[seam.kind] },
    replacement: { name: 'getCharge, getRefund, getChargePermission' },
    message: rewritten
      ? 'The message only says which object to GET from now on, in either version; what follows reads the fetched object in the words of legacy.'
      : 'This cannot wait for a GET: its function is not async, and it is not certain what calls it. Make it async, and fetch the object here.',
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
  const planned = files.flatMap((context) =>
    findSeams(context).map((seam): Planned => {
      const plan = seam.kind === 'parsed' ? planAwait(context, seam.node, files) : { apply: () => undefined };
      return { context, seam, plan };
    }),
  );
  planned.forEach((each) => rewriteSeam(each, around));
  const state = stateOf(planned);
  const hasSubscriptions = files.some(({ file }) => SUBSCRIPTIONS.test(file.unit.text));
  for (const context of files.filter((each) => isHandler(each, planned))) {
    if (state === 'legacy') reportPayloadReads(context);
    reportReads(context, state);
    reportBranches(context, { state, hasSubscriptions });
  }
}

function stateOf(planned: readonly Planned[]): HandlerState {
  if (planned.length === 0 || planned.some(({ plan }) => plan === undefined)) return 'legacy';
  return planned.every(({ seam }) => seam.kind === 'migrated') ? 'migrated' : 'rewritten';
}

function rewriteSeam({ context, seam, plan }: Planned, around: Surroundings): void {
  reportSeam(context, seam, plan !== undefined);
  if (seam.kind === 'signed') rewriteSigned(context, seam, around);
  if (seam.kind === 'parsed' && plan !== undefined) rewriteParsed(context, seam, around, plan);
  const isNew = plan !== undefined && seam.kind !== 'migrated';
  rewriteAnswers(context, seam, isNew);
  if (isNew) acceptPlainText(context, around.files);
}

/** Holds a seam, or code that reads what a seam elsewhere hands on. */
function isHandler(context: FileContext, planned: readonly Planned[]): boolean {
  const { text } = context.file.unit;
  if (planned.some((each) => each.context === context)) return true;
  if (/(?:^|\/)amazon-pay-v2\.[cm]?[jt]s$/.test(context.file.unit.path)) return false;
  return namesInCode(context, text);
}

function namesInCode(context: FileContext, text: string): boolean {
  if (!SPEAKS_OF_NOTIFICATIONS.test(text) && namedTypes(text).size === 0) return false;
  let found = false;
  const visit = (node: ts.Node): void => {
    found ||= ts.isIdentifier(node) && /^Notification(?:Data|Type)$/.test(node.text);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(context.file.source);
  return found;
}
