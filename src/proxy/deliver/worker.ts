import type { Clock } from '../clock';
import { Loop } from '../loop';
import type { Observer, Side } from '../observer';
import { deliveryKinds } from '../store/delivery';
import type { Database } from '../store/database';
import type { GroupCommit } from '../store/group-commit';
import type { Job, JobQueue } from '../store/jobs';
import type { Delivery, Lines } from './delivery';
import type { DeliverSettings } from './settings';

export interface WorkerParts {
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly database: Database;
  readonly commits: GroupCommit;
  readonly settings: DeliverSettings;
  readonly observer: Observer;
}

/** Delivers what is due to one target, as many at a time as it may have. The other target has a worker of its own. */
export class DeliveryWorker {
  readonly #underWay = new Set<Promise<void>>();
  readonly #loop: Loop;
  #isStarted = false;
  #isPassingOn = false;

  constructor(
    private readonly side: Side,
    private readonly lines: Lines,
    private readonly delivery: Delivery,
    private readonly parts: WorkerParts,
  ) {
    this.#loop = new Loop(`deliver-${side}`, () => this.#pass(), parts.observer);
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** Looks for work, now. */
  wake(): void {
    if (this.#isStarted) this.#loop.wake();
  }

  /** Also takes up what cannot be sent now, until nothing is left that is due: it may be another side's. */
  passOn(): void {
    this.#isPassingOn = true;
    this.wake();
  }

  /** Begins no more, and resolves when what is under way has ended: that takes no longer than an exchange may. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Delivers until nothing is due any more; returns how much that was. For tests, and whoever wants to wait for it. */
  async deliverDue(): Promise<number> {
    for (let delivered = 0; ;) {
      const begun = await this.#begin();
      delivered += begun;
      if (begun === 0 && this.#underWay.size === 0) return delivered;
      if (this.#underWay.size > 0) await Promise.race(this.#underWay);
    }
  }

  async #pass(): Promise<number> {
    while ((await this.#begin()) > 0);
    // A delivery that ends wakes the loop itself.
    return this.parts.settings.pollMs;
  }

  /** Claims as much as there is room for, and begins it. Returns how much that was. */
  async #begin(): Promise<number> {
    const room = this.#isPassingOn ? Infinity : this.#room();
    const limit = Math.min(this.parts.settings[this.side].concurrency - this.#underWay.size, room);
    if (limit <= 0) return 0;
    const jobs = await this.#claim(limit);
    // While one is under way its lane may hold another.
    if (jobs.length === 0 && this.#underWay.size === 0) this.#isPassingOn = false;
    for (const job of jobs) {
      const delivery = this.delivery.deliver(job).finally(() => {
        this.#underWay.delete(delivery);
        this.wake();
      });
      this.#underWay.add(delivery);
    }
    return jobs.length;
  }

  #claim(limit: number): Promise<readonly Job[]> {
    const { queue, commits, settings, database } = this.parts;
    const claim = { kind: deliveryKinds[this.side], limit, leaseMs: settings.leaseMs };
    // One statement is a transaction of its own. On SQLite it shares its fsync with what else is written at that moment.
    return database.dialect === 'postgres' ? queue.claim(claim) : commits.run((queries) => queue.claim(claim, queries));
  }

  /** While nothing can be sent nothing is claimed either: messages wait where they are. */
  #room(): number {
    const now = this.parts.clock.now();
    const { primary, dryRun } = this.lines;
    return Math.max(primary.breaker.room(now), dryRun?.breaker.room(now) ?? 0);
  }
}
