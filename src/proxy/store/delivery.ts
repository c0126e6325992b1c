import { z } from 'zod';
import type { Side } from '../observer';
import type { Database, Queries } from './database';
import { jobStates, type Job, type JobKind } from './jobs';

export const deliveryKinds = { legacy: 'deliver-legacy', migrated: 'deliver-migrated' } as const satisfies Readonly<
  Record<Side, JobKind>
>;

const pastSchema = z.object({
  first_at: z.number().nullable(),
  ended: z.number(),
  interrupted: z.number(),
  refused: z.number().nullable(),
  counted: z.number().nullable(),
});

/** The attempts at a job so far. */
export interface Past {
  readonly firstAt: number | null;
  /** Those that got an answer, or failed. */
  readonly ended: number;
  /** Those that were begun, and of which nothing was heard: the process ended. */
  readonly interrupted: number;
  readonly refused: number;
  /** One of them was sent as what counts; a dry run is not. */
  readonly hasCounted: boolean;
}

export async function readPast(queries: Queries, jobId: number, refusals: readonly string[]): Promise<Past> {
  const places = refusals.map((_, index) => `$${index + 2}`).join(', ');
  const [row] = await queries.query(
    `SELECT MIN(started_at) AS first_at, COUNT(ended_at) AS ended, COUNT(*) - COUNT(ended_at) AS interrupted,
       SUM(CASE WHEN failure IN (${places}) THEN 1 ELSE 0 END) AS refused,
       SUM(CASE WHEN as_what = 'primary' THEN 1 ELSE 0 END) AS counted FROM attempt WHERE job_id = $1`,
    [jobId, ...refusals],
  );
  const past = pastSchema.parse(row);
  return {
    firstAt: past.first_at,
    ended: past.ended,
    interrupted: past.interrupted,
    refused: past.refused ?? 0,
    hasCounted: (past.counted ?? 0) > 0,
  };
}

const standingSchema = z.object({
  id: z.number(),
  kind: z.enum(Object.values(deliveryKinds) as ['deliver-legacy', 'deliver-migrated']),
  state: z.enum(jobStates),
  /** What its last attempt was sent as; null where nothing was sent. */
  role: z.enum(['primary', 'dry-run']).nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

/** How all deliveries of a message stand. With `lock`, no other transaction that asks so comes between. */
export async function readStanding(
  queries: Queries,
  inboxId: number,
  lock: Database['dialect'] | null,
): Promise<readonly Standing[]> {
  if (lock === 'postgres') await queries.query('SELECT id FROM inbox WHERE id = $1 FOR UPDATE', [inboxId]);
  const rows = await queries.query(
    `SELECT id, kind, state,
       (SELECT as_what FROM attempt WHERE attempt.job_id = job.id ORDER BY number DESC LIMIT 1) AS role
     FROM job WHERE inbox_id = $1 AND kind IN ('deliver-legacy', 'deliver-migrated') ORDER BY id`,
    [inboxId],
  );
  return rows.map((row) => standingSchema.parse(row));
}

/** Makes what waits after one of these failures due now. Returns how many those are. */
export async function bringForward(
  queries: Queries,
  kind: Job['kind'],
  reasons: readonly string[],
  now: number,
): Promise<number> {
  const places = reasons.map((_, index) => `$${index + 3}`).join(', ');
  const rows = await queries.query(
    `UPDATE job SET run_at = $1 WHERE kind = $2 AND state = 'ready' AND run_at > $1 AND reason IN (${places})
     RETURNING id`,
    [now, kind, ...reasons],
  );
  return rows.length;
}
