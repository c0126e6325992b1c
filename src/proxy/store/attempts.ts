import { z } from 'zod';
import type { Queries } from './database';
import type { Job } from './jobs';

/** Whether the answer counts for the shop, or was asked for to compare it. */
export type Role = 'primary' | 'dry-run';

export interface AttemptResult {
  readonly status: number | null;
  /** A word of a closed list (see deliver/failure.ts); null where the handler took the message. */
  readonly failure: string | null;
  /** For people, without buyer data. */
  readonly detail: string | null;
}

const attemptSchema = z.object({
  job_id: z.number(),
  number: z.number(),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  as_what: z.string().nullable(),
  status: z.number().nullable(),
  failure: z.string().nullable(),
  detail: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** Written before anything is sent: what a crash interrupts counts, and a message that kills is dead in the end. */
export async function beginAttempt(queries: Queries, job: Job, role: Role | null, now: number): Promise<void> {
  await queries.query(
    `INSERT INTO attempt (job_id, number, started_at, as_what) VALUES ($1, $2, $3, $4)
     ON CONFLICT (job_id, number) DO UPDATE SET started_at = excluded.started_at, as_what = excluded.as_what`,
    [job.id, job.attempts, now, role],
  );
}

export async function endAttempt(queries: Queries, job: Job, result: AttemptResult, now: number): Promise<void> {
  await queries.query(
    `UPDATE attempt SET ended_at = $1, status = $2, failure = $3, detail = $4 WHERE job_id = $5 AND number = $6`,
    [now, result.status, result.failure, result.detail, job.id, job.attempts],
  );
}

/** The attempts at a job, first to last; one that has no end was interrupted. */
export async function listAttempts(queries: Queries, jobId: number): Promise<readonly Attempt[]> {
  const rows = await queries.query('SELECT * FROM attempt WHERE job_id = $1 ORDER BY number', [jobId]);
  return rows.map((row) => attemptSchema.parse(row));
}
