import { chmodSync, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Database as Connection } from 'node-sqlite3-wasm';
import { failPoint } from '../../fail-points';
import { fileErrorReason, isSystemError } from '../../file-error';
import type { Database, Queries, Row, Value } from '../database';
import { StoreError } from '../store-error';
import { ownDatabase } from './owner-file';
import { recogniseFile, recogniseTables } from './recognise-file';
import { checkContents, checkFolder, checkPragmas, syncFolder } from './self-check';
import { SerialQueue } from './serial-queue';
import { SqliteQueries, toStoreError } from './sqlite-queries';
import { countFailedSyncs } from './watch-syncs';

/** Checkpoints happen at 1,000 pages; a log that is this large means that they do not. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

const syncFailed = (file: string, cause: unknown): StoreError =>
  new StoreError(
    'unsafe',
    `The disk did not keep what was written to ${file} (fsync failed). Look at the disk, then start again.`,
    { cause },
  );

class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly #queue = new SerialQueue();
  readonly #queries: SqliteQueries;
  #isClosed = false;
  /** Why nothing may be written any more. */
  #isUnsafe: StoreError | null = null;
  readonly #failedSyncs = countFailedSyncs();

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
    return this.#queue.run(async () => {
      this.#checkUsable();
      try {
        return this.#queries.run(sql, values);
      } catch (error) {
        throw this.#judge(error);
      }
    });
  }

  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      this.#checkUsable();
      try {
        this.#queries.run('BEGIN IMMEDIATE');
        const result = await work(this.#queries);
        failPoint('sqlite-before-commit');
        this.#queries.run('COMMIT');
        return result;
      } catch (error) {
        const judged = this.#judge(error);
        if (this.#isUnsafe === null) this.#rollBack();
        throw judged;
      }
    });
  }

  #checkUsable(): void {
    if (this.#isClosed) throw new StoreError('unavailable', 'The store is closed.');
    if (this.#isUnsafe !== null) throw this.#isUnsafe;
  }

  /** What went wrong, in words of the store. After a failed fsync, or damage, it is the last that is asked of the file. */
  #judge(error: unknown): unknown {
    const isOwn = error instanceof Error && error.name !== 'SQLite3Error';
    const judged = isOwn ? error : toStoreError(error);
    if (countFailedSyncs() > this.#failedSyncs) this.#isUnsafe = syncFailed(this.file, error);
    else if (judged instanceof StoreError && judged.code === 'unsafe') this.#isUnsafe = judged;
    return this.#isUnsafe ?? judged;
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
      // Closing copies the log into the file and syncs both: not after a sync that failed.
      if (this.#isUnsafe === null) {
        this.#queries.finalize();
        this.connection.close();
      }
      this.giveBack();
      return Promise.resolve();
    });
  }
}

const readPragma = (connection: Connection, pragma: string): string =>
  String(Object.values(connection.all(`PRAGMA ${pragma}`)[0] ?? {})[0] ?? '').toLowerCase();

function setUp(connection: Connection): Readonly<Record<string, string>> {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA temp_store = MEMORY');
  const pragmas = checkPragmas((pragma) => readPragma(connection, pragma));
  // What a process left that ended at a failed fsync may be in the log, and not on the disk: here it is written once more.
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const [version] = connection.all('SELECT sqlite_version() AS version');
  return { sqlite: String(version?.['version']), ...pragmas };
}

/** Makes the file that of this process, where it may be one. Returns what gives it back. */
function takeFile(file: string): () => void {
  try {
    if (existsSync(file)) recogniseFile(file);
    checkFolder(file);
    return ownDatabase(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const said = `${file} ${fileErrorReason(error)}. Mend that, or set store.path to another file.`;
    throw new StoreError('unavailable', said, { cause: error });
  }
}

/**
 * Opens a database file, made when it is not there, so that what was committed is on the disk (one fsync a commit).
 * Throws a StoreError: `in-use`, `unsafe`, or `unavailable` where the path leads to something else.
 */
export function openSqlite(path: string): Database & Pick<SqliteDatabase, 'logSize'> {
  const file = resolve(path);
  if (!existsSync(dirname(file)))
    throw new StoreError('unavailable', `${dirname(file)} does not exist. Make it, or set store.path to another file.`);
  const giveBack = takeFile(file);
  let connection: Connection | null = null;
  const failedSyncs = countFailedSyncs();
  try {
    const isNew = !existsSync(file);
    connection = new Connection(file);
    // Locking first: with one owner there is no shared memory, and no race in which an older SQLite loses its log.
    connection.exec('PRAGMA locking_mode = EXCLUSIVE');
    if (!isNew) recogniseTables(file, connection);
    const facts = setUp(connection);
    if (!isNew) checkContents(file, connection);
    if (isNew) chmodSync(file, 0o600);
    // The log has a name of its own, which is new at every start.
    syncFolder(dirname(file));
    return new SqliteDatabase(connection, file, giveBack, facts);
  } catch (error) {
    connection?.close();
    giveBack();
    throw countFailedSyncs() > failedSyncs ? syncFailed(file, error) : toStoreError(error);
  }
}
