import type { Queries } from './database';
import { isGenuineChange, type ObjectOfOrder } from './notifications';
import { SWEEP_TOPIC } from './sweep-topic';

/*
 * A sweep and a message may tell of the same change of an object. The message that the proxy made of what the sweep found has
 * the topic `sweep`; the lane of the order delivers both, one after the other. Looked up by order, which has an index.
 */

/** The key of the last change of an object that a sweep found and the migrated handler has, where no message has the same; or null. */
export async function findToldBySweep(queries: Queries, { orderKey, objectId }: ObjectOfOrder): Promise<string | null> {
  const [row] = await queries.query(
    `SELECT job.idempotency_key FROM inbox AS sweep
     JOIN job ON job.inbox_id = sweep.id AND job.kind = 'deliver-migrated' AND job.state = 'done'
     WHERE sweep.order_key = $1 AND sweep.object_id = $2 AND sweep.topic_arn = '${SWEEP_TOPIC}'
       AND NOT EXISTS (SELECT 1 FROM job AS twin WHERE twin.order_key = sweep.order_key
         AND twin.idempotency_key = job.idempotency_key AND twin.inbox_id <> sweep.id)
     ORDER BY sweep.id DESC LIMIT 1`,
    [orderKey, objectId],
  );
  const key = row?.['idempotency_key'];
  return typeof key === 'string' ? key : null;
}

/**
 * Whether a message of Amazon about an object waits for the migrated handler, or is on its way to it, under a key that it does not
 * have: what is only sent again is ignored by whoever keeps the keys, and tells of nothing new.
 */
export async function isToldNext(queries: Queries, { orderKey, objectId }: ObjectOfOrder): Promise<boolean> {
  const rows = await queries.query(
    `SELECT 1 FROM job JOIN inbox ON inbox.id = job.inbox_id
     WHERE job.order_key = $1 AND job.kind = 'deliver-migrated' AND job.state IN ('ready', 'leased')
       AND inbox.object_id = $2 AND ${isGenuineChange('inbox')}
       AND NOT EXISTS (SELECT 1 FROM job AS taken JOIN attempt ON attempt.job_id = taken.id
         WHERE taken.order_key = $1 AND taken.kind = 'deliver-migrated' AND taken.state = 'done'
           AND taken.idempotency_key = job.idempotency_key AND attempt.as_what = 'primary') LIMIT 1`,
    [orderKey, objectId],
  );
  return rows.length > 0;
}

/** Whether the last message of Amazon about an object was delivered under the key of what a sweep had told. */
export async function wasToldAsTwin(
  queries: Queries,
  { orderKey, objectId }: ObjectOfOrder,
  key: string,
): Promise<boolean> {
  const [row] = await queries.query(
    `SELECT (SELECT 1 FROM job WHERE job.inbox_id = inbox.id AND job.kind = 'deliver-migrated'
         AND job.idempotency_key = $3 LIMIT 1) AS is_twin
     FROM inbox WHERE order_key = $1 AND object_id = $2 AND ${isGenuineChange('inbox')} ORDER BY id DESC LIMIT 1`,
    [orderKey, objectId, key],
  );
  return row?.['is_twin'] != null;
}

/** Has all deliveries of a message to a handler go under another key: before the first of them. */
export async function takeKey(queries: Queries, jobId: number, key: string): Promise<void> {
  await queries.query('UPDATE job SET idempotency_key = $1 WHERE id = $2', [key, jobId]);
}
