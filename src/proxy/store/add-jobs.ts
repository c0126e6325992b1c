import type { Dialect, Queries, Value } from './database';
import { inStatements } from './insert-rows';

export const jobKinds = ['verify', 'deliver-legacy', 'deliver-migrated', 'truth', 'compare'] as const;
export type JobKind = (typeof jobKinds)[number];

/** After everything that a message has made. */
export const SWEEP_PRIORITY = 9;

export interface NewJob {
  readonly kind: JobKind;
  /** Jobs of one lane are worked off in the order in which they came, one at a time, whichever instance does it. */
  readonly lane: string;
  readonly subject: string;
  readonly inboxId?: number;
  readonly orderKey?: string;
  readonly idempotencyKey?: string;
  /** 0 is the first, SWEEP_PRIORITY the last. */
  readonly priority?: number;
  readonly runAt: number;
  /** Why a message is delivered once more; absent for the first time (see deliver/ownership.ts, replay-record.ts). */
  readonly replay?: string;
}

const isAskedForOnce = ({ kind }: NewJob): boolean => kind === 'truth' || kind === 'compare';
const priorityOf = ({ priority }: NewJob): number => priority ?? 1;

/** What is asked for several times at once is asked for once: PostgreSQL takes no row twice in one statement. */
function merge(jobs: readonly NewJob[]): readonly NewJob[] {
  const once = new Map<string, NewJob>();
  for (const job of jobs.filter(isAskedForOnce)) {
    const key = `${job.kind} ${job.subject}`;
    const other = once.get(key) ?? job;
    const priority = Math.min(priorityOf(other), priorityOf(job));
    once.set(key, { ...other, priority, runAt: Math.min(other.runAt, job.runAt) });
  }
  // In one order in every instance: two that wait for each other's rows would both be undone.
  const sorted = [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job);
  return [...jobs.filter((job) => !isAskedForOnce(job)), ...sorted];
}

const valuesOf = (job: NewJob, now: number): readonly Value[] => [
  job.kind,
  job.lane,
  job.inboxId ?? null,
  job.subject,
  job.orderKey ?? null,
  job.idempotencyKey ?? null,
  'ready',
  priorityOf(job),
  0,
  now,
  job.runAt,
  0,
  job.replay ?? null,
];

/** Adds jobs; of those that are asked for again while they wait (truth, compare) there stays one, the earlier. */
export async function addJobs(
  queries: Queries,
  jobs: readonly NewJob[],
  now: number,
  dialect: Dialect = 'sqlite',
): Promise<void> {
  await inStatements(
    merge(jobs).map((job) => valuesOf(job, now)),
    dialect,
    (rows, values) =>
      queries.query(
        `INSERT INTO job (kind, lane, inbox_id, subject, order_key, idempotency_key, state, priority, attempts,
           created_at, run_at, fence, replay)
         VALUES ${rows}
         ON CONFLICT (kind, subject) WHERE state = 'ready' AND kind IN ('truth', 'compare')
         DO UPDATE SET run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at ELSE job.run_at END,
           priority = CASE WHEN excluded.priority < job.priority THEN excluded.priority ELSE job.priority END`,
        values,
      ),
  );
}

export const addJob = (queries: Queries, job: NewJob, now: number): Promise<void> => addJobs(queries, [job], now);
