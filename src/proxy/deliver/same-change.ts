import { findObject } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import type { StoredMessage } from '../store/inbox';
import { findToldBySweep, isToldNext, takeKey } from '../store/message-twins';
import type { Job } from '../store/jobs';
import { SWEEP_TOPIC } from '../store/sweep-topic';
import { keyOfChange } from '../truth/offer-change';

/** Why a find of the sweep is not sent: the message of Amazon came after all. */
export const TOLD = 'told-by-amazon';
/** How long a message waits at most until Amazon has said whether there is anything new. */
const WAIT_MS = 30_000;

const isChange = ({ kind, notification_type: type }: StoredMessage): boolean =>
  kind === 'v1' || type === 'STATE_CHANGE';

/** Whether a sweep's message need not be told: Amazon's own one about the object has come after all, and is next. */
export async function isToldByAmazon(
  queries: Queries,
  { topic_arn: topic, order_key: orderKey, object_id: objectId }: StoredMessage,
): Promise<boolean> {
  if (topic !== SWEEP_TOPIC || orderKey === null || objectId === null) return false;
  return isToldNext(queries, { orderKey, objectId });
}

/**
 * Under which key a message of Amazon goes to the migrated handler, when a sweep found the change that it may tell of and the
 * handler has that already. Where a GET that began after the message came shows nothing newer it is the same change, and has
 * the same key: whoever keeps the keys does nothing twice. `wait`: that GET is still to come. Should Amazon be behind its own
 * message, and show more later, that is offered as another find (truth/keep-answer.ts).
 */
export async function findKey(
  queries: Queries,
  { job, message, now }: { readonly job: Job; readonly message: StoredMessage; readonly now: number },
): Promise<{ readonly key: string | null } | 'wait'> {
  const own = { key: job.idempotency_key };
  const { order_key: orderKey, object_id: objectId } = message;
  if (orderKey === null || objectId === null || message.topic_arn === SWEEP_TOPIC || !isChange(message)) return own;
  const key = await findToldBySweep(queries, { orderKey, objectId }, message.id);
  if (key === null) return own;
  const known = await findObject(queries, objectId);
  if (known === null || key !== keyOfChange(objectId, known.version)) return own;
  if (known.fetch_started_at <= message.received_at) return now < message.received_at + WAIT_MS ? 'wait' : own;
  await takeKey(queries, job.id, key);
  return { key };
}
