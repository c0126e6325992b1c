import type { Queries } from '../database';
import { StoreError } from '../store-error';

/** Settings of the server without which a committed row can be gone after a crash. */
const required: readonly (readonly [setting: string, allowed: readonly string[], why: string])[] = [
  ['fsync', ['on'], 'a crash of the machine would lose acknowledged messages'],
  ['full_page_writes', ['on'], 'a crash of the machine could tear pages'],
  ['synchronous_commit', ['on', 'remote_write', 'remote_apply'], 'a commit would return before it is on the disk'],
];

async function show(queries: Queries, setting: string): Promise<string> {
  const [row] = await queries.query('SELECT current_setting($1) AS content', [setting]);
  return String(row?.['content']);
}

/** Returns version and settings of the server; throws a StoreError `unsafe` when it would lose what it committed. */
export async function checkServer(queries: Queries): Promise<Readonly<Record<string, string>>> {
  const facts: Record<string, string> = { postgres: await show(queries, 'server_version') };
  for (const [setting, allowed, why] of required) {
    const found = await show(queries, setting);
    if (!allowed.includes(found))
      throw new StoreError('unsafe', `PostgreSQL has ${setting} = ${found}: ${why}. Set it to ${allowed[0]}.`);
    facts[setting] = found;
  }
  const [row] = await queries.query('SELECT pg_is_in_recovery()::int AS standby');
  if (row?.['standby'] !== 0)
    throw new StoreError('unavailable', 'This PostgreSQL is a standby and takes no writes. Use the primary.');
  return facts;
}
