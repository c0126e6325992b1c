import { z } from 'zod';
import { isDeadLetter } from './dead-letters';
import { comparisonVerdicts } from '../compare/verdict';
import { SWEEP_PRIORITY } from './add-jobs';
import type { Queries } from './database';
import { waitsSince } from './jobs';
import { orderOfMessage } from './order-keys';
import {
  bothSides,
  coversKey,
  differs,
  incomparableRank,
  isCompared,
  isGenuine,
  numberOf,
  typeSql,
} from './evidence-words';

const count = z.coerce.number();

async function list<T extends z.ZodType>(
  queries: Queries,
  schema: T,
  sql: string,
  values: readonly number[],
): Promise<readonly z.infer<T>[]> {
  return (await queries.query(sql, values)).map((row) => schema.parse(row));
}

const typeSchema = z.object({ type: z.string(), messages: count, agreeing_orders: count });
export type TypeCoverage = z.infer<typeof typeSchema>;

/** Each type of message that came, and how many orders with one have agreed. */
export async function countTypes(queries: Queries, since: number): Promise<readonly TypeCoverage[]> {
  return list(
    queries,
    typeSchema,
    `SELECT message.type, SUM(message.messages) AS messages, SUM(message.agreeing) AS agreeing_orders FROM (
       SELECT told.type, told.order_key, COUNT(*) AS messages,
         MAX(CASE WHEN EXISTS (SELECT 1 FROM comparison WHERE comparison.order_key = told.order_key AND ${coversKey('told.own_key')}
           AND closed_at >= $1 AND closed_at >= told.received_at)
           THEN 1 ELSE 0 END) AS agreeing
       FROM (SELECT ${typeSql('inbox')} AS type, ${orderOfMessage('inbox')} AS order_key, inbox.order_key AS own_key, received_at
         FROM inbox WHERE received_at >= $1 AND ${isGenuine('inbox')}) AS told GROUP BY 1, 2) AS message
     GROUP BY message.type ORDER BY message.type`,
    [since],
  );
}

const transitionSchema = z.object({ transition: z.string(), seen: count, agreeing: count });
export type TransitionCoverage = z.infer<typeof transitionSchema>;

/** Each change of a state that was seen at Amazon, and after how many of them the sides agreed. */
export async function countTransitions(queries: Queries, since: number): Promise<readonly TransitionCoverage[]> {
  return list(
    queries,
    transitionSchema,
    `SELECT step.transition, COUNT(*) AS seen, SUM(step.agreeing) AS agreeing FROM (
       SELECT version.transition, CASE WHEN EXISTS (SELECT 1 FROM comparison
         WHERE comparison.order_key = object.order_key AND ${coversKey(numberOf('version.object_id'))}
           AND closed_at >= version.fetched_at) THEN 1 ELSE 0 END AS agreeing
       FROM amazon_object_version AS version JOIN amazon_object AS object ON object.object_id = version.object_id
       WHERE version.fetched_at >= $1 AND version.transition IS NOT NULL) AS step
     GROUP BY step.transition ORDER BY step.transition`,
    [since],
  );
}

const verdictSchema = z.object({ verdict: z.enum(comparisonVerdicts), both_sides: count, one_side: count });
export type VerdictCount = z.infer<typeof verdictSchema>;

export async function countVerdicts(queries: Queries, since: number): Promise<readonly VerdictCount[]> {
  return list(
    queries,
    verdictSchema,
    `SELECT verdict, SUM(CASE WHEN ${bothSides} THEN 1 ELSE 0 END) AS both_sides,
       SUM(CASE WHEN ${bothSides} THEN 0 ELSE 1 END) AS one_side
     FROM comparison WHERE closed_at >= $1 GROUP BY verdict ORDER BY verdict`,
    [since],
  );
}

const orderSchema = z.object({ seen: count, compared: count, differing: count, incomparable: count });
export type OrderCount = z.infer<typeof orderSchema>;

/**
 * Orders, not comparisons: one order that is compared ten times is one piece of evidence. An order that has once differed
 * counts as differing, whatever came later, and whoever has settled it, also one that only the migrated handler has. `incomparable`: never compared from both sides; one of
 * v2, of which only the migrated handler can tell, never with Amazon.
 */
