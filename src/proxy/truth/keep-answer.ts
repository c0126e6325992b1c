import { unknownObject, type CanonicalObject } from '../compare/canonical-object';
import { askForComparison } from '../compare/ask-for-comparison';
import { orderKeyOf } from '../order-key';
import { findObject, isOlder, moveToOrder, saveObject, type Cause, type Change } from '../store/amazon-objects';
import { joinAgreement } from '../store/agreement-sides';
import type { Queries } from '../store/database';
import { addJob, SWEEP_PRIORITY } from '../store/add-jobs';
import type { Job } from '../store/jobs';
import { resolveOrder } from '../store/order-keys';
import { lastStateChange, listChargebacks } from '../store/notifications';
import { nextLook } from './ask-again';
import { keepTold } from './missed-changes';
import { objectOfId } from './object-of-id';
import { nextSweep } from './open-objects';
import type { TruthParts } from './truth-parts';
import { judgeChange, settleUntold } from './untold-change';

const FOLLOW_UP_PRIORITY = 2;

export const causeOf = ({ priority }: Job): Cause =>
  priority >= SWEEP_PRIORITY ? 'sweep' : priority >= FOLLOW_UP_PRIORITY ? 'follow-up' : 'notification';

/** The order that an object belongs to: what GET says, else that of its charge, else that of its number. */
async function orderOf(queries: Queries, object: CanonicalObject, job: Job): Promise<string> {
  if (object.chargePermissionId !== null) return object.chargePermissionId;
  const charge = object.chargeId === null ? null : await findObject(queries, object.chargeId);
  return charge?.order_key ?? resolveOrder(queries, orderKeyOf(object.objectId) ?? job.order_key ?? object.objectId);
}

/** Asks for what the answer points to: a refund says nothing of its order, and changes its charge (facts: ipn.md section 3). */
async function followUp(
  queries: Queries,
  object: CanonicalObject,
  change: Change,
  job: Job,
  now: number,
): Promise<void> {
  const ids: (string | null)[] = [];
  if (object.objectType === 'REFUND' && change !== 'same') ids.push(object.chargeId);
  const parent = object.objectType === 'CHARGE' ? object.chargePermissionId : object.chargeId;
  if (parent !== null && parent !== object.objectId && (await findObject(queries, parent)) === null) ids.push(parent);
  const priority = job.priority >= SWEEP_PRIORITY ? SWEEP_PRIORITY : FOLLOW_UP_PRIORITY;
  for (const id of new Set(ids)) {
    if (id === null || objectOfId(id) === null) continue;
    const orderKey = object.chargePermissionId ?? job.order_key;
    const order = orderKey === null ? {} : { orderKey };
    await addJob(queries, { kind: 'truth', lane: `truth:${id}`, subject: id, ...order, priority, runAt: now }, now);
  }
}

interface Kept {
  readonly change: Change;
  /** When to look again; null: what was seen is what there is to see. */
  readonly lookAt: number | null;
  /** Whether that is because of a message that is not here, and not because Amazon is behind one. */
  readonly isAwaited: boolean;
  readonly orderKey: string;
}

/** Chargebacks of legacy, which no GET tells of: the order is marked, so that nobody takes it for settled. */
async function markChargebacks(queries: Queries, job: Job, orderKey: string, now: number): Promise<boolean> {
  let isNew = false;
  for (const id of await listChargebacks(queries, job.order_key ?? orderKey)) {
    if (objectOfId(id) !== null || (await findObject(queries, id)) !== null) continue;
    const object = unknownObject('CHARGEBACK', id, 'no-get');
    const times = { fetchStartedAt: now, fetchedAt: now, sweepAt: null };
    const order = await resolveOrder(queries, orderKey);
    await saveObject(queries, { object, orderKey: order, causedBy: 'notification', ...times });
    isNew = true;
  }
  return isNew;
}

/** Writes what a GET found out and asks for what follows from it. Belongs into the transaction that ends the job. */
export async function keepAnswer(
  parts: TruthParts,
  queries: Queries,
  job: Job,
  object: CanonicalObject,
  fetchStartedAt: number,
): Promise<Kept> {
  const now = parts.clock.now();
  const causedBy = causeOf(job);
  const orderKey = await orderOf(queries, object, job);
  const number = orderKeyOf(object.objectId);
  const sweepAt = nextSweep(object, now, parts.settings);
  const known = await findObject(queries, object.objectId);
  const about = { objectId: object.objectId, orderKey: number ?? job.order_key ?? orderKey };
  // An answer from before what is known says nothing of that, and what is waited for is waited for all the same.
  const isBehind = known !== null && isOlder(known, { object, fetchStartedAt });
  const seen = isBehind ? known.canonical : object;
  const untold = await judgeChange(parts, queries, { causedBy, known, object: seen, orderKey });
  const saved = await saveObject(queries, { object, orderKey, fetchStartedAt, fetchedAt: now, causedBy, sweepAt });
  const { change } = saved;
  if (object.chargePermissionId !== null && number !== null && number !== orderKey) {
    await moveToOrder(queries, number, orderKey);
    await joinAgreement(queries, parts.database.dialect, { number, agreement: orderKey });
  }
  await followUp(queries, object, change, job, now);
  const isMarked = await markChargebacks(queries, job, orderKey, now);
  const isChanged = change === 'new' || change === 'changed';
  if (isChanged || isMarked) await askForComparison(queries, orderKey, now + parts.settleMs, now);
  const awaitedAt = untold === null ? null : await settleUntold(parts, queries, untold, saved, now);
  const behindAt = nextLook(object, saved, await lastStateChange(queries, about), now);
  if (behindAt === null) await keepTold(queries, object.objectId);
  const isAwaited = awaitedAt !== null && (behindAt === null || awaitedAt < behindAt);
  return { change, orderKey, lookAt: isAwaited ? awaitedAt : behindAt, isAwaited };
}
