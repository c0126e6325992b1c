import type { Side } from '../observer';
import { appendAudit } from '../store/audit';
import type { Queries } from '../store/database';
import { readKeys } from '../store/order-keys';
import { BY_HAND, endPauses, findOrderSide, lockSides, moveOrder, type OrderSide } from '../store/order-sides';
import type { ModeParts } from './change-mode';
import { ModeError } from './mode-error';
import { checkReason, reasonOf, type Reason } from './reason';

export interface OrderMove extends Reason {
  readonly orderKey: string;
  readonly to: Side;
}

/** What of an order can be moved: of an agreement the legacy payments, of which the named one is one. */
async function listMovable(queries: Queries, { orderKey, to }: OrderMove): Promise<readonly OrderSide[]> {
  const sides: OrderSide[] = [];
  const { keys, orderKey: agreement } = await readKeys(queries, orderKey);
  for (const key of keys) {
    const side = await findOrderSide(queries, key);
    if (side !== null) sides.push(side);
  }
  const named = sides.find(({ order_key: key }) => key === orderKey);
  if (named === undefined && (sides.length === 0 || orderKey !== agreement))
    throw new ModeError('unknown-order', `No message was delivered for ${orderKey} yet.`);
  const ofV1 = sides.filter(({ origin }) => origin === 'v1');
  const isOfV2 = ofV1.length === 0 || (named?.origin === 'v2' && orderKey !== agreement);
  if (to === 'legacy' && isOfV2)
    throw new ModeError('v2-order', `${orderKey} was made by v2: the legacy handler would lose its messages.`);
  return ofV1;
}

/**
 * Moves one order of v1 under `cutover`, where both sides may be primary, and holds it there: of a billing agreement all legacy
 * payments, and with them those to come. False: it was moved there before, and nothing has changed. Rejects with a ModeError.
 */
export async function forceOrder(
  { database, clock, modes }: Pick<ModeParts, 'database' | 'clock' | 'modes'>,
  move: OrderMove,
): Promise<boolean> {
  checkReason(move);
  return database.transaction(async (queries) => {
    await lockSides(queries, database.dialect, 'alone');
    const movable = await listMovable(queries, move);
    const { mode } = await modes.read(queries);
    if (mode !== 'cutover')
      throw new ModeError('not-in-cutover', `Under ${mode} the side of one order cannot be chosen.`);
    const orders = movable.filter(({ side, why }) => side !== move.to || why !== BY_HAND);
    const first = orders[0];
    // Those of v2 have one side in any case.
    if (first === undefined) return false;
    const now = clock.now();
    for (const { order_key: key, side } of orders) {
      await moveOrder(queries, { order_key: key, side: move.to, decided_at: now, why: BY_HAND });
      await endPauses(queries, side, { of: key, now });
    }
    const from = (orders.find(({ order_key: key }) => key === move.orderKey) ?? first).side;
    const together = movable.length > 1 ? { orders: orders.map(({ order_key: key }) => key) } : {};
    const detail = { orderKey: move.orderKey, from, to: move.to, ...together };
    await appendAudit(queries, database.dialect, { at: now, action: 'move-order', detail, ...reasonOf(move) });
    return true;
  });
}
