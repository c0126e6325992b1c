import { z } from 'zod';
import type { Side } from '../observer';
import { deliveryKinds } from './delivery';
import type { Queries } from './database';
import { jobStates } from './jobs';

/** Where an outcome was learned: from the handler's answer, from a state endpoint of the shop, or from its database. */
export const outcomeSources = ['answer', 'endpoint', 'query'] as const;
export type OutcomeSourceName = (typeof outcomeSources)[number];

export interface NewOutcome {
  readonly orderKey: string;
  readonly side: Side;
  readonly source: OutcomeSourceName;
  readonly sampledAt: number;
  /** What was read, as JSON. */
  readonly canonical: string;
}

/** Keeps the last sample of each source. */
export async function saveOutcome(queries: Queries, outcome: NewOutcome): Promise<void> {
  await queries.query(
    `INSERT INTO outcome (order_key, side, source, sampled_at, canonical) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (order_key, side, source) DO UPDATE SET sampled_at = excluded.sampled_at, canonical = excluded.canonical`,
    [outcome.orderKey, outcome.side, outcome.source, outcome.sampledAt, outcome.canonical],
  );
}

const places = (values: readonly unknown[], first: number): string =>
  values.map((_, index) => `$${index + first}`).join(', ');

const sampleSchema = z.object({ sampled_at: z.number(), canonical: z.string() });

/** The last sample of an order, under whichever of its keys. */
export async function findOutcome(
  queries: Queries,
  orderKeys: readonly string[],
  side: Side,
  source: OutcomeSourceName,
): Promise<z.infer<typeof sampleSchema> | null> {
  const [row] = await queries.query(
    `SELECT sampled_at, canonical FROM outcome WHERE side = $1 AND source = $2 AND order_key IN (${places(orderKeys, 3)})
     ORDER BY sampled_at DESC, order_key LIMIT 1`,
    [side, source, ...orderKeys],
  );
  return row === undefined ? null : sampleSchema.parse(row);
}

const deliverySchema = z.object({ state: z.enum(jobStates), reason: z.string().nullable() });
export type LastDelivery = z.infer<typeof deliverySchema>;

/** How the last delivery of an order to a side ended, or that it has not; null where there was none. */
export async function lastDelivery(
  queries: Queries,
  orderKeys: readonly string[],
  side: Side,
): Promise<LastDelivery | null> {
  const [row] = await queries.query(
    `SELECT state, reason FROM job WHERE kind = $1 AND order_key IN (${places(orderKeys, 2)})
     ORDER BY CASE WHEN state IN ('ready', 'leased') THEN 0 ELSE 1 END, id DESC LIMIT 1`,
    [deliveryKinds[side], ...orderKeys],
  );
  return row === undefined ? null : deliverySchema.parse(row);
}

/** Whether Amazon is still to be asked about an order because of a message. The sweep does not count. */
export async function isTruthAwaited(
  queries: Queries,
  orderKeys: readonly string[],
  sweepPriority: number,
): Promise<boolean> {
  const rows = await queries.query(
    `SELECT id FROM job WHERE kind = 'truth' AND state IN ('ready', 'leased') AND priority < $1
       AND order_key IN (${places(orderKeys, 2)}) LIMIT 1`,
    [sweepPriority, ...orderKeys],
  );
  return rows.length > 0;
}

const messageSchema = z.object({ id: z.number().nullable() });

/** The last message about an order. */
export async function lastMessageOf(queries: Queries, orderKeys: readonly string[]): Promise<number | null> {
  const [row] = await queries.query(`SELECT MAX(id) AS id FROM inbox WHERE order_key IN (${places(orderKeys, 1)})`, [
    ...orderKeys,
  ]);
  return messageSchema.parse(row).id;
}
