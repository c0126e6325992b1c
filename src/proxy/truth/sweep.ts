import { notifiedObjects, type NotifiedObject } from '../../catalog/notifications';
import { systemClock, type Clock } from '../clock';
import { askForOpenObjects } from '../store/amazon-objects';
import { keepGap, type Gap } from '../store/gaps';
import { lockSetting, writeSetting } from '../store/setting';
import type { QuotaBuckets } from './quota-bucket';
import type { TruthParts } from './truth-parts';

const HEALTHY = 'last_healthy_at';
const SWEPT = 'last_sweep_at';
/** Jobs that one transaction adds: messages that come in meanwhile wait for it. */
const BATCH = 1000;

export type SweepCause = 'start' | 'gap' | 'interval';

/**
 * Amazon does not repeat what it could not deliver (facts: ipn.md section 1), so everything that was open is looked at again
 * after the proxy starts and after a time without a sign of life; and at intervals, as far as the share of the quota goes.
 */
export class Sweep {
  /** Of the last sign of life, by the clock of this machine. */
  #livedAt: number | null = null;

  constructor(
    private readonly parts: Pick<TruthParts, 'database' | 'clock' | 'observer' | 'settings'>,
    private readonly quota: QuotaBuckets,
    /** Whether messages are being taken: no sign of life is given while they are not. */
    private readonly isHealthy: () => boolean = () => true,
    /**
     * While a machine is suspended no time passes for its processes, and the time of the store may go on as if nothing had
     * been; its own clock knows. Where that was only set, the sweep is one too many.
     */
    private readonly wall: Clock = systemClock,
  ) {}

  /** Call once, when messages are taken: nobody knows what came before. */
  async start(): Promise<number> {
    return this.#sweepAll('start');
  }

  /** Call every few seconds. Gives the sign of life, and sweeps when there was none for too long, or when it is time. */
  async tick(): Promise<number> {
    if (!this.isHealthy()) return 0;
    const { database, clock, settings } = this.parts;
    const livesAt = this.wall.now();
    const stoodStill = this.#livedAt !== null && livesAt - this.#livedAt > settings.gapSeconds * 1000;
    const isGap = await database.transaction(async (queries) => {
      const now = clock.now();
      const last = Number((await lockSetting(queries, database.dialect, HEALTHY)) ?? now);
      if (now - last > settings.gapSeconds * 1000) return true;
      await writeSetting(queries, HEALTHY, String(now), now);
      return false;
    });
    const suspended = stoodStill && this.#livedAt !== null ? { from: this.#livedAt, until: livesAt } : null;
    const objects = await (isGap || stoodStill ? this.#sweepAll('gap', suspended) : this.#sweepDue());
    // Last: a sweep that failed leaves the gap to be seen by the next sign.
    this.#livedAt = livesAt;
    return objects;
  }

  /** The sign of life comes last: a crash before it leaves the gap to be seen by the next start. */
  async #sweepAll(cause: SweepCause, suspended: Gap | null = null): Promise<number> {
    const { database, clock } = this.parts;
    await this.#keepGap(suspended);
    const by = clock.now();
    let objects = 0;
    for (let added = BATCH; added === BATCH; objects += added)
      added = await database.transaction((queries) =>
        askForOpenObjects(queries, { which: 'gap', by, limit: BATCH }, clock.now()),
      );
    const now = clock.now();
    await database.transaction(async (queries) => {
      await writeSetting(queries, SWEPT, String(by), now);
      await writeSetting(queries, HEALTHY, String(now), now);
    });
    this.parts.observer.swept({ objects, cause });
    return objects;
  }

  /** Where all instances were away; of one that was suspended others may have taken what came. */
  async #keepGap(suspended: Gap | null): Promise<void> {
    const { database, clock, settings } = this.parts;
    await database.transaction(async (queries) => {
      const now = clock.now();
      const last = Number((await lockSetting(queries, database.dialect, HEALTHY)) ?? now);
      if (now - last > settings.gapSeconds * 1000) await keepGap(queries, { from: last, until: now }, now);
      else if (suspended !== null && database.dialect === 'sqlite') await keepGap(queries, suspended, now);
    });
  }

  /** As many as can be asked for until the next time; those that were unseen for longest come first. */
  async #sweepDue(): Promise<number> {
    const { database, clock, settings } = this.parts;
    const interval = settings.sweepMinutes * 60_000;
    const objects = await database.transaction(async (queries) => {
      const now = clock.now();
      const last = Number((await lockSetting(queries, database.dialect, SWEPT)) ?? 0);
      if (now - last < interval) return null;
      await writeSetting(queries, SWEPT, String(now), now);
      // What would be due before the next sweep is half over is not left to that.
      const range = { which: 'due', by: now + interval / 2, limit: this.#room(interval) } as const;
      return askForOpenObjects(queries, range, now);
    });
    if (objects === null) return 0;
    this.parts.observer.swept({ objects, cause: 'interval' });
    return objects;
  }

  #room(interval: number): number {
    const types = Object.keys(notifiedObjects) as NotifiedObject[];
    return Math.ceil(types.reduce((sum, type) => sum + this.quota.capacity(type, interval), 0));
  }
}
