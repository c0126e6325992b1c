import { fingerprintOf, type CanonicalObject } from '../compare/canonical-object';
import { orderKeyOfMessage } from '../order-key';
import { findVersion, type Cause, type Saved, type StoredObject } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { lockTelling } from '../store/lock-telling';
import { wasToldAsTwin } from '../store/message-twins';
import { lastStateChange } from '../store/notifications';
import { findVersionBefore, markUntold } from '../store/untold-versions';
import { keyOfChange, offerChange } from './offer-change';
import { nextReading, PATIENCE_MS } from './patience';
import {
  isChargedInFull,
  isClosedByAmazon,
  isFirstSight,
  isOnlyRefund,
  isTold,
  judgeTelling,
  type Before,
} from './told-changes';
import type { TruthParts } from './truth-parts';

/** What a GET found. */
export interface Found {
  readonly causedBy: Cause;
  /** What is known while it is kept; null: nothing. */
  readonly known: StoredObject | null;
  readonly object: CanonicalObject;
  readonly orderKey: string;
}

interface Change {
  readonly before: Before;
  /** Whether it was seen by an earlier GET, and its message was waited for since then. */
  readonly isAwaited: boolean;
}

type Judgement = 'told' | 'unread' | 'awaited' | 'found';

/** A change, and whether a message tells of it. */
export interface Judged extends Found, Change {
  readonly judged: Judgement;
  /** Whether the migrated handler counts, so that it may be offered. */
  readonly isForMigrated: boolean;
}

/** Of the payment, as for every message about it, and not of the agreement that it was made on. */
const messageKeyOf = ({ object, orderKey }: Found): string => orderKeyOfMessage(object.objectId, orderKey) ?? orderKey;

/**
 * Whether no message tells of a change. Of what a sweep found, one may have come while Amazon was asked; and where Amazon was
 * behind its own message, that may have gone under the key of what was found before. `awaited`: one may be on the way; `unread`:
 * one is here, of which Amazon has not said what it tells of.
 */
async function judge(queries: Queries, found: Found & Change): Promise<Judgement> {
  const { causedBy, known, before, object: after, orderKey, isAwaited } = found;
  if (!isTold(before?.canonical ?? null, after) || (await isChargedInFull(queries, after, orderKey))) return 'told';
  const messageKey = messageKeyOf(found);
  const about = { orderKey: messageKey, objectId: after.objectId };
  const isSilent =
    causedBy === 'sweep' && known !== null && ((await lastStateChange(queries, about)) ?? 0) <= known.fetch_started_at;
  // The charge that closed it may be known a moment later.
  const isQuiet = isSilent && !isClosedByAmazon(after);
  const telling = await judgeTelling(queries, { before, after, messageKey });
  if (!isAwaited && known !== null && !isFirstSight(known.canonical)) {
    // The message that tells of a refund is about that, and not about its charge.
    if (isQuiet) return telling !== 'untold' && isOnlyRefund(known.canonical, after) ? telling : 'found';
    if (await wasToldAsTwin(queries, about, keyOfChange(about.objectId, known.version))) return 'found';
  }
  if (telling !== 'untold') return telling;
  return isQuiet && !isAwaited ? 'found' : 'awaited';
}

/** The change that is looked at: the one that was seen now, or one whose message is waited for; null: neither. */
async function changeOf(queries: Queries, { known, object }: Found): Promise<Change | null> {
  if (known === null) return { before: null, isAwaited: false };
  const version = await findVersion(queries, known.object_id, known.version);
  // A change that comes on top is of both: what tells of the later one alone does not tell of the one that was waited for.
  if (version?.untold === 'awaited')
    return { before: await findVersionBefore(queries, known.object_id, known.version), isAwaited: true };
  if (known.fingerprint === fingerprintOf(object)) return null;
  return { before: { canonical: known.canonical, fetched_at: known.fetched_at }, isAwaited: false };
}

/**
 * Returns the change that a GET shows, when no message may have told of it or one was waited for. Where the migrated handler counts
 * messages that are about to commit, or to go under the key of a find, wait until the transaction ends; a legacy one is told of
 * no find. Belongs in front of the first write of the transaction: a message that holds the lock may wait for a row that was
 * written, and PostgreSQL would undo one of the two.
 */
export async function judgeChange(
  { database, primaryOf }: TruthParts,
  queries: Queries,
  found: Found,
): Promise<Judged | null> {
  const change = await changeOf(queries, found);
  if (change === null) return null;
  const isForMigrated = (await primaryOf(queries, messageKeyOf(found))) === 'migrated';
  if (isForMigrated) await lockTelling(queries, database.dialect, 'alone');
  const judged = await judge(queries, { ...found, ...change });
  // Of what a sweep saw the verdict is kept: retention deletes the message.
  const isKept = change.isAwaited || found.causedBy === 'sweep';
  return judged === 'told' && !isKept ? null : { ...found, ...change, judged, isForMigrated };
}

/**
 * Marks what no message told of, and offers it to a migrated handler that counts; for a legacy one it stands in the list of
 * what was missed. Returns when to look whether its message has come; null: there is nothing to wait for.
 */
export async function settleUntold(
  { settings }: TruthParts,
  queries: Queries,
  { object, orderKey, isAwaited, isForMigrated, judged, ...found }: Judged,
  { version, seenAt }: Saved,
  now: number,
): Promise<number | null> {
  const until = seenAt + PATIENCE_MS;
  const again =
    judged === 'unread' ? nextReading(seenAt, now) : !isAwaited || now < until ? Math.max(until, now + 1) : null;
  const isFound = judged === 'found' || again === null;
  await markUntold(queries, object.objectId, version, judged === 'told' ? 'told' : isFound ? 'found' : 'awaited');
  if (judged === 'told') return null;
  if (!isFound) return again;
  const messageKey = messageKeyOf({ object, orderKey, ...found });
  const offer = { object, orderKey, messageKey, version, now, merchantId: settings.merchantId ?? null };
  if (isForMigrated) await offerChange(queries, offer);
  return null;
}
