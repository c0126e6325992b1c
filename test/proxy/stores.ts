import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { openDatabase, type StoreSettings } from '../../src/proxy/store/open-database';
import type { Database } from '../../src/proxy/store/database';

/** The stores that answer here: SQLite always, PostgreSQL where there is one (and in CI, where it must). */
export const stores = (process.env['AMAZON_PAY_TEST_STORES'] ?? 'sqlite').split(',') as readonly (
  'sqlite' | 'postgres'
)[];

export const postgresUrl = process.env['AMAZON_PAY_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/test';

export interface TestStore {
  readonly settings: StoreSettings;
  /** Opens it once more; what was opened is closed by `remove`. */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

/** A store of its own for one test: a file in a new folder, or a new schema. */
export function makeStore(driver: 'sqlite' | 'postgres'): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-store-'));
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const settings: StoreSettings =
    driver === 'sqlite'
      ? { driver, path: join(folder, 'proxy.db') }
      : { driver, url: postgresUrl, schema, connections: 4 };
  const opened: Database[] = [];
  return {
    settings,
    async open() {
      const database = await openDatabase(settings);
      opened.push(database);
      return database;
    },
    async remove() {
      for (const database of opened) await database.close();
      if (driver === 'postgres') await dropSchema(schema);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function dropSchema(schema: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
}

/** A clock that stands still until it is moved. */
export class TestClock {
  constructor(public time = Date.UTC(2026, 0, 15, 12)) {}
  now(): number {
    return this.time;
  }
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
