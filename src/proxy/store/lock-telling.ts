import type { Dialect, Queries } from './database';

/**
 * Held while a verified message gets its work, or takes the key of a find (shared); and while it is judged whether a message told
 * of a change, which is offered when none did (alone). On PostgreSQL what is about to commit is not seen: a message and the find
 * would both be delivered, under two keys, or a change neither by a message nor by a find. SQLite has one writer.
 * Take it shared before anything else in the transaction: what it waits for may wait for rows.
 */
export async function lockTelling(queries: Queries, dialect: Dialect, how: 'shared' | 'alone'): Promise<void> {
  if (dialect !== 'postgres') return;
  await queries.query(
    how === 'shared' ? 'SELECT pg_advisory_xact_lock_shared(7240315)' : 'SELECT pg_advisory_xact_lock(7240315)',
  );
}
