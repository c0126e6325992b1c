import { systemClock, type Clock } from '../clock';
import { createElapsed } from './elapsed';
import type { Database } from './database';

/** A clock that was set is followed so far each time, which is less than any lease. */
const MAX_STEP_MS = 10_000;
/** What two instances of one after the other may differ by, and nobody has set a clock. */
const SLACK_MS = 1000;

/**
 * The time of the store: leases of one instance are judged by another, so all of them go by the clock of PostgreSQL. SQLite has
 * one instance, which goes by its own. In between time passes as the machine counts it: whoever sets a clock, by hand or because
 * it was wrong, must not end a lease, nor make what waits a second wait for an hour. Call `adjust` now and then.
 */
export class StoreClock implements Clock {
  #base: number | null = null;

  constructor(
    private readonly database: Database,
    private readonly own: Clock = systemClock,
    /** Milliseconds that have passed since some time; no change of a clock touches them. */
    private readonly elapsed: () => number = createElapsed(),
  ) {}

  now(): number {
    return this.#base === null ? this.own.now() : Math.round(this.#base + this.elapsed());
  }

  /** How many milliseconds the time of the store is ahead of the clock of this machine. */
  get offset(): number {
    return this.now() - this.own.now();
  }

  async adjust(): Promise<void> {
    if (this.database.dialect === 'postgres') return this.#adjustToDatabase();
    if (this.#base === null) return this.#begin();
    const wrong = this.own.now() - this.now();
    this.#base += Math.max(-MAX_STEP_MS, Math.min(wrong, MAX_STEP_MS));
  }

  async #adjustToDatabase(): Promise<void> {
    const before = this.elapsed();
    const [row] = await this.database.query(
      'SELECT (extract(epoch from clock_timestamp()) * 1000)::bigint AS milliseconds',
    );
    this.#base = Number(row?.['milliseconds']) - (before + this.elapsed()) / 2;
  }

  /** The clock may have been set back since the last process wrote into the store: what it let wait has waited long enough. */
  async #begin(): Promise<void> {
    const now = this.own.now();
    this.#base = now - this.elapsed();
    const [row] = await this.database.query('SELECT MAX(changed_at) AS last FROM setting');
    const back = Number(row?.['last'] ?? 0) - now;
    if (back <= SLACK_MS) return;
    await this.database.transaction(async (queries) => {
      await queries.query(`UPDATE job SET run_at = run_at - $1 WHERE state = 'ready' AND run_at > $2`, [back, now]);
      await queries.query('UPDATE setting SET changed_at = $1 WHERE changed_at > $1', [now]);
    });
  }
}
