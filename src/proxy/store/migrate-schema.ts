import { failPoint } from '../fail-points';
import type { Database, Queries } from './database';
import { lockTelling } from './lock-telling';
import { schemaSteps } from './schema';
import { StoreError } from './store-error';

async function readVersion(queries: Queries): Promise<number> {
  await queries.query('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)');
  const [row] = await queries.query('SELECT MAX(version) AS version FROM schema_version');
  return Number(row?.['version'] ?? 0);
}

/** Brings the tables up to this version of the program, in one transaction. Refuses a store that a newer one has made. */
export async function migrateSchema(database: Database): Promise<void> {
  const steps = schemaSteps(database.dialect);
  await database.transaction(async (queries) => {
    // Two instances that start at once: the second waits here, and finds it done.
    if (database.dialect === 'postgres') await queries.query('SELECT pg_advisory_xact_lock(7240311)');
    // A step may go over everything that is stored, which takes longer than a query may otherwise.
    if (database.dialect === 'postgres') await queries.query('SET LOCAL statement_timeout = 0');
    const version = await readVersion(queries);
    if (version > steps.length)
      throw new StoreError(
        'newer',
        `The store has schema ${version}, and this amazon-pay-migrate knows ${steps.length}: a newer version has used it. Install that ` +
          `version again, or a later one (it knows schema ${version}); nothing is damaged, and nothing was changed.`,
      );
    // What an older one that still runs is about to commit is carried over; what it begins later it finds out to be refused.
    if (version > 0 && version < steps.length) await lockTelling(queries, database.dialect, 'alone');
    for (const [index, statements] of steps.entries()) {
      if (index < version) continue;
      for (const sql of statements) {
        await queries.query(sql);
        failPoint('migrate:statement');
      }
      await queries.query('INSERT INTO schema_version (version) VALUES ($1)', [index + 1]);
    }
  });
}
