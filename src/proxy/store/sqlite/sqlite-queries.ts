import type { Database as Connection, Statement } from 'node-sqlite3-wasm';
import type { Queries, Row, Value } from '../database';
import { StoreError } from '../store-error';

/** What the driver threw, as what it means. */
export function toStoreError(error: unknown): StoreError {
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
export class SqliteQueries implements Queries {
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
