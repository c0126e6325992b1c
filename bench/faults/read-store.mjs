/** Reads what a proxy that has ended left in its store, without any code of the proxy: what an auditor would see. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyRows, openPostgres, openSqlite } from './store-access.mjs';

const queries = {
  messages: 'SELECT message_id, verdict, quarantine, seen_count, body FROM inbox ORDER BY id',
  deliveries: `SELECT job.kind, job.state, job.reason, job.replay, inbox.message_id FROM job
    JOIN inbox ON inbox.id = job.inbox_id WHERE job.kind LIKE 'deliver-%' ORDER BY job.id`,
  objects: 'SELECT object_id, version, canonical FROM amazon_object_version ORDER BY object_id, version',
  comparisons: 'SELECT order_key, verdict, signature, differences FROM comparison ORDER BY id',
};

export async function readStore(store) {
  const opened = await openToRead(store);
  const rows = {};
  for (const [name, sql] of Object.entries(queries)) rows[name] = await opened.all(sql);
  const [integrity] = store.driver === 'sqlite' ? await opened.all('PRAGMA integrity_check') : [];
  await opened.close();
  return {
    // PostgreSQL checks its pages itself.
    integrity: integrity?.integrity_check ?? 'ok',
    messages: rows.messages.map(({ message_id: id, verdict, quarantine, seen_count: seen, body }) => ({
      ...{ id, verdict, quarantine, seen: Number(seen) },
      sha256: createHash('sha256').update(body).digest('hex'),
    })),
    deliveries: rows.deliveries.map(({ message_id: id, ...rest }) => ({ id, ...rest })),
    objects: rows.objects.map(({ object_id: id, version, canonical }) => {
      const { amazonState: state, updatedAt, problem } = JSON.parse(canonical);
      return { id, version: Number(version), state, updatedAt, problem };
    }),
    comparisons: rows.comparisons.map(({ order_key: order, verdict, signature, differences }) => ({
      ...{ order, verdict, signature: signature ?? '' },
      differences: JSON.parse(differences),
    })),
  };
}

export const openToRead = (store) => (store.driver === 'sqlite' ? openCopy(store.path) : openPostgres(store));

/** Opening the file itself would tidy up what a crash left. */
function openCopy(path) {
  const folder = mkdtempSync(join(tmpdir(), 'read-store-'));
  copyFile(path, join(folder, 'copy.db'));
  const opened = openSqlite(join(folder, 'copy.db'));
  return { ...opened, close: () => opened.close().then(() => rmSync(folder, { recursive: true })) };
}

function copyFile(path, copy) {
  for (const ending of ['', '-wal']) if (existsSync(path + ending)) cpSync(path + ending, copy + ending);
}

/** Copies a store into a file of SQLite, whatever it is: as rows without types, where it is no such file. */
export async function copyStore(store, copy) {
  if (store.driver === 'sqlite') return copyFile(store.path, copy);
  const [from, to] = [await openPostgres(store), openSqlite(copy)];
  for (const table of await from.tables()) await to.run(`CREATE TABLE ${table} (${await from.columns(table)})`);
  await copyRows(from, to);
  await Promise.all([from.close(), to.close()]);
}
