import type { CanonicalObject } from '../compare/canonical-object';
import { orderKeyOf, orderKeyOfMessage } from '../order-key';
import { listVersions } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { listTellings, wasTold } from '../store/notifications';
import { listFound, markUntold, type FoundVersion } from '../store/untold-versions';
import { isChargedInFull, isFirstSight, isTold, judgeTelling, said, type Later } from './told-changes';

export interface MissedChange {
  readonly objectId: string;
  readonly objectType: string;
  readonly orderKey: string;
  readonly from: string;
  readonly to: string;
  /** When a GET saw it. */
  readonly foundAt: number;
}

const nameOf = ({ amazonState, amazonReasons }: CanonicalObject): string =>
  [amazonState ?? 'unknown', ...amazonReasons].join(' ');

/** Whether any message came since the object was seen as it was before. */
async function wasAnnounced(queries: Queries, found: FoundVersion): Promise<boolean> {
  const { canonical, before, object_id: objectId, order_key: orderKey } = found;
  const number = orderKeyOf(objectId);
  const orRefund = canonical.objectType === 'CHARGE' && canonical.amazonState === before?.amazonState;
  const orderKeys = [...new Set([orderKey, ...(number === null ? [] : [number])])];
  return wasTold(queries, { objectId, orderKeys, orRefund }, found.before_at ?? 0);
}

/** What was seen of the object after a change. How much has gone back is told by messages about refunds. */
async function laterThan(queries: Queries, found: FoundVersion): Promise<Later> {
  const later = (await listVersions(queries, found.object_id)).find(
    ({ version, canonical }) => version > found.version && said(canonical) !== said(found.canonical),
  );
  const changedAt = later === undefined ? null : (later.canonical.updatedAt ?? later.fetched_at);
  return { seenAt: found.fetched_at, changedAt };
}

async function wasMissed(queries: Queries, found: FoundVersion): Promise<boolean> {
  const { canonical: after, before, before_at: beforeAt, object_id: objectId, order_key: orderKey } = found;
  if (!isTold(before, after) || (await isChargedInFull(queries, after, orderKey))) return false;
  const messageKey = orderKeyOfMessage(objectId, orderKey) ?? orderKey;
  const isFirst = isFirstSight(before);
  // Of what a sweep saw without any message in between, none can have told.
  if (found.caused_by === 'sweep' && !isFirst && !(await wasAnnounced(queries, found))) return true;
  if (found.untold !== 'found' && !isFirst) return false;
  // Retention deletes messages, and not what was missed.
  const isMarked = found.untold === 'found';
  if (isMarked && (await listTellings(queries, messageKey, { objectId })).length === 0) return true;
  const known = before === null ? null : { canonical: before, fetched_at: beforeAt ?? 0 };
  const later = await laterThan(queries, found);
  // What was found while a message was still being read was found without it.
  return (await judgeTelling(queries, { before: known, after, messageKey, later })) !== 'told';
}

/**
 * Keeps of changes of an object that were missed that a message tells of them by now: retention deletes it. Belongs behind an
 * answer of Amazon that is not older than the message, or that might tell of what Amazon does not show yet.
 */
export async function keepTold(queries: Queries, objectId: string): Promise<void> {
  for (const found of await listFound(queries, { objectId }))
    if (found.untold === 'found' && !(await wasMissed(queries, found)))
      await markUntold(queries, objectId, found.version, 'told');
}

/** What a GET found changed and Amazon sent no message about, up to now: a message that comes late takes it off the list. */
export async function listMissedChanges(queries: Queries, since: number): Promise<readonly MissedChange[]> {
  const missed: MissedChange[] = [];
  for (const found of await listFound(queries, { since })) {
    if (!(await wasMissed(queries, found))) continue;
    const { canonical, before } = found;
    missed.push({
      objectId: found.object_id,
      objectType: canonical.objectType,
      orderKey: found.order_key,
      from: before === null ? 'unknown' : nameOf(before),
      to: nameOf(canonical),
      foundAt: found.fetched_at,
    });
  }
  return missed;
}
