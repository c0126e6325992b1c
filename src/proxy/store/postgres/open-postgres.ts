import { Pool, types, type PoolClient } from 'pg';
import type { Database, Queries, Row, Value } from '../database';
import { StoreError, type StoreErrorCode } from '../store-error';
import { checkServer } from './self-check';

export interface PostgresSettings {
  readonly url: string;
  /** The tables' own schema, made when it is not there: a shop's tables are not touched. */
  readonly schema: string;
  readonly connections: number;
}

const INT8 = 20;
/** Ids and times are far below 2^53. */
const parsers = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** By SQLSTATE, of which the first two characters are the class. https://www.postgresql.org/docs/15/errcodes-appendix.html */
const codesByState: readonly (readonly [state: RegExp, code: StoreErrorCode])[] = [
  [/^23505$/, 'duplicate'],
  [/^40/, 'conflict'],
  // data_corrupted, index_corrupted. Any other internal error is of the server, a pooler or an extension, and damages nothing.
  [/^XX00[12]$/, 'unsafe'],
  [/^(08|53|57|58|25006|55|XX)/, 'unavailable'],
];

export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { message = String(error), code } = (error ?? {}) as { message?: string; code?: string };
  const isState = code !== undefined && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code);
  // Without a state it is the connection that failed.
  if (!isState) return new StoreError('unavailable', `PostgreSQL does not answer: ${message}.`, { cause: error });
  const found = codesByState.find(([pattern]) => pattern.test(code));
  return new StoreError(found?.[1] ?? 'refused', `PostgreSQL (${code}): ${message}.`, { cause: error });
}

const queriesOf = (client: Pick<PoolClient, 'query'>): Queries => ({
  async query(sql, values = []) {
    try {
      const { rows } = await client.query<Record<string, Value>>(sql, [...values]);
      return rows as readonly Row[];
    } catch (error) {
      throw toStoreError(error);
    }
  },
});

const MAX_CONFLICTS = 5;

class PostgresDatabase implements Database {
  readonly dialect = 'postgres';
  readonly #queries: Queries;

  constructor(
    private readonly pool: Pool,
    readonly facts: Readonly<Record<string, string>>,
  ) {
    this.#queries = queriesOf(pool);
  }

  query(sql: string, values?: readonly Value[]): Promise<readonly Row[]> {
    return this.#queries.query(sql, values);
  }

  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        // A deadlock undoes one of the two; nothing of it happened.
        if (!(error instanceof StoreError) || error.code !== 'conflict' || tries === MAX_CONFLICTS) throw error;
      }
    }
  }

  async #attempt<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw toStoreError(error);
    });
    let failure: Error | undefined;
    try {
      await queriesOf(client).query('BEGIN');
      const result = await work(queriesOf(client));
      await queriesOf(client).query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollback: Error) => (failure = rollback));
      throw error;
    } finally {
      // A connection that could not even roll back is not used again.
      client.release(failure);
    }
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}

/**
 * Opens a pool of connections that commit durably, in a schema of their own.
 * Rejects with a StoreError: `unavailable`, or `unsafe` for a server that would lose what it committed.
 */
export async function openPostgres({ url, schema, connections }: PostgresSettings): Promise<Database> {
  if (!/^[a-z_][a-z0-9_]*$/.test(schema))
    throw new StoreError('refused', `store.schema "${schema}" is no plain name: use a-z, 0-9 and _.`);
  const pool = new Pool({
    connectionString: url,
    max: connections,
    types: parsers,
    connectionTimeoutMillis: 5000,
    // A statement that hangs would keep a sender waiting past the 15 seconds that SNS waits.
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    options: `-c search_path=${schema} -c synchronous_commit=on`,
    application_name: 'amazon-pay-migrate proxy',
    keepAlive: true,
  });
  // A connection that the server ends is no reason to end the process. The pool hears of those that are idle; one that is in use
  // has to be listened to itself: its query fails, too, and that is enough.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const facts = await checkServer(queriesOf(pool));
    await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`).catch((error: unknown) => {
      // Two instances at the same time: one of them made it.
      if (toStoreError(error).code !== 'duplicate') throw error;
    });
    return new PostgresDatabase(pool, facts);
  } catch (error) {
    await pool.end();
    throw toStoreError(error);
  }
}
