import { chmodSync, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Database as Connection, type Statement } from 'node-sqlite3-wasm';
import type { Database, Queries, Row, Value } from '../database';
import { StoreError } from '../store-error';
import { ownDatabase } from './owner-file';
import { checkFolder, checkPragmas, syncFolder } from './self-check';
import { SerialQueue } from './serial-queue';

/** Checkpoints happen at 1,000 pages; a log that is this large means that they do not. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (/UNIQUE constraint failed/.test(message)) return new StoreError('duplicate', message, options);
  if (/malformed|not a database|corrupt/i.test(message))
    return new StoreError('unsafe', `The store is damaged: ${message}.`, options);
  // A full disk reads "disk I/O error" or "database or disk is full" here.
  if (/disk|full|I\/O|read-?only|unable to open|locked|not open/i.test(message))
    return new StoreError('unavailable', `The store cannot write: ${message}.`, options);
  return new StoreError('refused', message, options);
}

function finalizeFailed(statement: Statement): void {
  try {
    statement.finalize();
  } catch {
    // The error that is known already.
  }
}

/** One connection, one statement at a time. */
class SqliteQueries implements Queries {
  readonly #statements = new Map<string, Statement>();

  constructor(private readonly connection: Connection) {}

  query(sql: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    try {
      return Promise.resolve(this.run(sql, values));
    } catch (error) {
      return Promise.reject(toStoreError(error));
    }
  }

  run(sql: string, values: readonly Value[] = []): readonly Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare(sql.replace(/\$(\d+)/g, '?$1'));
      this.#statements.set(sql, statement);
    }
    try {
      // `all` also where one row is wanted: `get` leaves the statement open, and the log grows without end.
      return statement.all(values.length === 0 ? undefined : [...values]) as readonly Row[];
    } catch (error) {
      // One that failed keeps its error, and gives it again when it is finalized.
      this.#statements.delete(sql);
      finalizeFailed(statement);
      throw error;
    }
  }

  finalize(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
  }
}

class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly #queue = new SerialQueue();
  readonly #queries: SqliteQueries;
  #isClosed = false;

  constructor(
    private readonly connection: Connection,
    private readonly file: string,
    private readonly giveBack: () => void,
    readonly facts: Readonly<Record<string, string>>,
  ) {
    this.#queries = new SqliteQueries(connection);
  }

  /** Outside a transaction too it waits its turn: between the statements of another's transaction it would belong to that. */
  query(sql: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return this.#queue.run(() => this.#queries.query(sql, values));
  }

  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      if (this.#isClosed) throw new StoreError('unavailable', 'The store is closed.');
      try {
        this.#queries.run('BEGIN IMMEDIATE');
        const result = await work(this.#queries);
        this.#queries.run('COMMIT');
        return result;
      } catch (error) {
        this.#rollBack();
        throw error instanceof Error && error.name !== 'SQLite3Error' ? error : toStoreError(error);
      }
    });
  }

  #rollBack(): void {
    try {
      // Where the disk failed SQLite has rolled back already.
      if (this.connection.inTransaction) this.#queries.run('ROLLBACK');
    } catch {
      // The error that led here is the one to tell.
    }
  }

  /** Bytes of the write-ahead log, and whether it grows as it may not. */
  logSize(): { readonly bytes: number; readonly isTooLarge: boolean } {
    const log = `${this.file}-wal`;
    const bytes = existsSync(log) ? statSync(log).size : 0;
    return { bytes, isTooLarge: bytes > MAX_LOG_BYTES };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.#queue.run(() => {
      this.#isClosed = true;
      this.#queries.finalize();
      this.connection.close();
      this.giveBack();
      return Promise.resolve();
    });
  }
}

const readPragma = (connection: Connection, pragma: string): string =>
  String(Object.values(connection.all(`PRAGMA ${pragma}`)[0] ?? {})[0] ?? '').toLowerCase();

function setUp(connection: Connection): Readonly<Record<string, string>> {
  // Locking first: with one owner there is no shared memory, and no race in which an older SQLite loses its log.
  connection.exec('PRAGMA locking_mode = EXCLUSIVE');
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA temp_store = MEMORY');
  const pragmas = checkPragmas((pragma) => readPragma(connection, pragma));
  const [version] = connection.all('SELECT sqlite_version() AS version');
  return { sqlite: String(version?.['version']), ...pragmas };
}

/**
 * Opens a database file, made when it is not there, so that what was committed is on the disk (one fsync a commit).
 * Throws a StoreError: `in-use`, `unsafe` or `unavailable`.
 */
export function openSqlite(path: string): Database & Pick<SqliteDatabase, 'logSize'> {
  const file = resolve(path);
  if (!existsSync(dirname(file)))
    throw new StoreError('unavailable', `${dirname(file)} does not exist. Make it, or set store.path to another file.`);
  checkFolder(file);
  const giveBack = ownDatabase(file);
  let connection: Connection | null = null;
  try {
    const isNew = !existsSync(file);
    connection = new Connection(file);
    const facts = setUp(connection);
    if (isNew) {
      chmodSync(file, 0o600);
      syncFolder(dirname(file));
    }
    return new SqliteDatabase(connection, file, giveBack, facts);
  } catch (error) {
    connection?.close();
    giveBack();
    throw toStoreError(error);
  }
}
