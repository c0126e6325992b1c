import type { Dialect, Queries } from './database';

/**
 * Held while a verified message gets its work (shared), and while a change is offered that no message told (alone). On PostgreSQL a
 * message that is about to commit is not seen: it and the find would both be delivered, under two keys. SQLite has one writer.
 * Take it shared before anything else in the transaction: what it waits for may wait for rows.
 */
export async function lockTelling(queries: Queries, dialect: Dialect, how: 'shared' | 'alone'): Promise<void> {
  if (dialect !== 'postgres') return;
  await queries.query(
    how === 'shared' ? 'SELECT pg_advisory_xact_lock_shared(7240315)' : 'SELECT pg_advisory_xact_lock(7240315)',
  );
}
