import type { Database, Queries } from './database';

interface Waiting {
  run(queries: Queries): Promise<void>;
  settle(error?: unknown): void;
}

const MAX_GROUP = 64;

/**
 * Transactions of many workers. On SQLite those that wait for the disk share the next commit, each in a savepoint of its own:
 * one that fails undoes nothing but itself. PostgreSQL commits them side by side.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(private readonly database: Database) {}

  /** Commits what `work` did, durably, before it resolves; undoes it when `work` throws. */
  run<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    if (this.database.dialect === 'postgres') return this.database.transaction(work);
    return new Promise<T>((resolve, reject) => {
      let end: () => void = () => undefined;
      this.#waiting.push({
        run: (queries) =>
          inSavepoint(queries, work).then(
            (result) => void (end = () => resolve(result)),
            (error: unknown) => void (end = () => reject(error)),
          ),
        settle: (error) => (error === undefined ? end() : reject(error)),
      });
      if (!this.#isRunning) {
        this.#isRunning = true;
        // A moment later: what else ends in this turn of the event loop comes along.
        setImmediate(() => void this.#commitAll());
      }
    });
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, MAX_GROUP);
      try {
        await this.database.transaction(async (queries) => {
          for (const one of group) await one.run(queries);
        });
        group.forEach((one) => one.settle());
      } catch (error) {
        group.forEach((one) => one.settle(error));
      }
    }
    this.#isRunning = false;
  }
}

async function inSavepoint<T>(queries: Queries, work: (queries: Queries) => Promise<T>): Promise<T> {
  await queries.query('SAVEPOINT one');
  try {
    const result = await work(queries);
    await queries.query('RELEASE one');
    return result;
  } catch (error) {
    await queries.query('ROLLBACK TO one');
    await queries.query('RELEASE one');
    throw error;
  }
}
