import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StoreError } from '../store-error';

const MAGIC = 'SQLite format 3\0';
const BYTES_LOOKED_AT = 4096;

function readStart(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(BYTES_LOOKED_AT);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, BYTES_LOOKED_AT, 0));
  } finally {
    closeSync(descriptor);
  }
}

function isText(bytes: Buffer): boolean {
  if (/[\0-\x08\x0e-\x1a]/.test(bytes.toString('latin1'))) return false;
  try {
    // The end may be in the middle of a character.
    new TextDecoder('utf8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const notOurs = (what: string): StoreError =>
  new StoreError('unavailable', `${what}. Nothing in it was changed. Set store.path to a file of the proxy's own.`);

/** Throws a StoreError that says what stands at the path of the store, where that is no database of SQLite. */
export function recogniseFile(file: string): void {
  const found = statSync(file);
  if (found.isDirectory()) throw notOurs(`${file} is a directory, not a file`);
  if (!found.isFile()) throw notOurs(`${file} is no plain file`);
  // SQLite makes a database of an empty one.
  if (found.size === 0) return;
  const start = readStart(file);
  if (start.toString('latin1', 0, MAGIC.length) === MAGIC) return;
  if (isText(start)) throw notOurs(`${file} is a text file, no SQLite database`);
  throw new StoreError(
    'unsafe',
    `${file} does not begin as an SQLite database does: it is another file, or its beginning is damaged. ` +
      'If it was the store, keep a copy of it, and restore the last backup; else set store.path to another file.',
  );
}

/** What every store has, from its first version on. */
const ownTables = ['schema_version', 'inbox', 'job'];
const NAMES_SHOWN = 5;

/** Throws a StoreError for a database that somebody else has made, before anything in it is changed. */
export function recogniseTables(
  file: string,
  connection: { all(sql: string): readonly Readonly<Record<string, unknown>>[] },
): void {
  const rows = connection.all(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
  const names = rows.map(({ name }) => String(name)).sort();
  if (names.length === 0 || ownTables.every((name) => names.includes(name))) return;
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  const tables = names.slice(0, NAMES_SHOWN).join(', ');
  throw notOurs(`${file} is an SQLite database of something else (its tables: ${tables}${more})`);
}
