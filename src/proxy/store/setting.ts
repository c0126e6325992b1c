import type { Dialect, Queries } from './database';

/** Small things that all instances of a store have in common. */
export async function readSetting(queries: Queries, name: string): Promise<string | null> {
  const [row] = await queries.query('SELECT content FROM setting WHERE name = $1', [name]);
  return row === undefined ? null : String(row['content']);
}

export async function writeSetting(queries: Queries, name: string, content: string, now: number): Promise<void> {
  await queries.query(
    `INSERT INTO setting (name, content, changed_at) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at`,
    [name, content, now],
  );
}

/** Reads a setting that nobody else changes before this transaction ends. */
export async function lockSetting(queries: Queries, dialect: Dialect, name: string): Promise<string | null> {
  if (dialect === 'postgres') {
    // A row that is not there yet cannot be locked.
    const add = `INSERT INTO setting (name, content, changed_at) VALUES ($1, '', 0) ON CONFLICT (name) DO NOTHING`;
    await queries.query(add, [name]);
    await queries.query('SELECT name FROM setting WHERE name = $1 FOR UPDATE', [name]);
  }
  return (await readSetting(queries, name)) || null;
}

/** The contents of the settings whose names begin so. */
export async function listSettings(queries: Queries, prefix: string): Promise<readonly string[]> {
  const rows = await queries.query(
    `SELECT content FROM setting WHERE name LIKE $1 AND content <> '' ORDER BY changed_at DESC LIMIT 1000`,
    [`${prefix}%`],
  );
  return rows.map((row) => String(row['content']));
}
