import { readEnvelope } from '../../../transforms/sns/read-envelope';
import { SnsVerificationError } from '../../../transforms/sns/sns-error';
import type { Clock } from '../clock';
import type { Reason } from '../modes/reason';
import type { Observer } from '../observer';
import { appendAudit } from '../store/audit';
import type { Database, Queries } from '../store/database';
import { addJobs } from '../store/jobs';
import { findMessage, type Arrival, type PlanJobs, type StoredMessage } from '../store/inbox';
import { lockTelling } from '../store/lock-telling';
import { countHopeless, listWorthALook, type QuarantineFilter } from '../store/quarantine';
import { checkAsideAgain, place } from '../store/unverified';
import { verifiedArrival } from './make-arrival';

/** One transaction takes no more, one after the other: what comes in meanwhile waits for it, and bodies may be large. */
const MAX_MESSAGES = 100;

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
  let sum: LookedAgain = { released: 0, checking: 0, unchanged: await countHopeless(parts.database, filter) };
  for (let after: number | null = 0; after !== null;) {
    const { looked, last }: Part = await lookAtSome(parts, { ...filter, after }, reason);
    sum = {
      released: sum.released + looked.released,
      checking: sum.checking + looked.checking,
      unchanged: sum.unchanged + looked.unchanged,
    };
    after = last;
  }
  return sum;
}

interface Part {
  readonly looked: LookedAgain;
  /** After which the next part goes on; null: there is none. */
  readonly last: number | null;
}

async function lookAtSome(parts: LookAgainParts, filter: QuarantineFilter, reason: Reason): Promise<Part> {
  const { database, clock, observer } = parts;
  const { found, released, checking } = await database.transaction(async (queries) => {
    await lockTelling(queries, database.dialect, 'shared');
    const now = clock.now();
    const messages = await listWorthALook(queries, filter, MAX_MESSAGES);
    const [verified, pending] = (['verified', 'pending'] as const).map((one) =>
      messages.filter(({ verdict }) => verdict === one).map(({ id }) => id),
    ) as [number[], number[]];
    const understood: number[] = [];
    for (const id of verified) if (await release(queries, parts, id, now)) understood.push(id);
    const asked = pending.length === 0 ? 0 : await checkAsideAgain(queries, database.dialect, now, pending);
    const detail = { filter, released: understood.length, checking: asked, messages: understood.slice(0, 100) };
    if (messages.length > 0)
      await appendAudit(queries, database.dialect, { at: now, action: 'look-again', detail, ...reason });
    return { found: messages.map(({ id }) => id), released: understood, checking: asked };
  });
  for (const inboxId of released) observer.verified({ inboxId, verdict: 'verified', reason: null });
  const unchanged = found.length - released.length - checking;
  const last = found.length < MAX_MESSAGES ? null : (found.at(-1) ?? null);
  return { looked: { released: released.length, checking, unchanged }, last };
}

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
  id: number,
  now: number,
): Promise<boolean> {
  const message = await findMessage(queries, id);
  const arrival = message === null ? null : readAnew(message);
  if (arrival === null || arrival.quarantine !== null) return false;
  await place(queries, id, arrival);
  await addJobs(queries, planJobs(id, arrival, now), now, database.dialect);
  return true;
}
