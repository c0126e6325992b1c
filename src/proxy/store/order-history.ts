import type { Queries, Row } from './database';
import { keysOfOrder, readKeys } from './order-keys';
import { isOfItsOrder } from './quarantine';

/** All that is known of one order, each list from old to new. Bodies of messages are not in it. */
export interface OrderHistory {
  /** The order, or the agreement that the payment was made on that was asked for. */
  readonly orderKey: string;
  /** Its own key, and the numbers of its payments, under which their messages came. */
  readonly keys: readonly string[];
  /** The side of what was asked for. */
  readonly side: Row | null;
  /** Of each key: payments on an agreement may be on both sides, each with all its messages on one. */
  readonly sides: readonly Row[];
  readonly messages: readonly Row[];
  readonly jobs: readonly (Row & { readonly attempts_made: readonly Row[] })[];
  readonly objects: readonly Row[];
  readonly versions: readonly Row[];
  readonly outcomes: readonly Row[];
  readonly comparisons: readonly Row[];
}

/** An order with more than this many entries of one kind is shown with its last ones. */
const MAX_ENTRIES = 500;

const isOfOrder = (column: string): string => `${column} IN (${keysOfOrder('CAST($1 AS TEXT)')})`;

/** Returns the history of the order that a key names, or null when nothing is known of it. */
export async function readOrderHistory(queries: Queries, key: string): Promise<OrderHistory | null> {
  const { orderKey, keys } = await readKeys(queries, key);
  const list = async (sql: string): Promise<readonly Row[]> => queries.query(sql, [orderKey]);
  const last = (columns: string, table: string): Promise<readonly Row[]> =>
    list(
      `SELECT * FROM (SELECT ${columns} FROM ${table} WHERE ${isOfOrder('order_key')} ORDER BY id DESC LIMIT ${MAX_ENTRIES}) AS last
       ORDER BY id`,
    );
  const messages = await last(
    `id, topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, quarantine, body_sha256,
     notification_id, notification_type, object_type, object_id, is_sample`,
    'inbox',
  );
  const jobs = await last('*', 'job');
  const attempts = await list(
    `SELECT attempt.* FROM attempt JOIN job ON job.id = attempt.job_id WHERE ${isOfOrder('job.order_key')}
     ORDER BY attempt.job_id, attempt.number`,
  );
  const objects = await list('SELECT * FROM amazon_object WHERE order_key = $1 ORDER BY object_id');
  const sides = await list(`SELECT * FROM order_side WHERE ${isOfOrder('order_key')} ORDER BY order_key`);
  const [own] = await list(`SELECT 1 FROM inbox WHERE ${isOfOrder('order_key')} AND ${isOfItsOrder('inbox')} LIMIT 1`);
  if (own === undefined && jobs.length === 0 && objects.length === 0) return null;
  return {
    orderKey,
    keys,
    side: sides.find((side) => side['order_key'] === key) ?? null,
    sides,
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
    outcomes: await list(`SELECT * FROM outcome WHERE ${isOfOrder('order_key')} ORDER BY side, source, order_key`),
    comparisons: await last('*', 'comparison'),
  };
}
