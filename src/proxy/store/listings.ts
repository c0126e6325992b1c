import { z } from 'zod';
import { orderKeyOf } from '../order-key';
import type { Queries, Value } from './database';
import { keysOfOrder, orderOfKey } from './order-keys';
import { isOfItsOrder } from './quarantine';

/** What a list shows, and from where on. Lists go from new to old; `before` is the last id of the page above. */
export interface Page {
  readonly before?: number | undefined;
  readonly limit: number;
}

const messageLineSchema = z.object({
  id: z.number(),
  message_id: z.string(),
  received_at: z.number(),
  seen_count: z.number(),
  kind: z.string(),
  verdict: z.string(),
  quarantine: z.string().nullable(),
  topic_arn: z.string(),
  /** When a person said that nothing more is to become of it. */
  settled_at: z.number().nullable(),
  notification_type: z.string().nullable(),
  object_type: z.string().nullable(),
  object_id: z.string().nullable(),
  order_key: z.string().nullable(),
  is_sample: z.number(),
  bytes: z.number(),
  legacy: z.string().nullable(),
  migrated: z.string().nullable(),
});
export type MessageLine = z.infer<typeof messageLineSchema>;

export interface MessageFilter extends Page {
  /** Part of an order, object or message id. */
  readonly id?: string | undefined;
  readonly show?: 'all' | 'aside' | 'v1' | 'v2' | undefined;
}

const stateOf = (kind: string): string =>
  `(SELECT state || COALESCE(':' || reason, '') FROM job WHERE inbox_id = inbox.id AND kind = '${kind}' ORDER BY job.id DESC LIMIT 1)`;

const shown: Readonly<Record<string, string>> = {
  aside: `AND (quarantine IS NOT NULL OR verdict <> 'verified')`,
  v1: `AND kind = 'v1'`,
  v2: `AND kind = 'v2'`,
};

/** The column in which a whole id stands, by its form; there is an index of each. */
function columnOf(id: string): 'order_key' | 'message_id' | undefined {
  if (orderKeyOf(id) === id) return 'order_key';
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? 'message_id' : undefined;
}

/**
 * What no index finds is looked for in so many messages, from the page on back: on SQLite nothing is acknowledged meanwhile, and
 * the sender waits 15 seconds.
 */
export const MESSAGES_LOOKED_THROUGH = 50_000;

/** The id of the oldest message that is looked through. */
async function oldestLookedThrough(queries: Queries, before: number | undefined): Promise<number> {
  const [row] = await queries.query('SELECT MAX(id) AS last FROM inbox');
  return Math.min(before ?? Number.MAX_SAFE_INTEGER, Number(row?.['last'] ?? 0) + 1) - MESSAGES_LOOKED_THROUGH;
}

/** By a whole id: an agreement with the payments on it. */
const havingWhole = (column: string): string =>
  column === 'order_key' ? `AND order_key IN (${keysOfOrder('CAST($3 AS TEXT)')})` : `AND ${column} = $3`;

const partOf = (id: string): string => `%${id.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Messages without their bodies, and what became of each at both handlers. A whole order or message id is looked up; a part of
 * an id, one that is of no order that came, and messages of a version are looked for in the newest ones.
 */
export async function listMessages(queries: Queries, filter: MessageFilter): Promise<readonly MessageLine[]> {
  const { id = '', show, before } = filter;
  if (id === '' && show !== 'v1' && show !== 'v2') return readMessages(queries, filter, '', []);
  if (id === '') return readMessages(queries, filter, 'AND id >= $3', [await oldestLookedThrough(queries, before)]);
  const column = columnOf(id);
  const whole = column === undefined ? [] : await readMessages(queries, filter, havingWhole(column), [id]);
  if (whole.length > 0) return whole;
  const anywhere = `AND (order_key LIKE $3 ESCAPE '\\' OR object_id LIKE $3 ESCAPE '\\' OR message_id LIKE $3 ESCAPE '\\')`;
  return readMessages(queries, filter, `${anywhere} AND id >= $4`, [
    partOf(id),
    await oldestLookedThrough(queries, before),
  ]);
}

async function readMessages(
  queries: Queries,
  { before = Number.MAX_SAFE_INTEGER, limit, show = 'all' }: MessageFilter,
  having: string,
  values: readonly Value[],
): Promise<readonly MessageLine[]> {
  const where = `${shown[show] ?? ''} ${having}`;
  const rows = await queries.query(
    `SELECT id, message_id, received_at, seen_count, kind, verdict, quarantine, topic_arn, settled_at, notification_type, object_type,
       object_id, order_key, is_sample, LENGTH(body) AS bytes, ${stateOf('deliver-legacy')} AS legacy,
       ${stateOf('deliver-migrated')} AS migrated
     FROM inbox WHERE id < $1 ${where} ORDER BY id DESC LIMIT $2`,
    [before, limit, ...values],
  );
  return rows.map((row) => messageLineSchema.parse(row));
}

const orderLineSchema = z.object({
  order_key: z.string(),
  messages: z.number(),
  last_received_at: z.number(),
  last_id: z.number(),
  side: z.string().nullable(),
  verdict: z.string().nullable(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** Orders by their last message, with the verdict of the last comparison. Reads back from the newest, as far as it has to. */
export async function listOrders(
  queries: Queries,
  { before, limit, id }: Page & { readonly id?: string | undefined },
): Promise<readonly OrderLine[]> {
  const values: Value[] = [before ?? Number.MAX_SAFE_INTEGER, limit];
  let having = '';
  if (id !== undefined && id !== '') {
    const isWhole = columnOf(id) === 'order_key';
    values.push(isWhole ? id : partOf(id));
    if (!isWhole) values.push(await oldestLookedThrough(queries, before));
    having = isWhole ? havingWhole('order_key') : `AND order_key LIKE $3 ESCAPE '\\' AND id >= $4`;
  }
  const rows = await queries.query(
    `WITH last AS MATERIALIZED (
       SELECT id, order_key, received_at FROM inbox WHERE id < $1 AND order_key IS NOT NULL AND ${isOfItsOrder('inbox')} ${having}
         AND NOT EXISTS (SELECT 1 FROM inbox AS later
           WHERE later.order_key = inbox.order_key AND later.id > inbox.id AND ${isOfItsOrder('later')})
       ORDER BY id DESC LIMIT $2)
     SELECT last.order_key, last.id AS last_id, last.received_at AS last_received_at,
       (SELECT COUNT(*) FROM inbox WHERE inbox.order_key = last.order_key AND ${isOfItsOrder('inbox')}) AS messages,
       (SELECT side FROM order_side WHERE order_side.order_key = last.order_key) AS side,
       (SELECT verdict FROM comparison WHERE comparison.order_key = ${orderOfKey('last.order_key')} ORDER BY id DESC LIMIT 1) AS verdict
     FROM last ORDER BY last.id DESC`,
    values,
  );
  return rows.map((row) => orderLineSchema.parse(row));
}
