import { compareAmounts } from '../../../transforms/amounts';
import { readEnvelope } from '../../../transforms/sns/read-envelope';
import { isUntold, type CanonicalObject } from '../compare/canonical-object';
import { listObjects, type StoredVersion } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { listNamedRefunds, listTellings, type Telling } from '../store/notifications';
import { judgeRefunds } from './told-refunds';

/**
 * Reasons of a Charge Permission that Amazon sends no message about: what the merchant did, and that a charge is under way
 * (facts: ipn.md section 3).
 */
const untoldReasons = new Set(['ChargeInProgress', 'MerchantClosed', 'MerchantCanceled']);

const hasToldReason = ({ amazonReasons }: CanonicalObject): boolean =>
  amazonReasons.some((reason) => !untoldReasons.has(reason));

/**
 * Whether nothing was known of an object but its name, or a state of which this version knows nothing, not even since when: nobody
 * saw what has changed, and Amazon's own time of the change says whether a message told of it.
 */
export const isFirstSight = (before: CanonicalObject | null): before is null =>
  before === null || before.problem !== null;

/** Whether Amazon sends a message about such a change, so that one was missed when there is none. */
export function isTold(before: CanonicalObject | null, after: CanonicalObject): boolean {
  if (after.objectType !== 'CHARGE_PERMISSION') return true;
  if (hasToldReason(after)) return true;
  // A payment method that works again is told, and that a charge ended is not: both lead to Chargeable.
  return before !== null && !isUntold(before) && after.amazonState === 'Chargeable' && hasToldReason(before);
}

export const isClosedByAmazon = ({ objectType, amazonReasons }: CanonicalObject): boolean =>
  objectType === 'CHARGE_PERMISSION' && amazonReasons.includes('AmazonClosed');

/** A one-time order that was charged in full is closed by Amazon, which sends no message about it (facts: states.md). */
export async function isChargedInFull(queries: Queries, after: CanonicalObject, orderKey: string): Promise<boolean> {
  if (!isClosedByAmazon(after)) return false;
  const objects = await listObjects(queries, orderKey);
  return objects.some(({ canonical: other }) => other.objectType === 'CHARGE' && other.amazonState === 'Captured');
}

/** SNS dates a message when it is published, which is after the change that it tells of. */
const PUBLISHED_MS = 5000;
/** By so much the clocks of Amazon and of this machine may differ, where only this machine has dated a message. */
const CLOCKS_DIFFER = 60_000;

/** The last change that a message can tell of, by Amazon's clock. */
function tellsUntil({ body, received_at: receivedAt }: Telling): number {
  try {
    return Date.parse(readEnvelope(body).Timestamp) + PUBLISHED_MS;
  } catch {
    return receivedAt + CLOCKS_DIFFER;
  }
}

/** How an object was, and since when that is known; null: it was not known. */
export type Before = Pick<StoredVersion, 'canonical' | 'fetched_at'> | null;

export interface Change {
  readonly before: Before;
  readonly after: CanonicalObject;
  /** Under which messages about the object are kept. */
  readonly messageKey: string;
  /** What was seen of the object after this change; undefined: nothing, as of a change that was seen now. */
  readonly later?: Later | undefined;
}

export interface Later {
  /** When this change was seen. A refund that was made later is none of it. */
  readonly seenAt: number;
  /** When the object changed once more, by Amazon's clock: a message from then on tells of that. Null: it has not. */
  readonly changedAt: number | null;
}

export const said = ({ amazonState, amazonReasons, authorized, captured }: CanonicalObject): string =>
  JSON.stringify([amazonState, amazonReasons, authorized, captured]);

/** Whether nothing about a charge has changed but how much has gone back. */
export const isOnlyRefund = (before: CanonicalObject, after: CanonicalObject): boolean =>
  said(before) === said(after) && compareAmounts(after.refunded, before.refunded) > 0;

/**
 * Amazon may date a charge by its last refund: then the message about that tells of the time, and the state is older. By the
 * times of the refund itself: its message may come much later.
 */
async function isTimeOfRefund(queries: Queries, { after, messageKey }: Change): Promise<boolean> {
  const { updatedAt } = after;
  if (updatedAt === null || compareAmounts(after.refunded, '0') === 0) return false;
  const tellings = await listTellings(queries, messageKey, { objectType: 'REFUND' });
  const refunds = (await listNamedRefunds(queries, messageKey)).map(({ canonical }) => canonical);
  const ofCharge = refunds.filter((refund) => refund?.chargeId === after.objectId);
  const times = [
    ...tellings.map(tellsUntil),
    ...ofCharge.flatMap((refund) => [refund?.createdAt ?? null, refund?.updatedAt ?? null]),
  ];
  return times.some((time) => time !== null && Math.abs(time - updatedAt) <= CLOCKS_DIFFER);
}

/**
 * Whether the messages that are here tell of a change, by Amazon's own times: a GET that one message asked for shows also what
 * happened later, of which another one tells, or none. `unread`: that takes an answer of Amazon that is still to come.
 */
export async function judgeTelling(queries: Queries, change: Change): Promise<'told' | 'untold' | 'unread'> {
  const { before, after, messageKey, later } = change;
  const until = later?.changedAt ?? Infinity;
  const known = before === null || isFirstSight(before.canonical) ? null : before;
  if (known === null || said(known.canonical) !== said(after)) {
    const tellings = await listTellings(queries, messageKey, { objectId: after.objectId });
    // What was seen because of something else, for the first time, may be long told.
    if (tellings.length === 0) return known === null ? 'told' : 'untold';
    const { updatedAt } = after;
    const ofThis = tellings.map(tellsUntil).filter((time) => time < until);
    const isTold = ofThis.some((time) => updatedAt === null || time >= updatedAt);
    if (!isTold && !(await isTimeOfRefund(queries, change))) return 'untold';
  }
  if (known === null || compareAmounts(after.refunded, known.canonical.refunded) <= 0) return 'told';
  return judgeRefunds(queries, messageKey, known, after, later?.seenAt);
}
