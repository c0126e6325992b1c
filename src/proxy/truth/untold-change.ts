import { fingerprintOf, type CanonicalObject } from '../compare/canonical-object';
import { orderKeyOfMessage } from '../order-key';
import type { Cause, StoredObject } from '../store/amazon-objects';
import type { Queries } from '../store/database';
import { lockTelling } from '../store/lock-telling';
import { wasToldAsTwin } from '../store/message-twins';
import { lastStateChange } from '../store/notifications';
import { isTold } from './missed-changes';
import { keyOfChange, offerChange } from './offer-change';
import type { TruthParts } from './truth-parts';

/** What a GET found, before it is written. */
export interface Found {
  readonly causedBy: Cause;
  /** Before. */
  readonly known: StoredObject;
  readonly object: CanonicalObject;
  readonly orderKey: string;
  /** Under which its messages are kept. */
  readonly about: { readonly objectId: string; readonly orderKey: string };
}

/** Of the payment, as for every message about it, and not of the agreement that it was made on. */
const messageKeyOf = ({ object, orderKey }: Found): string => orderKeyOfMessage(object.objectId, orderKey) ?? orderKey;

/**
 * Whether no message tells the migrated handler of a change. Of what a sweep found, one may have come while Amazon was asked;
 * and where Amazon was behind its own message, that may have gone under the key of what was found before.
 */
async function isUntoldYet(queries: Queries, found: Found): Promise<boolean> {
  const { causedBy, known, object } = found;
  if (!isTold(known.canonical, object, await lastStateChange(queries, found.about))) return false;
  const about = { orderKey: messageKeyOf(found), objectId: object.objectId };
  if (causedBy === 'sweep') return ((await lastStateChange(queries, about)) ?? 0) <= known.fetch_started_at;
  return wasToldAsTwin(queries, about, keyOfChange(about.objectId, known.version));
}

/**
 * Returns the find when it may have to be offered, and holds what messages are about to commit until the transaction ends; null:
 * nothing is to be offered. Belongs in front of the first write of the transaction: a message that holds the lock may wait for
 * a row that was written, and PostgreSQL would undo one of the two.
 */
export async function holdUntold({ database }: TruthParts, queries: Queries, found: Found): Promise<Found | null> {
  if (found.known.fingerprint === fingerprintOf(found.object) || !(await isUntoldYet(queries, found))) return null;
  await lockTelling(queries, database.dialect, 'alone');
  return found;
}

/** To a migrated handler that counts; for a legacy one it stands in the list of what was missed. */
export async function offerUntold(
  { primaryOf, settings }: TruthParts,
  queries: Queries,
  found: Found,
  version: number,
  now: number,
): Promise<void> {
  const messageKey = messageKeyOf(found);
  if ((await primaryOf(queries, messageKey)) !== 'migrated') return;
  // Asked again: a message may have committed before it was held.
  if (!(await isUntoldYet(queries, found))) return;
  const { object, orderKey } = found;
  await offerChange(queries, { object, orderKey, messageKey, version, now, merchantId: settings.merchantId ?? null });
}
