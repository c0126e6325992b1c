import { addAmounts, compareAmounts, subtractAmounts } from '../../../transforms/amounts';
import { isUntold, type CanonicalObject } from '../compare/canonical-object';
import { largerAmount, sumAmounts } from '../compare/outcome';
import { findVersion, type StoredVersion } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { findVersionBefore } from '../store/untold-versions';
import { listNamedRefunds, type NamedRefund } from '../store/notifications';
import { objectOfId } from './object-of-id';

/** A change of a charge that a sweep found, and the order under which messages about it are kept. */
export interface FoundOnCharge {
  readonly orderKey: string;
  readonly chargeId: string;
  readonly version: number;
}

/** Whether Amazon is still to say how a refund is. For an id of a form that opens nothing it is never asked. */
const isUnread = ({ object_id: id, canonical }: NamedRefund): boolean => canonical === null && objectOfId(id) !== null;

/** By whom a refund is told that changed its charge. */
export interface RefundTelling {
  readonly isTold: boolean;
  /** When the last message came that names a refund of the order of which Amazon has not said how it is; or null. */
  readonly unreadSince: number | null;
}

/** What has gone back since the version before, where nothing else has changed; or null. */
function growthOf(before: StoredVersion, after: StoredVersion): string | null {
  const [from, to] = [before.canonical, after.canonical];
  const isOnlyRefund =
    to.objectType === 'CHARGE' &&
    !isUntold(from) &&
    from.amazonState === to.amazonState &&
    from.captured === to.captured;
  return isOnlyRefund && compareAmounts(to.refunded, from.refunded) > 0
    ? subtractAmounts(to.refunded, from.refunded)
    : null;
}

/** Whether a refund may be in what has gone back since a time. What came to nothing is not, nor what is older. */
const isSince = ({ canonical }: NamedRefund, chargeId: string, since: number): boolean =>
  canonical !== null &&
  canonical.chargeId === chargeId &&
  canonical.state !== 'declined' &&
  (canonical.createdAt ?? 0) >= since;

/**
 * Whether messages of Amazon tell of a refund that a sweep saw on its charge: there they are with another id. The refunds that
 * they name, and that were made since the charge was seen as it was before, come to what has gone back since. Null: what has
 * changed is not, or not only, how much has gone back.
 */
export async function findRefundTelling(
  queries: Queries,
  { orderKey, chargeId, version }: FoundOnCharge,
): Promise<RefundTelling | null> {
  const [before, after] = [
    await findVersionBefore(queries, chargeId, version),
    await findVersion(queries, chargeId, version),
  ];
  const growth = before === null || after === null ? null : growthOf(before, after);
  if (before === null || growth === null) return null;
  const named = await listNamedRefunds(queries, orderKey);
  const told = named.filter((refund) => isSince(refund, chargeId, before.fetched_at));
  const unread = named.filter(isUnread).map(({ received_at: at }) => at);
  return {
    isTold: compareAmounts(sumAmounts(told.map(({ canonical }) => canonical?.refunded ?? '0')), growth) >= 0,
    unreadSince: unread.length === 0 ? null : Math.max(...unread),
  };
}

/** By so much the clocks of Amazon and of this machine may differ. */
const CLOCKS_DIFFER = 60_000;

/**
 * Whether messages tell of the refunds that a charge shows and did not show before, whatever else has changed: with those that
 * it had before any message named one, they come to what has gone back. `unread`: a message names a refund of which Amazon has
 * not said yet how much it is. `seenAt`: when the charge was seen so; a refund that was made later is of another change.
 */
export async function judgeRefunds(
  queries: Queries,
  orderKey: string,
  before: Pick<StoredVersion, 'canonical' | 'fetched_at'>,
  { objectId: chargeId, refunded }: CanonicalObject,
  seenAt = Infinity,
): Promise<'told' | 'untold' | 'unread'> {
  const named = await listNamedRefunds(queries, orderKey);
  const isSeen = ({ canonical }: NamedRefund): boolean => (canonical?.createdAt ?? 0) <= seenAt + CLOCKS_DIFFER;
  const ofCharge = named.filter((refund) => isSince(refund, chargeId, 0) && isSeen(refund));
  const sum = (refunds: readonly NamedRefund[]): string =>
    sumAmounts(refunds.map(({ canonical }) => canonical?.refunded ?? '0'));
  const seenBy = before.fetched_at + CLOCKS_DIFFER;
  const earlier = sum(ofCharge.filter(({ canonical }) => (canonical?.createdAt ?? 0) <= seenBy));
  const unnamed = largerAmount('0', subtractAmounts(before.canonical.refunded, earlier));
  if (compareAmounts(addAmounts(sum(ofCharge), unnamed), refunded) >= 0) return 'told';
  return named.some(isUnread) ? 'unread' : 'untold';
}
