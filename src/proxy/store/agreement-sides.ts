import { orderKeyOf } from '../order-key';
import { SWEEP_PRIORITY } from './add-jobs';
import type { Database, Queries } from './database';
import { keysOfOrder, orderOfKey } from './order-keys';
import { findOrderSide, lockSides, orderSideSchema, type OrderSide } from './order-sides';

/*
 * The payments on a billing agreement have numbers of their own, which v1 messages name alone (facts: api-mapping.md, ID shapes);
 * which agreement that is GET tells. A merchant has one subscription, so that its legacy payments go to one handler.
 * Those that v2 made are told in v2 only, which no legacy handler reads: they go by their own origin (modes/roles.ts).
 */

/** Why a payment is on its side: it was there before Amazon told of its agreement, whose other payments are on the other side. */
export const APART = 'apart';

/**
 * The side that an agreement is on: its own, or that of its last legacy payment. Where legacy payments are on it they decide;
 * null where nothing of it is known. `except`: a payment that is not asked.
 */
export async function findAgreementSide(
  queries: Queries,
  agreement: string,
  except: string | null = null,
): Promise<OrderSide | null> {
  const [row] = await queries.query(
    `SELECT * FROM order_side WHERE order_key IN (${keysOfOrder('CAST($1 AS TEXT)')})
       AND order_key <> CAST($2 AS TEXT) AND (origin = 'v1' OR order_key = CAST($1 AS TEXT))
     ORDER BY CASE WHEN origin = 'v1' THEN 0 ELSE 1 END, CASE WHEN order_key = CAST($1 AS TEXT) THEN 0 ELSE 1 END,
       CASE WHEN why = '${APART}' THEN 1 ELSE 0 END, decided_at DESC, order_key LIMIT 1`,
    [agreement, except ?? ''],
  );
  return row === undefined ? null : orderSideSchema.parse(row);
}

/**
 * Amazon has told which agreement a payment was made on. A payment that is on a side stays there, whole; where the others are on
 * the other side it is marked, for whoever looks.
 */
export async function joinAgreement(
  queries: Queries,
  dialect: Database['dialect'],
  { number, agreement }: { readonly number: string; readonly agreement: string },
): Promise<void> {
  const before = await findOrderSide(queries, number);
  if (before === null || before.origin !== 'v1' || before.why === APART) return;
  // A change of mode moves both, or neither.
  await lockSides(queries, dialect, 'shared');
  const payment = (await findOrderSide(queries, number)) ?? before;
  const others = await findAgreementSide(queries, agreement, number);
  if (others?.origin !== 'v1' || others.side === payment.side) return;
  await queries.query(
    `UPDATE order_side SET why = '${APART}' WHERE order_key = $1 AND side = $2 AND why LIKE 'mode:%'`,
    [number, payment.side],
  );
}

/** Payments that are at another handler than the other legacy payments of their agreement. */
export async function countApart(queries: Queries): Promise<number> {
  // A word of ours in the text: only then is the index of these few rows of use.
  const [row] = await queries.query(
    `SELECT COUNT(*) AS n FROM order_side AS payment WHERE payment.why = '${APART}' AND EXISTS (
       SELECT 1 FROM order_side AS sibling WHERE sibling.order_key IN (${keysOfOrder(orderOfKey('payment.order_key'))})
         AND sibling.origin = 'v1' AND sibling.side <> payment.side)`,
  );
  return Number(row?.['n'] ?? 0);
}

/** Whether Amazon is being asked about a payment, and has not told yet which agreement it was made on, if any. */
export async function isAgreementAwaited(queries: Queries, number: string): Promise<boolean> {
  const [row] = await queries.query(
    `SELECT 1 FROM job WHERE order_key = $1 AND kind = 'truth' AND state IN ('ready', 'leased')
       AND priority < ${SWEEP_PRIORITY} AND NOT EXISTS (SELECT 1 FROM amazon_object AS told
         WHERE told.object_id >= $2 AND told.object_id < $3 AND told.object_type = 'CHARGE' AND told.problem IS NULL) LIMIT 1`,
    [number, `${number}-`, `${number}.`],
  );
  return row !== undefined;
}

/** Whether a message is about a payment, and not about what it is made on: only then may that be an agreement. */
export const isOfPayment = (objectId: string | null): boolean =>
  objectId !== null && orderKeyOf(objectId) !== null && orderKeyOf(objectId) !== objectId;
