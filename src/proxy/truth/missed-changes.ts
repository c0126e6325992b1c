import { isUntold, type CanonicalObject } from '../compare/canonical-object';
import { orderKeyOf, orderKeyOfMessage } from '../order-key';
import { listObjects, listSweepFinds, listVersions, type FoundVersion } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { lastStateChange, wasTold } from '../store/notifications';

/**
 * Reasons of a Charge Permission that Amazon sends no message about: what the merchant did, and that a charge is under way
 * (facts: ipn.md section 3).
 */
const untoldReasons = new Set(['ChargeInProgress', 'MerchantClosed', 'MerchantCanceled']);

const hasToldReason = ({ amazonReasons }: CanonicalObject): boolean =>
  amazonReasons.some((reason) => !untoldReasons.has(reason));

/** Milliseconds. By so much the clocks of Amazon and of this machine may differ, and a message may be late. */
const CLOCKS_DIFFER = 60_000;

/**
 * Whether Amazon sends a message about such a change, so that one was missed when there is none.
 *
 * @param messageAt when its last message about the object came, by the clock of this machine; null: none came
 */
export function isTold(before: CanonicalObject, after: CanonicalObject, messageAt: number | null): boolean {
  // Amazon tells of it for the first time: what is seen now is what its message told, unless it happened later.
  if (isUntold(before))
    return after.updatedAt !== null && messageAt !== null && after.updatedAt > messageAt + CLOCKS_DIFFER;
  if (after.objectType !== 'CHARGE_PERMISSION') return true;
  // A payment method that works again is told, and that a charge ended is not: both lead to Chargeable.
  return hasToldReason(after) || (after.amazonState === 'Chargeable' && hasToldReason(before));
}

export interface MissedChange {
  readonly objectId: string;
  readonly objectType: string;
  readonly orderKey: string;
  readonly from: string;
  readonly to: string;
  /** When the sweep saw it. */
  readonly foundAt: number;
}

const nameOf = ({ amazonState, amazonReasons }: CanonicalObject): string =>
  [amazonState ?? 'unknown', ...amazonReasons].join(' ');

async function wasAnnounced(queries: Queries, found: FoundVersion): Promise<boolean> {
  const { canonical, object_id: objectId, order_key: orderKey } = found;
  const number = orderKeyOf(objectId);
  const earlier = (await listVersions(queries, objectId)).find(({ version }) => version === found.version - 1);
  const orRefund = canonical.objectType === 'CHARGE' && canonical.amazonState === found.before.amazonState;
  const orderKeys = [...new Set([orderKey, ...(number === null ? [] : [number])])];
  return wasTold(queries, { objectId, orderKeys, orRefund }, earlier?.fetched_at ?? 0);
}

/** A one-time order that was charged in full is closed by Amazon, which sends no message about it (facts: states.md). */
async function isChargedInFull(queries: Queries, { canonical, order_key: orderKey }: FoundVersion): Promise<boolean> {
  if (canonical.objectType !== 'CHARGE_PERMISSION' || !canonical.amazonReasons.includes('AmazonClosed')) return false;
  const objects = await listObjects(queries, orderKey);
  return objects.some(({ canonical: other }) => other.objectType === 'CHARGE' && other.amazonState === 'Captured');
}

/** What a sweep found changed and Amazon sent no message about, up to now: a message that comes late takes it off the list. */
export async function listMissedChanges(queries: Queries, since: number): Promise<readonly MissedChange[]> {
  const missed: MissedChange[] = [];
  for (const found of await listSweepFinds(queries, since)) {
    const { canonical, before } = found;
    const about = { objectId: found.object_id, orderKey: orderKeyOfMessage(found.object_id, found.order_key) ?? '' };
    const messageAt = isUntold(before) ? await lastStateChange(queries, about) : null;
    if (!isTold(before, canonical, messageAt) || (await isChargedInFull(queries, found))) continue;
    if (await wasAnnounced(queries, found)) continue;
    missed.push({
      objectId: found.object_id,
      objectType: canonical.objectType,
      orderKey: found.order_key,
      from: nameOf(before),
      to: nameOf(canonical),
      foundAt: found.fetched_at,
    });
  }
  return missed;
}
