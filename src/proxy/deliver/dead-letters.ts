import type { Clock } from '../clock';
import type { Reason } from '../modes/reason';
import type { Side } from '../observer';
import { appendAudit } from '../store/audit';
import type { Database } from '../store/database';
import { countDeadLetters, readDeadJobs, type DeadLetterFilter } from '../store/dead-letters';
import { addJobs } from '../store/jobs';
import { againTo } from './ownership';

export { countDeadLetters, listDeadLetters } from '../store/dead-letters';
export type { DeadLetter, DeadLetterFilter } from '../store/dead-letters';

/** One transaction takes no more; who has more asks again. */
const MAX_REDRIVEN = 10_000;

export interface Redriven {
  readonly redriven: number;
  /** Dead letters of the filter that are left. */
  readonly left: number;
}

/**
 * Delivers dead letters again: by id, by filter, or all of them. Each gets a delivery of its own, with all its tries and under
 * the same Idempotency-Key; who gets it, and whether it counts, is decided by the mode when it is sent.
 */
export async function redrive(
  database: Database,
  clock: Clock,
  filter: DeadLetterFilter,
  reason: Reason,
): Promise<Redriven> {
  return database.transaction(async (queries) => {
    const now = clock.now();
    // Two that redrive at once: the second finds what the first has left.
    if (database.dialect === 'postgres') await queries.query('SELECT pg_advisory_xact_lock(7240314)');
    const dead = await readDeadJobs(queries, filter, MAX_REDRIVEN);
    const jobs = dead.map((job) => againTo(sideOf(job.kind), job, now, 'redrive'));
    await addJobs(queries, jobs, now, database.dialect);
    if (jobs.length > 0) {
      const detail = { filter, redriven: jobs.length };
      await appendAudit(queries, database.dialect, { at: now, action: 'redrive', detail, ...reason });
    }
    return { redriven: jobs.length, left: await countDeadLetters(queries, filter) };
  });
}

const sideOf = (kind: string): Side => (kind === 'deliver-legacy' ? 'legacy' : 'migrated');
