/** Reads what a proxy that has ended left in its store, without any code of the proxy: what an auditor would see. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

const queries = {
  messages: 'SELECT message_id, verdict, quarantine, seen_count, body FROM inbox ORDER BY id',
  deliveries: `SELECT job.kind, job.state, job.reason, job.replay, inbox.message_id FROM job
    JOIN inbox ON inbox.id = job.inbox_id WHERE job.kind LIKE 'deliver-%' ORDER BY job.id`,
  objects: 'SELECT object_id, version, canonical FROM amazon_object_version ORDER BY object_id, version',
};

export async function readStore(store) {
  const { read, close } = store.driver === 'sqlite' ? readSqlite(store.path) : await readPostgres(store);
  const rows = {};
  for (const [name, sql] of Object.entries(queries)) rows[name] = await read(sql);
  await close();
  return {
    messages: rows.messages.map(({ message_id: id, verdict, quarantine, seen_count: seen, body }) => ({
      ...{ id, verdict, quarantine, seen: Number(seen) },
      sha256: createHash('sha256').update(body).digest('hex'),
    })),
    deliveries: rows.deliveries.map(({ message_id: id, ...rest }) => ({ id, ...rest })),
    objects: rows.objects.map(({ object_id: id, version, canonical }) => ({
      ...{ id, version: Number(version) },
      state: JSON.parse(canonical).amazonState,
    })),
  };
}

/** From a copy: opening the file itself would tidy up what a crash left. */
function readSqlite(path) {
  const { Database } = require('node-sqlite3-wasm');
  const folder = mkdtempSync(join(tmpdir(), 'read-store-'));
  const copy = join(folder, 'copy.db');
  for (const ending of ['', '-wal']) if (existsSync(path + ending)) cpSync(path + ending, copy + ending);
  const database = new Database(copy);
  // Shared memory is what this build lacks; an exclusive reader needs none.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  return {
    read: (sql) => database.all(sql),
    close() {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function readPostgres({ url, schema }) {
  const client = await connect(url);
  await client.query(`SET search_path = ${schema}`);
  return { read: async (sql) => (await client.query(sql)).rows, close: () => client.end() };
}

export async function connect(url) {
  const { Client } = require('pg');
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  await client.connect();
  return client;
}

/** Ends the connections of everyone to one of the databases, as an administrator may. */
export const endConnections = (client, { schema }) =>
  client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [schema]);
