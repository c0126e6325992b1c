import { z } from 'zod';
import type { Side } from '../observer';
import type { Database } from '../store/database';
import { findOutcome, lastDelivery, type LastDelivery } from '../store/outcomes';
import type { SideView } from './judge';
import { outcomeSchema } from './outcome';
import type { OutcomeSource } from './sources/outcome-source';

export interface SideOfOrder {
  readonly orderKey: string;
  /** Those of which the side gets messages; none: it gets nothing of the order. */
  readonly keys: readonly string[];
  readonly side: Side;
  readonly source: OutcomeSource | null;
}

const keptSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outcome'), outcome: outcomeSchema }),
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('unreadable'), reason: z.string() }),
]);

const isNotRun = (delivery: LastDelivery | null): boolean =>
  delivery?.state === 'superseded' && (delivery.reason?.startsWith('mode:') ?? false);

/** An answer that the delivery could not make anything of. */
const isUnreadable = (delivery: LastDelivery | null): boolean =>
  delivery?.state === 'done' && (delivery.reason === 'unreadable' || delivery.reason === 'too-large');

async function viewAnswer(
  database: Database,
  { keys, side }: SideOfOrder,
  delivery: LastDelivery | null,
): Promise<SideView> {
  if (delivery?.state === 'dead') return { kind: 'failed', reason: delivery.reason ?? 'dead' };
  if (isUnreadable(delivery)) return { kind: 'unreadable', reason: delivery?.reason ?? '' };
  const kept = await findOutcome(database, keys, side, 'answer');
  return kept === null ? { kind: 'absent' } : keptSchema.parse(JSON.parse(kept.canonical));
}

/** How a side left an order, as far as anyone can tell. */
export async function viewSide(database: Database, order: SideOfOrder): Promise<SideView> {
  if (order.keys.length === 0) return { kind: 'not-run' };
  const delivery = await lastDelivery(database, order.keys, order.side);
  if (isNotRun(delivery)) return { kind: 'not-run' };
  if (order.source === null) return viewAnswer(database, order, delivery);
  const sample = await order.source.sample(order.orderKey);
  // A handler may do its work and fail to say so: then the state of the shop counts.
  if (delivery?.state === 'dead' && sample.kind !== 'outcome')
    return { kind: 'failed', reason: delivery.reason ?? 'dead' };
  return sample;
}
