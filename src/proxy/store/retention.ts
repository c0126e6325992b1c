import { failPoint } from '../fail-points';
import { skipLocked, type Database, type Row } from './database';
import { isAskedForAgain } from './dead-letters';
import { keepTypes } from './deleted-types';

/** A delete that takes long keeps SQLite from acknowledging; many small ones do not. */
const ROWS_AT_ONCE = 200;

/** What is deleted: deliveries and other work with their attempts, messages, comparisons. */
export type Deletable = 'work' | 'messages' | 'comparisons';
/** Hears of what was deleted: how many rows, and that they were older than a time. */
type OnDeleted = (event: { readonly what: Deletable; readonly rows: number; readonly before: number }) => void;

export interface Ages {
  readonly messagesBefore: number;
  readonly comparisonsBefore: number;
}

/** Deletes some rows that are older than a time, and returns how many: 0 when none is left. */
type DeleteSome = (database: Database, before: number) => Promise<number>;

const places = Array.from({ length: ROWS_AT_ONCE }, (_, index) => `$${index + 1}`).join(', ');

/** The last few take the statement of the many: one for each number of them would be kept. */
const idsOf = (rows: readonly Row[]): readonly number[] =>
  Array.from({ length: ROWS_AT_ONCE }, (_, index) => Number((rows[index] ?? rows[0])?.['id']));

/** A job goes together with its attempts: what is left of it would be looked at by every later delete. */
const deleteJobs: DeleteSome = (database, before) =>
  database.transaction(async (queries) => {
    const rows = await queries.query(
      `SELECT id FROM job WHERE ended_at < $1 AND (state IN ('done', 'superseded', 'expired')
         OR (state = 'dead' AND (settled_at IS NOT NULL OR ${isAskedForAgain})))
       ORDER BY ended_at, id LIMIT ${ROWS_AT_ONCE} ${skipLocked[database.dialect]}`,
      [before],
    );
    if (rows.length === 0) return 0;
    const ids = idsOf(rows);
    const attempts = await queries.query(`DELETE FROM attempt WHERE job_id IN (${places}) RETURNING job_id`, ids);
    await queries.query(`DELETE FROM job WHERE id IN (${places})`, ids);
    return attempts.length + rows.length;
  });

/** Its type is kept: what came has to have agreed, whether or not it is still there. */
const deleteMessages: DeleteSome = (database, before) =>
  database.transaction(async (queries) => {
    // No message was seen before it was received, and only that has an index.
    const rows = await queries.query(
      `SELECT id FROM inbox WHERE received_at < $1 AND last_seen_at < $1
         AND (settled_at IS NOT NULL OR (quarantine IS NULL AND verdict <> 'pending'))
         AND NOT EXISTS (SELECT 1 FROM job WHERE job.inbox_id = inbox.id)
       ORDER BY received_at LIMIT ${ROWS_AT_ONCE} ${skipLocked[database.dialect]}`,
      [before],
    );
    if (rows.length === 0) return 0;
    const ids = idsOf(rows);
    await keepTypes(queries, places, ids);
    await queries.query(`DELETE FROM inbox WHERE id IN (${places})`, ids);
    return rows.length;
  });

const deleteComparisons: DeleteSome = async (database, before) => {
  const rows = await database.query(
    `DELETE FROM comparison WHERE id IN (SELECT id FROM comparison
       WHERE closed_at < $1 AND (verdict NOT IN ('mismatch', 'both-failed') OR resolved_at IS NOT NULL)
       ORDER BY closed_at LIMIT ${ROWS_AT_ONCE}) RETURNING id`,
    [before],
  );
  return rows.length;
};

/** What is deleted, and by which time. What is open, dead or kept aside stays, however old, until a person has settled it. */
const deletions: readonly (readonly [what: Deletable, by: keyof Ages, deleteSome: DeleteSome])[] = [
  ['work', 'messagesBefore', deleteJobs],
  ['messages', 'messagesBefore', deleteMessages],
  ['comparisons', 'comparisonsBefore', deleteComparisons],
];

export interface Deletion {
  readonly ages: Ages;
  readonly isStopped: () => boolean;
  readonly onDeleted: OnDeleted;
}

/**
 * Deletes what is older than it has to be kept, a few rows at a time; between two deletions messages are acknowledged.
 * Returns how many rows went. Stops when `isStopped` says so.
 */
export async function deleteOld(database: Database, { ages, isStopped, onDeleted }: Deletion): Promise<number> {
  let deleted = 0;
  for (const [what, by, deleteSome] of deletions) {
    let gone = 0;
    try {
      for (let rows = 1; rows > 0 && !isStopped(); gone += rows) {
        rows = await deleteSome(database, ages[by]);
        failPoint('retention:deleted');
      }
    } finally {
      // Also where the next ones could not be deleted.
      if (gone > 0) onDeleted({ what, rows: gone, before: ages[by] });
    }
    deleted += gone;
  }
  return deleted;
}
