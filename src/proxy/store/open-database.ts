import type { Database } from './database';
import { migrateSchema } from './migrate-schema';
import type { StoreSettings } from './settings';

export type { StoreSettings };

/** Opens the store, checks that it keeps what it acknowledges, and brings its tables up to date. Rejects with a StoreError. */
export async function openDatabase(settings: StoreSettings): Promise<Database> {
  const database = await open(settings);
  try {
    await migrateSchema(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function open(settings: StoreSettings): Promise<Database> {
  // Neither driver is loaded for the other.
  if (settings.driver === 'sqlite') return (await import('./sqlite/open-sqlite.js')).openSqlite(settings.path);
  return (await import('./postgres/open-postgres.js')).openPostgres(settings);
}
