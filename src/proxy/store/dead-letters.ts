import { z } from 'zod';
import type { Side } from '../observer';
import { among, together, where, type Condition } from './conditions';
import type { Queries } from './database';
import { deliveryKinds } from './delivery';
import { readJob, type Job } from './jobs';
import { ofOrder } from './order-keys';

const deadLetterSchema = z.object({
  jobId: z.number(),
  kind: z.string(),
  inboxId: z.number().nullable(),
  orderKey: z.string().nullable(),
  reason: z.string().nullable(),
  /** How often it was sent. It may have been taken up more often: while its handler was only probed. */
  attempts: z.number(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  notificationType: z.string().nullable(),
});
/** A delivery that was given up, and that nobody has asked for again since. */
export type DeadLetter = z.infer<typeof deadLetterSchema>;

export interface DeadLetterFilter {
  readonly jobIds?: readonly number[] | undefined;
  readonly side?: Side | undefined;
  /** The failure that it died of. */
  readonly reason?: string | undefined;
  readonly orderKey?: string | undefined;
  readonly notificationType?: string | undefined;
  /** Given up at or after, and before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Whether somebody asked for a delivery once more after it was given up. */
export const isAskedForAgain = `EXISTS (
  SELECT 1 FROM job AS again WHERE again.inbox_id = job.inbox_id AND again.kind = job.kind AND again.id > job.id)`;

/** Whether a job is a dead letter. One that was asked for again is none any more: its new delivery may become one. */
export const isDeadLetter = `job.state = 'dead' AND job.kind IN ('deliver-legacy', 'deliver-migrated')
  AND job.settled_at IS NULL AND NOT ${isAskedForAgain}`;

const FROM = `FROM job LEFT JOIN inbox ON inbox.id = job.inbox_id`;

const conditionsOf = (filter: DeadLetterFilter): readonly Condition[] => [
  { sql: isDeadLetter, values: [] },
  ...where('job.kind = ?', filter.side === undefined ? undefined : deliveryKinds[filter.side]),
  ...where('job.reason = ?', filter.reason),
  ...ofOrder('job.order_key', filter.orderKey),
  ...where('inbox.notification_type = ?', filter.notificationType),
  ...where('job.ended_at >= ?', filter.since),
  ...where('job.ended_at < ?', filter.until),
  ...among('job.id', filter.jobIds),
];

/** A page of dead letters, last first. */
export async function listDeadLetters(
  queries: Queries,
  filter: DeadLetterFilter,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<readonly DeadLetter[]> {
  const { sql, values } = together(conditionsOf(filter), 3);
  const rows = await queries.query(
    `SELECT job.id AS "jobId", job.kind AS "kind", job.inbox_id AS "inboxId", job.order_key AS "orderKey",
       job.reason AS "reason", (SELECT COUNT(*) FROM attempt WHERE attempt.job_id = job.id) AS "attempts", job.created_at AS "createdAt", job.ended_at AS "endedAt",
       inbox.notification_type AS "notificationType"
     ${FROM} WHERE ${sql} AND job.id < $1 ORDER BY job.id DESC LIMIT $2`,
    [before ?? Number.MAX_SAFE_INTEGER, limit, ...values],
  );
  return rows.map((row) => deadLetterSchema.parse({ ...row, attempts: Number(row['attempts']) }));
}

export async function countDeadLetters(queries: Queries, filter: DeadLetterFilter): Promise<number> {
  const { sql, values } = together(conditionsOf(filter), 1);
  const [row] = await queries.query(`SELECT COUNT(*) AS n ${FROM} WHERE ${sql}`, values);
  return Number(row?.['n']);
}

/** What nobody will deliver any more: how it ended stays. */
export async function settleJobs(queries: Queries, jobs: readonly Job[], now: number): Promise<void> {
  for (const { id } of jobs) await queries.query('UPDATE job SET settled_at = $1 WHERE id = $2', [now, id]);
}

/** The jobs themselves, in the order in which they came. */
export async function readDeadJobs(queries: Queries, filter: DeadLetterFilter, limit: number): Promise<readonly Job[]> {
  const { sql, values } = together(conditionsOf(filter), 2);
  const rows = await queries.query(`SELECT job.* ${FROM} WHERE ${sql} ORDER BY job.id LIMIT $1`, [limit, ...values]);
  return rows.map(readJob);
}
