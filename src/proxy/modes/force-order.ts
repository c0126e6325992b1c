import type { Side } from '../observer';
import { appendAudit } from '../store/audit';
import { BY_HAND, endPauses, findOrderSide, lockSides, moveOrder } from '../store/order-sides';
import type { ModeParts } from './change-mode';
import { ModeError } from './mode-error';
import { checkReason, reasonOf, type Reason } from './reason';

export interface OrderMove extends Reason {
  readonly orderKey: string;
  readonly to: Side;
}

/**
 * Moves one order of v1 under `cutover`, where both sides may be primary, and holds it there. False: it was moved there before,
 * and nothing has changed. Rejects with a ModeError.
 */
export async function forceOrder(
  { database, clock, modes }: Pick<ModeParts, 'database' | 'clock' | 'modes'>,
  move: OrderMove,
): Promise<boolean> {
  checkReason(move);
  return database.transaction(async (queries) => {
    await lockSides(queries, database.dialect, 'alone');
    const order = await findOrderSide(queries, move.orderKey);
    if (order === null) throw new ModeError('unknown-order', `No message was delivered for ${move.orderKey} yet.`);
    if (order.origin === 'v2' && move.to === 'legacy')
      throw new ModeError('v2-order', `${move.orderKey} was made by v2: the legacy handler would lose its messages.`);
    const { mode } = await modes.read(queries);
    if (mode !== 'cutover')
      throw new ModeError('not-in-cutover', `Under ${mode} the side of one order cannot be chosen.`);
    // Those of v2 have one side in any case.
    if (order.side === move.to && (order.why === BY_HAND || order.origin === 'v2')) return false;
    const now = clock.now();
    await moveOrder(queries, { order_key: move.orderKey, side: move.to, decided_at: now, why: BY_HAND });
    await endPauses(queries, order.side, { of: move.orderKey, now });
    const detail = { orderKey: move.orderKey, from: order.side, to: move.to };
    await appendAudit(queries, database.dialect, { at: now, action: 'move-order', detail, ...reasonOf(move) });
    return true;
  });
}
