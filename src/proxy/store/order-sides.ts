import { z } from 'zod';
import type { Database, Queries } from './database';
import { deliveryKinds } from './delivery';
import { SWEEP_TOPIC } from './sweep-topic';

export const orderSideSchema = z.object({
  order_key: z.string(),
  side: z.enum(['legacy', 'migrated']),
  /** The API that made it, by its first notification. */
  origin: z.enum(['v1', 'v2']),
  decided_at: z.number(),
  /** The mode under which it came to its side, or that it was moved there by hand. */
  why: z.string(),
});
export type OrderSide = z.infer<typeof orderSideSchema>;

/** Why an order is on its side: somebody moved it there alone. */
export const BY_HAND = 'forced';

/** Orders that were moved by hand, by the side that they are on now. */
export type MovedByHand = Readonly<Record<OrderSide['side'], number>>;

export async function countMovedByHand(queries: Queries): Promise<MovedByHand> {
  // A word of ours in the text: only then is the index of these few rows of use.
  const rows = await queries.query(`SELECT side, COUNT(*) AS n FROM order_side WHERE why = '${BY_HAND}' GROUP BY side`);
  const of = (side: OrderSide['side']): number => Number(rows.find((row) => row['side'] === side)?.['n'] ?? 0);
  return { legacy: of('legacy'), migrated: of('migrated') };
}

/** Orders that v2 has made and whose messages the legacy handler gets: it may answer 200 to them and lose them. */
export async function countV2AtLegacy(queries: Queries): Promise<number> {
  const [row] = await queries.query(`SELECT COUNT(*) AS n FROM order_side WHERE origin = 'v2' AND side = 'legacy'`);
  return Number(row?.['n'] ?? 0);
}

/**
 * Held while an order is given a side (shared) and while the mode is changed (alone): an order that begins in the moment of a
 * change is not left on the side of the mode before. SQLite has one writer anyway.
 */
export async function lockSides(
  queries: Queries,
  dialect: Database['dialect'],
  how: 'shared' | 'alone',
): Promise<void> {
  if (dialect !== 'postgres') return;
  await queries.query(
    how === 'shared' ? 'SELECT pg_advisory_xact_lock_shared(7240313)' : 'SELECT pg_advisory_xact_lock(7240313)',
  );
}

export async function findOrderSide(queries: Queries, orderKey: string): Promise<OrderSide | null> {
  const [row] = await queries.query('SELECT * FROM order_side WHERE order_key = $1', [orderKey]);
  return row === undefined ? null : orderSideSchema.parse(row);
}

/** Writes the side of an order that has none. Of two that do so at once the first is right. */
export async function beginOrder(queries: Queries, row: OrderSide): Promise<OrderSide> {
  await queries.query(
    `INSERT INTO order_side (order_key, side, origin, decided_at, why) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (order_key) DO NOTHING`,
    [row.order_key, row.side, row.origin, row.decided_at, row.why],
  );
  return (await findOrderSide(queries, row.order_key)) ?? row;
}

/** The version of the first notification of an order that was verified, or null. */
export async function findOrigin(queries: Queries, orderKey: string): Promise<OrderSide['origin'] | null> {
  const [row] = await queries.query(
    // Not what the proxy tells itself: that is in v2, whatever made the order.
    `SELECT kind FROM inbox WHERE order_key = $1 AND verdict = 'verified' AND kind IN ('v1', 'v2')
       AND topic_arn <> '${SWEEP_TOPIC}' ORDER BY id LIMIT 1`,
    [orderKey],
  );
  return row === undefined ? null : orderSideSchema.shape.origin.parse(row['kind']);
}

/** Moves one order. False: it is not known. */
export async function moveOrder(
  queries: Queries,
  { order_key, side, decided_at, why }: Omit<OrderSide, 'origin'>,
): Promise<boolean> {
  const rows = await queries.query(
    'UPDATE order_side SET side = $1, decided_at = $2, why = $3 WHERE order_key = $4 RETURNING order_key',
    [side, decided_at, why, order_key],
  );
  return rows.length === 1;
}

export interface OrdersOfSide {
  readonly origin: OrderSide['origin'];
  readonly from: OrderSide['side'];
}

/** Makes the deliveries to a side due that wait for another try: of one order, or of the orders of a group. */
export async function endPauses(
  queries: Queries,
  side: OrderSide['side'],
  { of, now }: { readonly of: string | OrdersOfSide; readonly now: number },
): Promise<void> {
  const waiting = `kind = $1 AND state = 'ready' AND run_at > $2`;
  const values = [deliveryKinds[side], now] as const;
  if (typeof of === 'string')
    await queries.query(`UPDATE job SET run_at = $2 WHERE ${waiting} AND order_key = $3`, [...values, of]);
  else
    await queries.query(
      `UPDATE job SET run_at = $2 WHERE ${waiting} AND (order_key IS NULL OR EXISTS (
         SELECT 1 FROM order_side WHERE order_side.order_key = job.order_key AND origin = $3 AND side = $4))`,
      [...values, of.origin, of.from],
    );
}

export async function countOrders(queries: Queries, { origin, from }: OrdersOfSide): Promise<number> {
  const [row] = await queries.query('SELECT COUNT(*) AS n FROM order_side WHERE origin = $1 AND side = $2', [
    origin,
    from,
  ]);
  return Number(row?.['n']);
}

/** Moves the orders of an origin that are on a side to the other one: all, or all but those that were moved by hand. */
export async function moveOrders(
  queries: Queries,
  { origin, from }: OrdersOfSide,
  { why, now, isSparing }: { readonly why: string; readonly now: number; readonly isSparing: boolean },
): Promise<void> {
  const spared = isSparing ? `AND why <> '${BY_HAND}'` : '';
  await queries.query(
    `UPDATE order_side SET side = $1, decided_at = $2, why = $3 WHERE origin = $4 AND side = $5 ${spared}`,
    [from === 'legacy' ? 'migrated' : 'legacy', now, why, origin, from],
  );
}
