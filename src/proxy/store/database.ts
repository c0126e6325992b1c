/** What is stored and read: amounts are text, times are milliseconds since 1970, yes and no are 1 and 0. */
export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;

export type Dialect = 'sqlite' | 'postgres';

export interface Queries {
  /** Runs one statement; parameters are `$1`, `$2` in both dialects. Rejects with a StoreError. */
  query(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
}

/** Either store. SQLite runs one transaction after the other; PostgreSQL as many as it has connections. */
export interface Database extends Queries {
  readonly dialect: Dialect;
  /**
   * Commits what `work` did, durably, before it resolves; undoes it when `work` throws. `work` waits for nothing but its
   * queries: everyone else may be waiting for it.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** What the self-check at the start found out: versions and guarantees, for people. */
  readonly facts: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Added to a query that picks rows to work on: instances do not wait for one another's rows. */
export const skipLocked: Readonly<Record<Dialect, string>> = { sqlite: '', postgres: 'FOR UPDATE SKIP LOCKED' };
