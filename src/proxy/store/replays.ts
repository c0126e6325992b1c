import type { Side } from '../observer';
import { among, together, where, type Condition } from './conditions';
import type { Queries } from './database';
import { deliveryKinds } from './delivery';
import { readMessage, type StoredMessage } from './inbox';
import { ofOrder } from './order-keys';

/** Which of the messages that were forwarded: all that is given must fit. */
export interface ForwardedFilter {
  readonly inboxIds?: readonly number[] | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly notificationType?: string | undefined;
  readonly orderKey?: string | undefined;
}

/** Only what was verified and understood was ever forwarded, and is again. */
function conditionsOf(filter: ForwardedFilter): readonly Condition[] {
  const { inboxIds, since, until, notificationType, orderKey } = filter;
  return [
    { sql: `verdict = 'verified' AND quarantine IS NULL AND kind IN ('v1', 'v2')`, values: [] },
    ...among('id', inboxIds),
    ...where('received_at >= ?', since),
    ...where('received_at < ?', until),
    ...where('notification_type = ?', notificationType),
    ...ofOrder('inbox.order_key', orderKey),
  ];
}

export interface ForwardedGroup {
  readonly kind: 'v1' | 'v2';
  readonly notificationType: string | null;
  /** The side that the order is on, and the API that made it; null where it is on none. */
  readonly side: Side | null;
  readonly origin: 'v1' | 'v2' | null;
  readonly messages: number;
  /** Of those, the ones that each handler can get again: it had them once, and no delivery of them waits. */
  readonly again: Readonly<Record<Side, number>>;
  readonly lastId: number;
}

/** How many messages a side can get again; what waits for it comes in any case. */
const againSql = (side: Side): string => {
  const deliveries = `SELECT 1 FROM job WHERE job.inbox_id = inbox.id AND job.kind = '${deliveryKinds[side]}'`;
  return `SUM(CASE WHEN EXISTS (${deliveries}) AND NOT EXISTS (${deliveries} AND job.state IN ('ready', 'leased'))
    THEN 1 ELSE 0 END) AS ${side}`;
};

/** Counts the messages of a filter, by what decides who gets them. */
export async function countForwarded(queries: Queries, filter: ForwardedFilter): Promise<readonly ForwardedGroup[]> {
  const { sql, values } = together(conditionsOf(filter), 1);
  const rows = await queries.query(
    `SELECT kind, notification_type, order_side.side AS side, order_side.origin AS origin, COUNT(*) AS messages,
       ${againSql('legacy')}, ${againSql('migrated')}, MAX(id) AS last_id
     FROM inbox LEFT JOIN order_side ON order_side.order_key = inbox.order_key
     WHERE ${sql} GROUP BY kind, notification_type, order_side.side, order_side.origin
     ORDER BY kind, notification_type`,
    values,
  );
  return rows.map((row) => ({
    kind: row['kind'] as 'v1' | 'v2',
    notificationType: row['notification_type'] as string | null,
    side: row['side'] as Side | null,
    origin: row['origin'] as 'v1' | 'v2' | null,
    messages: Number(row['messages']),
    again: { legacy: Number(row['legacy']), migrated: Number(row['migrated']) },
    lastId: Number(row['last_id']),
  }));
}

/** The next messages of a filter behind one, up to the last of the plan, in the order in which they came. */
export async function nextForwarded(
  queries: Queries,
  filter: ForwardedFilter,
  { after, last, limit }: { readonly after: number; readonly last: number; readonly limit: number },
): Promise<readonly StoredMessage[]> {
  const { sql, values } = together(conditionsOf(filter), 4);
  const rows = await queries.query(`SELECT * FROM inbox WHERE id > $1 AND id <= $2 AND ${sql} ORDER BY id LIMIT $3`, [
    after,
    last,
    limit,
    ...values,
  ]);
  return rows.map(readMessage);
}

export interface FirstDelivery {
  readonly lane: string;
  readonly idempotencyKey: string | null;
  readonly isOpen: boolean;
}

/** The first delivery of a message to a side, whose lane and key all others share; null where there was none. */
export async function findFirstDelivery(queries: Queries, inboxId: number, side: Side): Promise<FirstDelivery | null> {
  const rows = await queries.query(
    'SELECT lane, idempotency_key, state FROM job WHERE inbox_id = $1 AND kind = $2 ORDER BY id',
    [inboxId, deliveryKinds[side]],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const isOpen = rows.some(({ state }) => state === 'ready' || state === 'leased');
  const key = first['idempotency_key'];
  return { lane: String(first['lane']), idempotencyKey: typeof key === 'string' ? key : null, isOpen };
}
