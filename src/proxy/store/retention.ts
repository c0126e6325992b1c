import type { Database } from './database';

/** A delete that takes long keeps SQLite from acknowledging; many small ones do not. */
const ROWS_AT_ONCE = 200;

export interface Ages {
  readonly messagesBefore: number;
  readonly comparisonsBefore: number;
}

/** What is deleted, and by which time. What is open, dead or kept aside stays, however old: a person has to look at it. */
const deletions: readonly (readonly [by: keyof Ages, sql: string])[] = [
  [
    'messagesBefore',
    `DELETE FROM attempt WHERE job_id IN (SELECT id FROM job
       WHERE state IN ('done', 'superseded', 'expired') AND ended_at < $1 LIMIT ${ROWS_AT_ONCE}) RETURNING job_id`,
  ],
  [
    'messagesBefore',
    `DELETE FROM job WHERE id IN (SELECT id FROM job
       WHERE state IN ('done', 'superseded', 'expired') AND ended_at < $1
         AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.job_id = job.id) LIMIT ${ROWS_AT_ONCE}) RETURNING id`,
  ],
  [
    'messagesBefore',
    `DELETE FROM inbox WHERE id IN (SELECT id FROM inbox
       WHERE last_seen_at < $1 AND quarantine IS NULL AND verdict <> 'pending'
         AND NOT EXISTS (SELECT 1 FROM job WHERE job.inbox_id = inbox.id) LIMIT ${ROWS_AT_ONCE}) RETURNING id`,
  ],
  [
    'comparisonsBefore',
    `DELETE FROM comparison WHERE id IN (SELECT id FROM comparison
       WHERE closed_at < $1 AND (verdict NOT IN ('mismatch', 'both-failed') OR resolved_at IS NOT NULL)
       LIMIT ${ROWS_AT_ONCE}) RETURNING id`,
  ],
];

/**
 * Deletes what is older than it has to be kept, a few rows at a time; between two deletions messages are acknowledged.
 * Returns how many rows went. Stops when `isStopped` says so.
 */
export async function deleteOld(database: Database, ages: Ages, isStopped: () => boolean): Promise<number> {
  let deleted = 0;
  for (const [by, sql] of deletions) {
    for (let rows = 1; rows > 0 && !isStopped(); deleted += rows) rows = (await database.query(sql, [ages[by]])).length;
  }
  return deleted;
}
