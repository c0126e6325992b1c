import { fetchableId } from '../receive/classify';
import { addJobs, SWEEP_PRIORITY, type NewJob } from '../store/add-jobs';
import { nextUnasked, setAsked, type UnaskedMessage } from '../store/unasked-messages';
import type { TruthParts } from './truth-parts';

/** Messages that one transaction goes through: those that come in meanwhile wait for it. */
const BATCH = 500;

/** Behind all that messages ask for now, as far as the share of the quota goes. */
function getOf(message: UnaskedMessage, now: number): readonly NewJob[] {
  const { id, object_type: objectType, object_id: objectId, order_key: orderKey } = message;
  const subject = message.is_known === 1 ? null : fetchableId({ objectType, objectId, orderKey });
  if (subject === null) return [];
  const about = { subject, inboxId: id, ...(orderKey === null ? {} : { orderKey }) };
  return [{ kind: 'truth', lane: `truth:${subject}`, ...about, priority: SWEEP_PRIORITY, runAt: now }];
}

/**
 * Asks Amazon about the objects of some of the messages that came while there was no key. True when there are none left: what
 * comes while this instance asks makes its GET itself.
 */
export async function makeUpForUnasked({ database, clock }: Pick<TruthParts, 'database' | 'clock'>): Promise<boolean> {
  return database.transaction(async (queries) => {
    const messages = await nextUnasked(queries, BATCH);
    if (messages === null) return true;
    const now = clock.now();
    await addJobs(
      queries,
      messages.flatMap((message) => getOf(message, now)),
      now,
      database.dialect,
    );
    const isLast = messages.length < BATCH;
    await setAsked(queries, isLast ? null : (messages.at(-1)?.id ?? null), now);
    return isLast;
  });
}
