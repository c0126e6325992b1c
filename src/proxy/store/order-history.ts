import type { Queries, Row } from './database';
import { isOfItsOrder } from './quarantine';

/** All that is known of one order, each list from old to new. Bodies of messages are not in it. */
export interface OrderHistory {
  readonly orderKey: string;
  readonly side: Row | null;
  readonly messages: readonly Row[];
  readonly jobs: readonly (Row & { readonly attempts_made: readonly Row[] })[];
  readonly objects: readonly Row[];
  readonly versions: readonly Row[];
  readonly outcomes: readonly Row[];
  readonly comparisons: readonly Row[];
}

/** An order with more than this many entries of one kind is shown with its last ones. */
const MAX_ENTRIES = 500;

/** Returns the history of an order, or null when nothing is known of it. */
export async function readOrderHistory(queries: Queries, orderKey: string): Promise<OrderHistory | null> {
  const list = async (sql: string): Promise<readonly Row[]> => queries.query(sql, [orderKey]);
  const last = (columns: string, table: string): Promise<readonly Row[]> =>
    list(
      `SELECT * FROM (SELECT ${columns} FROM ${table} WHERE order_key = $1 ORDER BY id DESC LIMIT ${MAX_ENTRIES}) AS last
       ORDER BY id`,
    );
  const messages = await last(
    `id, topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, quarantine, body_sha256,
     notification_id, notification_type, object_type, object_id, is_sample`,
    'inbox',
  );
  const jobs = await last('*', 'job');
  const attempts = await list(
    `SELECT attempt.* FROM attempt JOIN job ON job.id = attempt.job_id WHERE job.order_key = $1
     ORDER BY attempt.job_id, attempt.number`,
  );
  const objects = await list('SELECT * FROM amazon_object WHERE order_key = $1 ORDER BY object_id');
  const [side] = await list('SELECT * FROM order_side WHERE order_key = $1');
  const [own] = await list(`SELECT 1 FROM inbox WHERE order_key = $1 AND ${isOfItsOrder('inbox')} LIMIT 1`);
  if (own === undefined && jobs.length === 0 && objects.length === 0) return null;
  return {
    orderKey,
    side: side ?? null,
    messages,
    jobs: jobs.map((job) => ({
      ...job,
      attempts_made: attempts.filter((one) => one['job_id'] === job['id']),
    })) as never,
    objects,
    versions: await list(
      `SELECT version.* FROM amazon_object_version AS version JOIN amazon_object AS object
         ON object.object_id = version.object_id
       WHERE object.order_key = $1 ORDER BY version.fetched_at, version.object_id, version.version`,
    ),
    outcomes: await list('SELECT * FROM outcome WHERE order_key = $1 ORDER BY side, source'),
    comparisons: await last('*', 'comparison'),
  };
}
