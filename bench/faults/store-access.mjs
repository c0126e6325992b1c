/** An SQL prompt at the store of a proxy that has ended, without any code of the proxy; what an administrator has. */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const INT8 = 20;

export async function connect(url) {
  const { Client, types } = require('pg');
  // Ids and times are far below 2^53.
  const getTypeParser = (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format));
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000, types: { getTypeParser } });
  await client.connect();
  return client;
}

/** Ends the connections of everyone to one of the databases, as an administrator may. */
export const endConnections = (client, { schema }) =>
  client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [schema]);

export const openStore = ({ driver, path, ...store }) => (driver === 'sqlite' ? openSqlite(path) : openPostgres(store));

export function openSqlite(path) {
  const { Database } = require('node-sqlite3-wasm');
  const database = new Database(path);
  // Shared memory is what this build lacks; an exclusive user needs none.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const tables = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;
  return {
    all: async (sql) => database.all(sql),
    run: async (sql) => database.exec(sql),
    tables: async () => database.all(tables).map(({ name }) => name),
    columns: async (table) => database.all(`PRAGMA table_info(${table})`).map(({ name }) => name),
    async insert(table, columns, rows) {
      const statement = database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
      for (const row of rows) statement.run(columns.map((column) => row[column]));
      statement.finalize();
    },
    close: async () => database.close(),
  };
}

export async function openPostgres({ url, schema }) {
  const client = await connect(url);
  await client.query(`SET search_path = ${schema}`);
  const names = async (what, where, values) =>
    (
      await client.query(
        `SELECT ${what} AS name FROM information_schema.columns WHERE table_schema = $1${where} ORDER BY ordinal_position`,
        [schema, ...values],
      )
    ).rows.map(({ name }) => name);
  return {
    all: async (sql) => (await client.query(sql)).rows,
    run: (sql) => client.query(sql),
    tables: async () => [...new Set(await names('table_name', '', []))],
    columns: (table) => names('column_name', ' AND table_name = $2', [table]),
    async insert(table, columns, rows) {
      const places = columns.map((_, index) => `$${index + 1}`);
      for (const row of rows)
        await client.query(
          `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE VALUES (${places})`,
          columns.map((column) => row[column]),
        );
      if (rows.length === 0 || !columns.includes('id')) return;
      const last = `(SELECT MAX(id) FROM ${table})`;
      await client.query(`SELECT setval(pg_get_serial_sequence('${schema}.${table}', 'id'), ${last})`);
    },
    close: () => client.end(),
  };
}

/** Copies the rows of the tables that both have, as far as both have their columns. */
export async function copyRows(from, to) {
  for (const table of await to.tables()) {
    const known = await from.columns(table);
    const columns = (await to.columns(table)).filter((column) => known.includes(column));
    await to.insert(table, columns, await from.all(`SELECT ${columns} FROM ${table}`));
  }
}

export async function removeStore({ driver, path, url, schema }) {
  if (driver === 'sqlite') for (const ending of ['', '-wal', '.owner']) rmSync(path + ending, { force: true });
  else {
    const client = await connect(url);
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.end();
  }
}
