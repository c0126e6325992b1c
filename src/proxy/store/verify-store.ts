import type { Database, Row } from './database';

/** Whether the store holds together below the messages: pages, indexes and rows. */
export interface StoreCheck {
  /** False where it was not looked at; `said` says why. */
  readonly isChecked: boolean;
  /** What was looked at, by whom, or why not. */
  readonly said: string;
  readonly broken: readonly string[];
}

const MB = 1024 * 1024;
/**
 * While SQLite goes over its file nothing is acknowledged, and SNS waits 15 seconds: this much took 5 on a busy machine of two
 * cores. What is answered too late comes again.
 */
export const MAX_CHECKED_BYTES = 256 * MB;
const MAX_BROKEN = 20;

const valueOf = (row: Row | undefined): string => String(Object.values(row ?? {})[0]);
const numberOf = async (database: Database, pragma: string): Promise<number> =>
  Number(valueOf((await database.query(`PRAGMA ${pragma}`))[0]));

async function verifySqlite(database: Database, maxBytes: number): Promise<StoreCheck> {
  const bytes = (await numberOf(database, 'page_count')) * (await numberOf(database, 'page_size'));
  const size = `${Math.ceil(bytes / MB)} MB`;
  if (bytes > maxBytes)
    return {
      isChecked: false,
      said: `the file has ${size}, and while it is gone over nothing is acknowledged: --full does it all the same`,
      broken: [],
    };
  const rows = (await database.query(`PRAGMA integrity_check(${MAX_BROKEN})`)).map(valueOf);
  return {
    isChecked: true,
    said: `the whole file, ${size}, by PRAGMA integrity_check`,
    broken: rows.filter((text) => text !== 'ok').map((text) => text.slice(0, 300)),
  };
}

/** The server looks at each page that it reads; from here nothing more can be asked of it than whether it does. */
async function verifyPostgres(database: Database): Promise<StoreCheck> {
  const checksums = valueOf((await database.query('SHOW data_checksums'))[0]);
  const said =
    checksums === 'on'
      ? 'PostgreSQL compares the checksum of every page that it reads (data_checksums on); indexes: pg_amcheck'
      : 'PostgreSQL keeps no checksums of pages (data_checksums off): only pg_amcheck would find damage on the disk';
  return { isChecked: checksums === 'on', said, broken: [] };
}

/** Looks at the store itself. `isFull`: however long that takes. */
export const verifyStore = (
  database: Database,
  { isFull, maxBytes = MAX_CHECKED_BYTES }: { readonly isFull: boolean; readonly maxBytes?: number },
): Promise<StoreCheck> =>
  database.dialect === 'sqlite'
    ? verifySqlite(database, isFull ? Number.MAX_SAFE_INTEGER : maxBytes)
    : verifyPostgres(database);
