import { orderKeyOf } from '../order-key';
import type { StoredObject } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import type { KeysOfOrder } from '../store/order-keys';
import { findOrderSide } from '../store/order-sides';
import type { SideView } from './judge';
import { orderOutcome, type AmazonOutcome } from './order-outcome';
import { isSameOutcome } from './outcome';

/** What of an order the legacy handler gets. */
export interface LegacyPart {
  /** The keys of that: none where v2 made it all. */
  readonly keys: readonly string[];
  /** Those of payments that v2 made, and the migrated handler has. */
  readonly beyond: readonly string[];
}

/**
 * What the legacy handler had answered to messages of v2 before, under `observe` or `shadow`, says nothing of them: it cannot read
 * them. On an agreement that is so for each payment by itself.
 */
export async function findLegacyPart(queries: Queries, { keys }: KeysOfOrder): Promise<LegacyPart> {
  const beyond: string[] = [];
  let others = 0;
  for (const key of keys) {
    const order = await findOrderSide(queries, key);
    if (order?.origin === 'v2' && order.side === 'migrated') beyond.push(key);
    else if (order !== null) others += 1;
  }
  const isAll = beyond.length > 0 && others === 0;
  return { keys: isAll ? [] : keys.filter((key) => !beyond.includes(key)), beyond };
}

/**
 * Whether the legacy handler is right about an agreement as far as it is told of it. Its state may be that without the payments
 * that v2 made; or with them, where the shop keeps one state for both handlers, which is compared as ever.
 */
export function isRightInPart(
  legacy: SideView,
  { keys, beyond }: LegacyPart,
  objects: readonly StoredObject[],
  agreement: string,
): boolean {
  if (legacy.kind !== 'outcome' || keys.length === 0 || beyond.length === 0) return false;
  const isTold = ({ object_id: id }: StoredObject): boolean => {
    const number = orderKeyOf(id);
    return number === null || number === agreement || !beyond.includes(number);
  };
  const { outcome, problem }: AmazonOutcome = orderOutcome(objects.filter(isTold).map(({ canonical }) => canonical));
  return problem === null && isSameOutcome(legacy.outcome, outcome);
}
