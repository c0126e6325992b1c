import type { Pool } from 'pg';
import { readOutcome, type StateNames } from '../read-outcome';
import type { OutcomeSource, Sample } from './outcome-source';

export interface QuerySourceSettings {
  /** `postgres://` of the shop's database; a user that can only read is enough. */
  readonly url: string;
  /** One SELECT with the key of the order as `$1`; its columns are the fields of the outcome. */
  readonly sql: string;
  readonly timeoutMs: number;
  readonly states: StateNames;
}

/** What is wrong with a query or its user most often: appendix A of PostgreSQL's documentation. */
const meanings: Readonly<Record<string, string>> = {
  '0A000': 'not possible in a query that only reads',
  '25006': 'not possible in a query that only reads',
  '28P01': 'the password is refused',
  '3D000': 'no such database',
  '42501': 'the user may not read it',
  '42601': 'a syntax error',
  '42703': 'no such column',
  '42883': 'no such function or operator for these types',
  '42P01': 'no such table',
  '57014': 'no answer in time',
};

/** The code of PostgreSQL, and not its message: that may quote a row. */
function reasonOf(code: unknown): string {
  if (typeof code !== 'string' || !/^\w{1,20}$/.test(code)) return 'no connection';
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  return meaning === undefined ? code : `${code}, ${meaning}`;
}

/** A query in the shop's database, in a transaction that cannot write. */
export class QuerySource implements OutcomeSource {
  readonly name = 'query';
  #pool: Pool | null = null;

  constructor(private readonly settings: QuerySourceSettings) {}

  async #open(): Promise<Pool> {
    const { Pool } = (await import('pg')).default;
    const { url, timeoutMs } = this.settings;
    const pool = new Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      // Where the server itself hangs.
      query_timeout: timeoutMs * 2,
      application_name: 'amazon-pay-migrate proxy (reads outcomes)',
    });
    pool.on('error', () => undefined);
    return pool;
  }

  async sample(orderKey: string): Promise<Sample> {
    try {
      return await this.#read(orderKey);
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf((error as { code?: unknown }).code) };
    }
  }

  async #read(orderKey: string): Promise<Sample> {
    this.#pool ??= await this.#open();
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      await client.query('BEGIN READ ONLY');
      // Two rows are enough to know that it is not one.
      const sql = `SELECT * FROM (${this.settings.sql}) AS outcome LIMIT 2`;
      const { rows } = await client.query<Record<string, unknown>>(sql, [orderKey]);
      await client.query('ROLLBACK');
      const [row] = rows;
      if (row === undefined) return { kind: 'absent' };
      if (rows.length > 1) return { kind: 'unreadable', reason: 'the query finds more than one row' };
      return readOutcome(row, this.settings.states);
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }
}
