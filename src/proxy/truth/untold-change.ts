import { fingerprintOf, type CanonicalObject } from '../compare/canonical-object';
import { orderKeyOfMessage } from '../order-key';
import { findVersion, type Cause, type Saved, type StoredObject } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { lockTelling } from '../store/lock-telling';
import { wasToldAsTwin } from '../store/message-twins';
import { lastStateChange } from '../store/notifications';
import { markUntold } from '../store/untold-versions';
import { keyOfChange, offerChange } from './offer-change';
import { PATIENCE_MS } from './patience';
import { isChargedInFull, isFirstSight, isOnlyRefund, isTold, judgeTelling, type Before } from './told-changes';
import type { TruthParts } from './truth-parts';

/** What a GET found. */
export interface Found {
  readonly causedBy: Cause;
  /** What is known while it is kept; null: nothing. */
  readonly known: StoredObject | null;
  readonly object: CanonicalObject;
  readonly orderKey: string;
}

/** A change that no message may have told of. */
export interface Suspicion extends Found {
  readonly before: Before;
  /** Whether it was seen by an earlier GET, and its message was waited for since then. */
  readonly isAwaited: boolean;
  /** Whether nothing that commits meanwhile is overlooked, so that it can be offered. */
  readonly isHeld: boolean;
}

/** Of the payment, as for every message about it, and not of the agreement that it was made on. */
const messageKeyOf = ({ object, orderKey }: Found): string => orderKeyOfMessage(object.objectId, orderKey) ?? orderKey;

/**
 * Whether no message tells of a change. Of what a sweep found, one may have come while Amazon was asked; and where Amazon was
 * behind its own message, that may have gone under the key of what was found before. `awaited`: one may be on the way; `unread`:
 * one is here, of which Amazon has not said what it tells of.
 */
async function judge(
  queries: Queries,
  suspicion: Omit<Suspicion, 'isHeld'>,
): Promise<'told' | 'unread' | 'awaited' | 'found'> {
  const { causedBy, known, before, object: after, orderKey, isAwaited } = suspicion;
  if (!isTold(before?.canonical ?? null, after) || (await isChargedInFull(queries, after, orderKey))) return 'told';
  const messageKey = messageKeyOf(suspicion);
  const about = { orderKey: messageKey, objectId: after.objectId };
  const isQuiet =
    causedBy === 'sweep' && known !== null && ((await lastStateChange(queries, about)) ?? 0) <= known.fetch_started_at;
  const telling = await judgeTelling(queries, { before, after, messageKey });
  if (!isAwaited && known !== null && !isFirstSight(known.canonical)) {
    // The message that tells of a refund is about that, and not about its charge.
    if (isQuiet) return telling === 'told' && isOnlyRefund(known.canonical, after) ? 'told' : 'found';
    if (await wasToldAsTwin(queries, about, keyOfChange(about.objectId, known.version))) return 'found';
  }
  if (telling !== 'untold') return telling;
  return isQuiet && !isAwaited ? 'found' : 'awaited';
}

/** The change that is looked at: the one that was seen now, or one whose message is waited for; null: neither. */
async function changeOf(
  queries: Queries,
  { known, object }: Found,
): Promise<Pick<Suspicion, 'before' | 'isAwaited'> | null> {
  if (known === null) return { before: null, isAwaited: false };
  const before = { canonical: known.canonical, fetched_at: known.fetched_at };
  if (known.fingerprint !== fingerprintOf(object)) return { before, isAwaited: false };
  const version = await findVersion(queries, known.object_id, known.version);
  if (version?.untold !== 'awaited') return null;
  return { before: await findVersion(queries, known.object_id, known.version - 1), isAwaited: true };
}

/**
 * Returns the change when no message may have told of it, and holds what messages are about to commit until the transaction ends,
 * where it may have to be offered. Belongs in front of the first write of the transaction: a message that holds the lock may
 * wait for a row that was written, and PostgreSQL would undo one of the two.
 */
export async function holdUntold(
  { database, primaryOf }: TruthParts,
  queries: Queries,
  found: Found,
): Promise<Suspicion | null> {
  const change = await changeOf(queries, found);
  if (change === null) return null;
  const suspicion = { ...found, ...change };
  // One that waits is to be judged also where it is told by now.
  if (!change.isAwaited && (await judge(queries, suspicion)) === 'told') return null;
  // Nothing is offered to a legacy handler, so nothing need be held.
  const isHeld = (await primaryOf(queries, messageKeyOf(found))) === 'migrated';
  if (isHeld) await lockTelling(queries, database.dialect, 'alone');
  return { ...suspicion, isHeld };
}

/**
 * Marks what no message told of, and offers it to a migrated handler that counts; for a legacy one it stands in the list of
 * what was missed. Returns when to look whether its message has come; null: there is nothing to wait for.
 */
export async function settleUntold(
  { primaryOf, settings }: TruthParts,
  queries: Queries,
  suspicion: Suspicion,
  { version, seenAt }: Saved,
  now: number,
): Promise<number | null> {
  const { object, orderKey, isAwaited, isHeld } = suspicion;
  // Asked again: a message may have committed before it was held.
  const judged = await judge(queries, suspicion);
  const until = seenAt + PATIENCE_MS;
  const isFound = judged === 'found' || (judged === 'awaited' && isAwaited && now >= until);
  await markUntold(queries, object.objectId, version, judged === 'told' ? null : isFound ? 'found' : 'awaited');
  if (judged === 'told') return null;
  if (!isFound) return until > now ? until : now + PATIENCE_MS;
  const messageKey = messageKeyOf(suspicion);
  if (isHeld && (await primaryOf(queries, messageKey)) === 'migrated')
    await offerChange(queries, { object, orderKey, messageKey, version, now, merchantId: settings.merchantId ?? null });
  return null;
}