export async function countOrders(queries: Queries, since: number): Promise<OrderCount> {
  const rows = await list(
    queries,
    orderSchema,
    `SELECT COUNT(*) AS seen, COALESCE(SUM(compared), 0) AS compared, COALESCE(SUM(differing), 0) AS differing,
       COALESCE(SUM(CASE WHEN compared = 0 AND differing = 0 AND incomparable = 1 THEN 1 ELSE 0 END), 0) AS incomparable
     FROM (SELECT order_key,
         MAX(CASE WHEN ${isCompared} THEN 1 ELSE 0 END) AS compared,
         MAX(CASE WHEN ${differs} THEN 1 ELSE 0 END) AS differing,
         ${incomparableRank} AS incomparable
       FROM comparison WHERE closed_at >= $1 GROUP BY order_key) AS orders`,
    [since],
  );
  return rows[0] ?? { seen: 0, compared: 0, differing: 0, incomparable: 0 };
}

/** Facts: managing-v1-objects.md. P and B are live, S and C are of the sandbox. */
const isSandbox = `substr(order_key, 1, 1) IN ('S', 'C') AND substr(order_key, 4, 1) = '-'`;

/** Of the orders that were compared: those of the sandbox. */
export async function countSandboxOrders(queries: Queries, since: number): Promise<number> {
  const [row] = await list(
    queries,
    z.object({ orders: count }),
    `SELECT COUNT(DISTINCT order_key) AS orders FROM comparison
     WHERE ${isCompared} AND closed_at >= $1 AND ${isSandbox}`,
    [since],
  );
  return row?.orders ?? 0;
}

/** Whether one of the sandbox is among them: found, or not, by a few reads of the key. */
export async function hasSandboxOrders(queries: Queries): Promise<boolean> {
  const among = (from: string, to: string): string =>
    `EXISTS (SELECT 1 FROM order_standing WHERE order_key >= '${from}' AND order_key < '${to}' AND ${isSandbox} AND compared = 1)`;
  const [row] = await queries.query(
    `SELECT CASE WHEN ${among('S0', 'SA')} OR ${among('C0', 'CA')} THEN 1 ELSE 0 END AS found`,
    [],
  );
  return Number(row?.['found']) === 1;
}

const waitingSchema = z.object({ dead: count, oldest: z.coerce.number().nullable() });

/** Deliveries that nobody has, and since when the oldest work waits, between two tries as well; the sweep is not in it. */
export async function readWaiting(queries: Queries, now: number): Promise<z.infer<typeof waitingSchema>> {
  const [row] = await list(
    queries,
    waitingSchema,
    `SELECT (SELECT COUNT(*) FROM job WHERE ${isDeadLetter}) AS dead,
       (SELECT MIN(${waitsSince}) FROM job WHERE state IN ('ready', 'leased') AND ${waitsSince} <= $1
         AND priority < ${SWEEP_PRIORITY}) AS oldest`,
    [now],
  );
  return row ?? { dead: 0, oldest: null };
}

/** In how many orders each rule has expected a difference, also a rule that stands in no configuration any more. */
export async function countExcusedOrders(queries: Queries, since: number): Promise<ReadonlyMap<string, number>> {
  const rows = await list(
    queries,
    z.object({ rule_id: z.string() }),
    `SELECT DISTINCT rule_id FROM comparison WHERE verdict = 'expected' AND rule_id IS NOT NULL AND closed_at >= $1`,
    [since],
  );
  const together = rows.map(({ rule_id: ids }) => ids);
  const excused = new Map<string, number>();
  for (const id of [...new Set(together.flatMap((ids) => ids.split(',')))].sort()) {
    const withIt = together.filter((ids) => ids.split(',').includes(id));
    const [row] = await queries.query(
      `SELECT COUNT(DISTINCT order_key) AS orders FROM comparison
       WHERE verdict = 'expected' AND closed_at >= $1 AND rule_id IN (${withIt.map((_, place) => `$${place + 2}`)})`,
      [since, ...withIt],
    );
    excused.set(id, Number(row?.['orders']));
  }
  return excused;
}

/** How often each rule has expected a difference. */
export async function countRules(queries: Queries, since: number): Promise<ReadonlyMap<string, number>> {
  const rows = await list(
    queries,
    z.object({ rule_id: z.string(), uses: count }),
    `SELECT rule_id, COUNT(*) AS uses FROM comparison WHERE rule_id IS NOT NULL AND closed_at >= $1 GROUP BY rule_id`,
    [since],
  );
  const uses = new Map<string, number>();
  for (const { rule_id: ids, uses: times } of rows)
    for (const id of ids.split(',')) uses.set(id, (uses.get(id) ?? 0) + times);
  return uses;
}
