import { z } from 'zod';
import type { Clock } from '../clock';
import { skipLocked, type Database, type Queries } from './database';
import { jobKinds, SWEEP_PRIORITY, type JobKind } from './add-jobs';
import { isStoreError } from './store-error';

export { addJob, addJobs, jobKinds, type JobKind, type NewJob } from './add-jobs';
/** `ready` and `leased` are open; every other state is an end, and a job has one. */
export const jobStates = ['ready', 'leased', 'done', 'superseded', 'dead', 'expired'] as const;
export type JobState = (typeof jobStates)[number];
export type JobEnd = Exclude<JobState, 'ready' | 'leased'>;

const jobSchema = z.object({
  id: z.number(),
  kind: z.enum(jobKinds),
  lane: z.string(),
  inbox_id: z.number().nullable(),
  /** What it is about: an object id (truth), an order key (compare), an inbox id (the others). */
  subject: z.string(),
  order_key: z.string().nullable(),
  idempotency_key: z.string().nullable(),
  state: z.enum(jobStates),
  reason: z.string().nullable(),
  priority: z.number(),
  /** How often it was begun, this time included. */
  attempts: z.number(),
  created_at: z.number(),
  run_at: z.number(),
  lease_until: z.number().nullable(),
  lease_owner: z.string().nullable(),
  fence: z.number(),
  /** `redrive`, `handover` or the id of a replay, where the message was to be delivered once more; see deliver/ownership.ts. */
  replay: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
export const readJob = (row: unknown): Job => jobSchema.parse(row);

/** Amazon does not answer, or refuses the key. What it waits for otherwise (a message that is late, an object that is new) is over by itself. */
const isRefusedByAmazon = `kind = 'truth' AND priority < ${SWEEP_PRIORITY} AND (reason LIKE 'unavailable %' OR reason = 'not-authorized')`;
/** No message has passed since it came: it is not this one alone, which anyone may have made up, that cannot be checked. */
const isNothingVerified = `kind = 'verify' AND reason = 'certificate-unavailable'
  AND created_at > COALESCE((SELECT MAX(received_at) FROM inbox WHERE verdict = 'verified'), 0)`;

/**
 * Since when open work waits: what a handler did not take at the first try, and what cannot be checked or asked for, from when it
 * came, and not from its next try. Until then its order is not compared.
 */
export const waitsSince = `CASE WHEN (kind IN ('deliver-legacy', 'deliver-migrated') AND attempts > 0)
  OR (${isRefusedByAmazon}) OR (${isNothingVerified}) THEN created_at ELSE run_at END`;

/** The job was given to someone else meanwhile: what this instance found out may not be written. */
export class StaleLeaseError extends Error {
  override readonly name = 'StaleLeaseError';
  readonly code = 'stale-lease';
}

export interface Claim {
  readonly kind: JobKind;
  readonly limit: number;
  readonly leaseMs: number;
}

/** What waits behind a job in its lane to be delivered; without what somebody has asked for once more. */
export async function listBehind(queries: Queries, { id, lane }: Pick<Job, 'id' | 'lane'>): Promise<readonly Job[]> {
  const rows = await queries.query(
    `SELECT * FROM job WHERE lane = $1 AND state = 'ready' AND id > $2 AND COALESCE(replay, 'handover') = 'handover'
     ORDER BY id`,
    [lane, id],
  );
  return rows.map(readJob);
}

/** The work that is to be done, shared by all instances of one store. */
export class JobQueue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    /** Of this instance; tells in the store who has a job. */
    private readonly owner: string,
  ) {}

  /** Takes jobs that are due and first of their lane. None twice, and no two of a lane: the index refuses that. */
  async claim({ kind, limit, leaseMs }: Claim, queries: Queries = this.database): Promise<readonly Job[]> {
    const now = this.clock.now();
    try {
      const rows = await queries.query(
        // MATERIALIZED: PostgreSQL may run a subquery of an UPDATE more than once, and would take more than `limit`.
        `WITH due AS MATERIALIZED (
           SELECT id FROM job AS first
           WHERE kind = $3 AND state = 'ready' AND run_at <= $4 AND NOT EXISTS (
             SELECT 1 FROM job AS other WHERE other.lane = first.lane AND other.state IN ('ready', 'leased')
               AND (other.id < first.id OR other.state = 'leased'))
           ORDER BY priority, run_at, id LIMIT $5 ${skipLocked[this.database.dialect]})
         UPDATE job SET state = 'leased', lease_until = $1, lease_owner = $2, fence = fence + 1, attempts = attempts + 1
         WHERE id IN (SELECT id FROM due)
         RETURNING *`,
        [now + leaseMs, this.owner, kind, now, limit],
      );
      return rows.map(readJob).sort((a, b) => a.priority - b.priority || a.id - b.id);
    } catch (error) {
      // Another instance took the lane at the same moment: its turn.
      if (isStoreError(error, 'duplicate') || isStoreError(error, 'conflict')) return [];
      throw error;
    }
  }

  /** When the next job of a kind is due, or null: how long a worker may sleep. */
  async nextDue(kind: JobKind): Promise<number | null> {
    const [row] = await this.database.query(`SELECT MIN(run_at) AS due FROM job WHERE kind = $1 AND state = 'ready'`, [
      kind,
    ]);
    const due = row?.['due'];
    return typeof due === 'number' ? due : null;
  }

  /** Keeps a lease while the work goes on. False: it is lost, and the work is another's. */
  async extend(job: Job, leaseMs: number, queries: Queries = this.database): Promise<boolean> {
    const rows = await queries.query(
      `UPDATE job SET lease_until = $1 WHERE id = $2 AND fence = $3 AND state = 'leased' RETURNING id`,
      [this.clock.now() + leaseMs, job.id, job.fence],
    );
    return rows.length === 1;
  }

  /** Ends a job, together with what else `queries` writes. Rejects with a StaleLeaseError when the lease was lost. */
  async finish(queries: Queries, job: Job, end: JobEnd, reason: string | null = null): Promise<void> {
    const rows = await queries.query(
      `UPDATE job SET state = $1, reason = $2, ended_at = $3, lease_until = NULL, lease_owner = NULL
       WHERE id = $4 AND fence = $5 AND state = 'leased' RETURNING id`,
      [end, reason, this.clock.now(), job.id, job.fence],
    );
    if (rows.length !== 1) throw new StaleLeaseError(`Job ${job.id} was taken over by another instance.`);
  }

  /** Puts a job back, to be begun again at `runAt`. Where the same was asked for again meanwhile, that one is enough. */
  async retry(queries: Queries, job: Job, runAt: number, reason: string | null): Promise<void> {
    if (await this.#isAskedForAgain(queries, job)) return this.finish(queries, job, 'superseded', reason);
    const rows = await queries.query(
      `UPDATE job SET state = 'ready', run_at = $1, reason = $2, lease_until = NULL, lease_owner = NULL
       WHERE id = $3 AND fence = $4 AND state = 'leased' RETURNING id`,
      [runAt, reason, job.id, job.fence],
    );
    if (rows.length !== 1) throw new StaleLeaseError(`Job ${job.id} was taken over by another instance.`);
  }

  async #isAskedForAgain(queries: Queries, { id, kind, subject }: Job): Promise<boolean> {
    if (kind !== 'truth' && kind !== 'compare') return false;
    const rows = await queries.query(
      `SELECT id FROM job WHERE kind = $1 AND subject = $2 AND state = 'ready' AND id <> $3`,
      [kind, subject, id],
    );
    return rows.length > 0;
  }

  /**
   * Ends a job that could not be put back, because the same was asked for in that very moment: that asking is enough. False:
   * it was not that.
   */
  async giveWay(job: Job): Promise<boolean> {
    if (!(await this.#isAskedForAgain(this.database, job))) return false;
    await this.finish(this.database, job, 'superseded', 'asked-again');
    return true;
  }

  /** Frees what an instance had that was killed, or stands still. Returns how many jobs that were. */
  async releaseExpired(): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (queries) => {
      const rows = await queries.query(
        `SELECT * FROM job WHERE state = 'leased' AND lease_until < $1 ORDER BY id LIMIT 500
         ${skipLocked[this.database.dialect]}`,
        [now],
      );
      for (const row of rows) {
        const job = readJob(row);
        await this.retry(queries, job, now, job.reason);
      }
      return rows.length;
    });
  }

  /** At its end an instance gives back what it did not finish, so that nobody waits for its leases to run out. */
  async giveBack(): Promise<number> {
    return this.#release(`lease_owner = $1`, [this.owner]);
  }

  /** At the start of the only instance of an SQLite store: nobody else can have a lease. */
  async releaseAll(): Promise<number> {
    return this.#release('TRUE', []);
  }

  async #release(which: string, values: readonly string[]): Promise<number> {
    return this.database.transaction(async (queries) => {
      const rows = await queries.query(`SELECT * FROM job WHERE state = 'leased' AND ${which} ORDER BY id`, values);
      for (const row of rows) await this.retry(queries, readJob(row), this.clock.now(), 'the process ended');
      return rows.length;
    });
  }
}
