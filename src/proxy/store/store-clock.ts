import { systemClock, type Clock } from '../clock';
import type { Database } from './database';

/**
 * The time of the store: leases of one instance are judged by another, so all of them go by one clock. SQLite has one
 * instance, which goes by its own. Call `adjust` now and then.
 */
export class StoreClock implements Clock {
  #offset = 0;

  constructor(
    private readonly database: Database,
    private readonly own: Clock = systemClock,
  ) {}

  now(): number {
    return this.own.now() + this.#offset;
  }

  /** How many milliseconds the clock of PostgreSQL is ahead of this machine's. */
  get offset(): number {
    return this.#offset;
  }

  async adjust(): Promise<void> {
    if (this.database.dialect !== 'postgres') return;
    const before = this.own.now();
    const [row] = await this.database.query(
      'SELECT (extract(epoch from clock_timestamp()) * 1000)::bigint AS milliseconds',
    );
    this.#offset = Math.round(Number(row?.['milliseconds']) - (before + this.own.now()) / 2);
  }
}
