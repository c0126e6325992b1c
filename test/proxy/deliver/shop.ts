import { changeMode, type ModeChange } from '../../../src/proxy/modes/change-mode';
import { CurrentMode } from '../../../src/proxy/modes/current-mode';
import { RoleDecider } from '../../../src/proxy/modes/decide-role';
import type { HandlerAnswer, ReadOutcome } from '../../../src/proxy/deliver/answer';
import { createDelivery, type Deliveries } from '../../../src/proxy/deliver/start-delivery';
import { silentObserver, type Observer } from '../../../src/proxy/observer';
import type { Database, Row } from '../../../src/proxy/store/database';
import { JobQueue } from '../../../src/proxy/store/jobs';
import { settingsFor } from './deliver-settings';
import { TestHandler } from './handler';
import { arrivalOf, seed, type SeedMessage } from './seed';
import { openGate } from '../modes/gates';
import { makeStore, TestClock, type TestStore } from '../stores';

type More = Parameters<typeof settingsFor>[2];

/** A proxy between a store and two handlers, whose time stands still. */
export class Shop {
  readonly clock = new TestClock();
  readonly legacy = new TestHandler();
  readonly migrated = new TestHandler();
  readonly canDryRun = true;
  readonly answers: HandlerAnswer[] = [];
  readonly events: (readonly [name: keyof Observer, event: object])[] = [];
  readonly #instances: Deliveries[] = [];
  #numbers = 0;
  modes!: CurrentMode;

  private constructor(
    readonly store: TestStore,
    readonly database: Database,
  ) {}

  static async open(driver: 'sqlite' | 'postgres'): Promise<Shop> {
    const store = makeStore(driver);
    const shop = new Shop(store, await store.open());
    await Promise.all([shop.legacy.start(), shop.migrated.start()]);
    shop.modes = new CurrentMode(shop.database, shop.clock);
    return shop;
  }

  get decider(): RoleDecider {
    return new RoleDecider(this.database, this.clock, this.modes, this.canDryRun);
  }

  /** One instance; `random` is the middle, so that pauses are what the settings say. */
  instance(
    more: More = {},
    parts: { readonly modes?: CurrentMode; readonly owner?: string; readonly readOutcome?: ReadOutcome } = {},
  ): Deliveries {
    const { migrated } = this;
    const dryRun = new URL('/dry-run', migrated.url).href;
    const delivery = createDelivery({
      database: this.database,
      clock: this.clock,
      queue: new JobQueue(this.database, this.clock, parts.owner ?? 'one'),
      modes: parts.modes ?? this.modes,
      settings: settingsFor(this.legacy.url, migrated.url, {
        ...more,
        migrated: { dryRunUrl: dryRun, ...more?.migrated },
      }),
      observer: this.#observer(),
      readOutcome: parts.readOutcome ?? ((_, answer) => Promise.resolve(void this.answers.push(answer))),
      random: () => 0.5,
    });
    this.#instances.push(delivery);
    return delivery;
  }

  #observer(): Observer {
    const names = Object.keys(silentObserver) as (keyof Observer)[];
    return Object.fromEntries(
      names.map((name) => [name, (event: object) => void this.events.push([name, event])]),
    ) as unknown as Observer;
  }

  told(name: keyof Observer): readonly object[] {
    return this.events.filter(([one]) => one === name).map(([, event]) => event);
  }

  mode(to: ModeChange['to'], more: Partial<ModeChange> = {}): Promise<unknown> {
    const { database, clock, modes } = this;
    const parts = { database, clock, modes, observer: silentObserver, readGate: openGate };
    return changeMode(parts, { to, who: 'ann', why: 'test', ...more });
  }

  /** Messages come in, one after the other. */
  async receive(...messages: readonly (Omit<SeedMessage, 'number'> & { readonly inner?: object })[]): Promise<void> {
    const arrivals = messages.map(({ inner, ...message }) =>
      arrivalOf({ ...message, number: (this.#numbers += 1) }, inner),
    );
    await seed(this.database, arrivals, this.clock.now());
  }

  /** `kind state reason` of all jobs, in the order in which they were made. */
  async jobs(kinds = 'deliver-'): Promise<readonly string[]> {
    const rows = await this.database.query('SELECT kind, state, reason, replay FROM job ORDER BY id');
    const show = ({ kind, state, reason, replay }: Row): string =>
      [kind, state, reason, replay].filter((part) => part !== null).join(' ');
    return rows.filter(({ kind }) => String(kind).startsWith(kinds)).map(show);
  }

  async close(): Promise<void> {
    for (const instance of this.#instances) await instance.stop();
    await Promise.all([this.legacy.close(), this.migrated.close()]);
    await this.store.remove();
  }
}
