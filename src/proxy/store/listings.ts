import { z } from 'zod';
import type { Queries, Value } from './database';

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

/** Messages without their bodies, and what became of each at both handlers. */
export async function listMessages(queries: Queries, filter: MessageFilter): Promise<readonly MessageLine[]> {
  const values: Value[] = [filter.before ?? Number.MAX_SAFE_INTEGER, filter.limit];
  let where = shown[filter.show ?? 'all'] ?? '';
  if (filter.id !== undefined && filter.id !== '') {
    values.push(`%${filter.id.replace(/[\\%_]/g, '\\$&')}%`);
    where += ` AND (order_key LIKE $3 ESCAPE '\\' OR object_id LIKE $3 ESCAPE '\\' OR message_id LIKE $3 ESCAPE '\\')`;
  }
  const rows = await queries.query(
    `SELECT id, message_id, received_at, seen_count, kind, verdict, quarantine, notification_type, object_type, object_id,
       order_key, is_sample, LENGTH(body) AS bytes, ${stateOf('deliver-legacy')} AS legacy,
       ${stateOf('deliver-migrated')} AS migrated
     FROM inbox WHERE id < $1 ${where} ORDER BY id DESC LIMIT $2`,
    values,
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
    values.push(`%${id.replace(/[\\%_]/g, '\\$&')}%`);
    having = `AND order_key LIKE $3 ESCAPE '\\'`;
  }
  const rows = await queries.query(
    `WITH last AS MATERIALIZED (
       SELECT id, order_key, received_at FROM inbox WHERE id < $1 AND order_key IS NOT NULL ${having} AND NOT EXISTS (
         SELECT 1 FROM inbox AS later WHERE later.order_key = inbox.order_key AND later.id > inbox.id)
       ORDER BY id DESC LIMIT $2)
     SELECT last.order_key, last.id AS last_id, last.received_at AS last_received_at,
       (SELECT COUNT(*) FROM inbox WHERE inbox.order_key = last.order_key) AS messages,
       (SELECT side FROM order_side WHERE order_side.order_key = last.order_key) AS side,
       (SELECT verdict FROM comparison WHERE comparison.order_key = last.order_key ORDER BY id DESC LIMIT 1) AS verdict
     FROM last ORDER BY last.id DESC`,
    values,
  );
  return rows.map((row) => orderLineSchema.parse(row));
}
