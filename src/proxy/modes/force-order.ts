import type { Side } from '../observer';
import { appendAudit } from '../store/audit';
import { endPauses, findOrderSide, lockSides, moveOrder } from '../store/order-sides';
import type { ModeParts } from './change-mode';
import { ModeError } from './mode-error';
import { checkReason, reasonOf, type Reason } from './reason';

export interface OrderMove extends Reason {
  readonly orderKey: string;
  readonly to: Side;
}

/** Moves one order of v1 under `cutover`, where both sides may be primary. Rejects with a ModeError. */
export async function forceOrder(
  { database, clock, modes }: Pick<ModeParts, 'database' | 'clock' | 'modes'>,
  move: OrderMove,
): Promise<void> {
  checkReason(move);
  await database.transaction(async (queries) => {
    await lockSides(queries, database.dialect, 'alone');
    const order = await findOrderSide(queries, move.orderKey);
    if (order === null) throw new ModeError('unknown-order', `No message was delivered for ${move.orderKey} yet.`);
    if (order.origin === 'v2' && move.to === 'legacy')
      throw new ModeError('v2-order', `${move.orderKey} was made by v2: the legacy handler would lose its messages.`);
    const { mode } = await modes.read(queries);
    if (mode !== 'cutover')
      throw new ModeError('not-in-cutover', `Under ${mode} the side of one order cannot be chosen.`);
    const now = clock.now();
    await moveOrder(queries, { order_key: move.orderKey, side: move.to, decided_at: now, why: 'forced' });
    await endPauses(queries, order.side, { of: move.orderKey, now });
    const detail = { orderKey: move.orderKey, from: order.side, to: move.to };
    await appendAudit(queries, database.dialect, { at: now, action: 'move-order', detail, ...reasonOf(move) });
  });
}
