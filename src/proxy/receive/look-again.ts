import { readEnvelope } from '../../../transforms/sns/read-envelope';
import { SnsVerificationError } from '../../../transforms/sns/sns-error';
import type { Clock } from '../clock';
import type { Reason } from '../modes/reason';
import type { Observer } from '../observer';
import { appendAudit } from '../store/audit';
import type { Database, Queries } from '../store/database';
import { addJobs } from '../store/jobs';
import type { Arrival, PlanJobs, StoredMessage } from '../store/inbox';
import { readQuarantined, type QuarantineFilter } from '../store/quarantine';
import { checkAsideAgain, place } from '../store/unverified';
import { verifiedArrival } from './make-arrival';

/** One transaction takes no more; who has more asks again. */
const MAX_MESSAGES = 1000;

export interface LookAgainParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly planJobs: PlanJobs;
  readonly observer: Pick<Observer, 'verified'>;
}

export interface LookedAgain {
  /** They are understood now, and on their way to the handlers like any that comes. */
  readonly released: number;
  /** Their signatures are being checked once more. */
  readonly checking: number;
  /** They stay: not understood still, signed by nobody, or here already under another number. */
  readonly unchanged: number;
}

/**
 * Looks once more at messages that were kept aside, with what this version and this configuration know. A message that passes
 * takes the way that it would have taken when it came; nothing that nobody has signed does.
 */
export async function lookAgain(parts: LookAgainParts, filter: QuarantineFilter, reason: Reason): Promise<LookedAgain> {
  const { database, clock, observer } = parts;
  const { messages, released, checking } = await database.transaction(async (queries) => {
    const now = clock.now();
    const found = await readQuarantined(queries, filter, MAX_MESSAGES);
    const understood: number[] = [];
    for (const message of found) if (await release(queries, parts, message, now)) understood.push(message.id);
    const pending = found.filter(({ verdict }) => verdict === 'pending').map(({ id }) => id);
    const asked = pending.length === 0 ? 0 : await checkAsideAgain(queries, database.dialect, now, pending);
    const detail = { filter, released: understood.length, checking: asked, messages: understood.slice(0, 100) };
    if (found.length > 0)
      await appendAudit(queries, database.dialect, { at: now, action: 'look-again', detail, ...reason });
    return { messages: found.length, released: understood, checking: asked };
  });
  for (const inboxId of released) observer.verified({ inboxId, verdict: 'verified', reason: null });
  return { released: released.length, checking, unchanged: messages - released.length - checking };
}

/** A duplicate is verified too, and was delivered under its own id. */
const mayBeReleased = ({ verdict, quarantine }: StoredMessage): boolean =>
  verdict === 'verified' && quarantine !== 'duplicate';

/** Null where an administrator has changed the bytes, say: one message must not keep the others. */
function readAnew({ body, headers }: StoredMessage): Arrival | null {
  try {
    return verifiedArrival(body, headers, readEnvelope(body));
  } catch (error) {
    if (error instanceof SnsVerificationError) return null;
    throw error;
  }
}

/** False: nothing more is known of it than when it came. */
async function release(
  queries: Queries,
  { database, planJobs }: LookAgainParts,
  message: StoredMessage,
  now: number,
): Promise<boolean> {
  const arrival = mayBeReleased(message) ? readAnew(message) : null;
  if (arrival === null || arrival.quarantine !== null) return false;
  await place(queries, message.id, arrival);
  await addJobs(queries, planJobs(message.id, arrival, now), now, database.dialect);
  return true;
}
