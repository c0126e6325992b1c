/** Makes of a store what an earlier version of the program would have made, with all that is in it. */
import { renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openToRead } from './read-store.mjs';
import { copyRows, openPostgres, openSqlite, openStore } from './store-access.mjs';

const require = createRequire(import.meta.url);
const { schemaSteps } = require('../../dist/src/proxy/store/schema.js');

/** The steps of the schema are the proxy's own: another schema is not what was released. */
async function makeTables(store, driver) {
  const all = schemaSteps(driver);
  // Before the step that is the longest: it goes over everything that is stored.
  const steps = all.slice(
    0,
    all.findIndex((step) => step.some((sql) => sql.startsWith('CREATE TABLE tally'))),
  );
  await store.run('CREATE TABLE schema_version (version INTEGER PRIMARY KEY)');
  for (const sql of steps.flat()) await store.run(sql);
  return steps.length;
}

async function fill(older, newer, driver) {
  const version = await makeTables(older, driver);
  await copyRows(newer, older);
  await older.run(`DELETE FROM schema_version WHERE version > ${version}`);
  await Promise.all([older.close(), newer.close()]);
  return version;
}

/** Returns its version. */
export async function makeOlder({ driver, path, url, schema }) {
  if (driver === 'sqlite') {
    renameSync(path, `${path}.newer`);
    const version = await fill(openSqlite(path), openSqlite(`${path}.newer`), driver);
    rmSync(`${path}.newer`);
    return version;
  }
  const newer = `${schema}_newer`;
  const client = await openPostgres({ url, schema });
  await client.run(`ALTER SCHEMA ${schema} RENAME TO ${newer}`);
  await client.run(`CREATE SCHEMA ${schema}`);
  const version = await fill(await openPostgres({ url, schema }), await openPostgres({ url, schema: newer }), driver);
  await client.run(`DROP SCHEMA ${newer} CASCADE`);
  await client.close();
  return version;
}

/** How many statements bring a store of that version up to date. */
export const statementsAfter = (driver, version) => schemaSteps(driver).slice(version).flat().length;

/**
 * How each of the newest steps is undone, by what stands in it. What only changes rows, and changes none twice, or puts a
 * trigger in its own place needs nothing.
 */
const undone = [
  ['CREATE TABLE deleted_type', ['DROP TABLE deleted_type']],
  ['UPDATE job SET lane', []],
  ['ADD COLUMN problem', ['DROP INDEX amazon_object_problem', 'ALTER TABLE amazon_object DROP COLUMN problem']],
  ['CREATE INDEX order_side_apart', ['DROP INDEX order_side_apart']],
  ['stand_comparison_insert', []],
  ['CREATE INDEX job_begun_again', ['DROP INDEX IF EXISTS job_begun_again']],
  ['CREATE INDEX job_begun_once_more', ['DROP INDEX job_begun_once_more']],
  [
    'ADD COLUMN untold',
    ['DROP INDEX amazon_object_version_untold', 'ALTER TABLE amazon_object_version DROP COLUMN untold'],
  ],
];

/** Takes the newest steps away again, from that one on which makes the table, and returns its version and how many statements those are. */
export async function undoNewest(store, table) {
  const all = schemaSteps(store.driver);
  const first = all.findIndex((step) => step.some((sql) => sql.includes(`CREATE TABLE ${table}`)));
  const opened = await openStore(store);
  try {
    for (const step of all.slice(first)) {
      const [, statements] = undone.find(([word]) => step.some((sql) => sql.includes(word))) ?? [];
      if (statements === undefined) throw new Error(`Nobody has said how this step is undone: ${step[0]}`);
      for (const sql of statements) await opened.run(sql);
    }
    await opened.run(`DELETE FROM schema_version WHERE version > ${first}`);
  } finally {
    await opened.close();
  }
  return { version: first, statements: all.slice(first).flat().length };
}

export async function versionOf(store) {
  const opened = await openToRead(store);
  const [{ version }] = await opened.all('SELECT MAX(version) AS version FROM schema_version');
  await opened.close();
  return Number(version);
}
