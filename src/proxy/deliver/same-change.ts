import { findObject } from '../store/amazon-objects';
import type { Database, Queries } from '../store/database';
import { lockTelling } from '../store/lock-telling';
import type { StoredMessage } from '../store/inbox';
import { findToldBySweep, isToldNext, takeKey } from '../store/message-twins';
import type { Job } from '../store/jobs';
import { SWEEP_TOPIC } from '../store/sweep-topic';
import { keyOfChange, versionOfMessage } from '../truth/offer-change';
import { PATIENCE_MS } from '../truth/patience';
import { findRefundTelling, type RefundTelling } from '../truth/told-refunds';

/** Why a find of the sweep is not sent: the message of Amazon came after all. */
export const TOLD = 'told-by-amazon';
/** How long a message waits at most until Amazon has said whether there is anything new. */
const WAIT_MS = 30_000;

/**
 * How long a refund that was seen on its charge waits for the message of Amazon about it. It must not be sent under the key of
 * that message, as other finds are (findKey): this is a message about a charge, and that one names the refund. A handler that
 * has a branch for each does nothing about the refund here; knowing the key, it would never do anything about it.
 */
const REFUND_WAIT_MS = PATIENCE_MS;

const isChange = ({ kind, notification_type: type }: StoredMessage): boolean =>
  kind === 'v1' || type === 'STATE_CHANGE';

/** Null: it is no find of a sweep, or not of a refund. */
async function refundTellingOf(queries: Queries, message: StoredMessage): Promise<RefundTelling | null> {
  const { topic_arn: topic, order_key: orderKey, object_id: chargeId, message_id: messageId } = message;
  if (topic !== SWEEP_TOPIC || orderKey === null || chargeId === null) return null;
  return findRefundTelling(queries, { orderKey, chargeId, version: versionOfMessage(messageId) });
}

/** Whether a sweep's message need not be told: Amazon's own one has come, and is next, or names the refund that was seen. */
export async function isToldByAmazon(queries: Queries, message: StoredMessage): Promise<boolean> {
  const { topic_arn: topic, order_key: orderKey, object_id: objectId } = message;
  if (topic !== SWEEP_TOPIC || orderKey === null || objectId === null) return false;
  if (await isToldNext(queries, { orderKey, objectId })) return true;
  return (await refundTellingOf(queries, message))?.isTold ?? false;
}

/** Whether a sweep's message about a refund is held back, because Amazon's own one is to be expected, or is being read. */
export async function isRefundAwaited(queries: Queries, message: StoredMessage, now: number): Promise<boolean> {
  const telling = await refundTellingOf(queries, message);
  if (telling === null) return false;
  return now < Math.max(message.received_at + REFUND_WAIT_MS, (telling.unreadSince ?? 0) + WAIT_MS);
}

/**
 * Under which key a message of Amazon goes to the migrated handler, when a sweep found the change that it may tell of and the
 * handler has that already. Where a GET that began after the message came shows nothing newer it is the same change, and has
 * the same key: whoever keeps the keys does nothing twice. `wait`: that GET is still to come. Should Amazon be behind its own
 * message, and show more later, that is offered as another find (truth/keep-answer.ts).
 */
export async function findKey(
  database: Database,
  { job, message, now }: { readonly job: Job; readonly message: StoredMessage; readonly now: number },
): Promise<{ readonly key: string | null } | 'wait'> {
  const own = { key: job.idempotency_key };
  const { order_key: orderKey, object_id: objectId } = message;
  if (orderKey === null || objectId === null || message.topic_arn === SWEEP_TOPIC || !isChange(message)) return own;
  const about = { orderKey, objectId };
  if ((await findToldBySweep(database, about)) === null) return own;
  return database.transaction(async (queries) => {
    // A GET that shows something newer takes this message for what tells of it, unless it went under the key of the find.
    await lockTelling(queries, database.dialect, 'shared');
    const key = await findToldBySweep(queries, about);
    const known = await findObject(queries, objectId);
    if (key === null || known === null || key !== keyOfChange(objectId, known.version)) return own;
    if (known.fetch_started_at <= message.received_at) return now < message.received_at + WAIT_MS ? 'wait' : own;
    await takeKey(queries, job.id, key);
    return { key };
  });
}
