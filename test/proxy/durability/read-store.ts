import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from 'node-sqlite3-wasm';
import { Client } from 'pg';
import type { StoreSettings } from '../../../src/proxy/store/settings';

export interface StoredRow {
  readonly messageId: string;
  readonly sha256: string;
}

export interface StoreContents {
  readonly messages: readonly StoredRow[];
  /** `deliver-legacy MESSAGE-ID`, one for each job. */
  readonly deliveries: readonly string[];
}

const MESSAGES = 'SELECT message_id, body FROM inbox ORDER BY id';
const DELIVERIES = `SELECT job.kind AS kind, inbox.message_id AS message_id FROM job JOIN inbox ON inbox.id = job.inbox_id
  WHERE job.kind IN ('deliver-legacy', 'deliver-migrated')`;

type Read = (sql: string) => Promise<readonly Record<string, unknown>[]>;

async function readAll(read: Read): Promise<StoreContents> {
  const messages = (await read(MESSAGES)).map(({ message_id, body }) => ({
    messageId: String(message_id),
    sha256: createHash('sha256')
      .update(body as Uint8Array)
      .digest('hex'),
  }));
  const deliveries = (await read(DELIVERIES)).map(({ kind, message_id }) => `${kind} ${message_id}`);
  return { messages, deliveries };
}

/** Reads what is in a store without any code of the proxy: what an auditor would see. */
export async function readStore(settings: StoreSettings): Promise<StoreContents> {
  return settings.driver === 'sqlite' ? readSqlite(settings.path) : readPostgres(settings);
}

/** From a copy: opening the file itself would tidy up what a crash left. */
async function readSqlite(path: string): Promise<StoreContents> {
  const folder = mkdtempSync(join(tmpdir(), 'read-store-'));
  try {
    const copy = join(folder, 'copy.db');
    for (const ending of ['', '-wal']) if (existsSync(path + ending)) cpSync(path + ending, copy + ending);
    const database = new Database(copy);
    // Shared memory is what this build lacks; an exclusive reader needs none.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const contents = await readAll((sql) => Promise.resolve(database.all(sql)));
    database.close();
    return contents;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readPostgres(settings: StoreSettings & { driver: 'postgres' }): Promise<StoreContents> {
  const client = new Client({ connectionString: settings.url });
  await client.connect();
  await client.query(`SET search_path = ${settings.schema}`);
  const contents = await readAll(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
  await client.end();
  return contents;
}
