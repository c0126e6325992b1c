import { changeMode } from '../../../src/proxy/modes/change-mode';
import { CurrentMode } from '../../../src/proxy/modes/current-mode';
import { planReplay, startReplay } from '../../../src/proxy/deliver/replay';
import { systemClock } from '../../../src/proxy/clock';
import { silentObserver } from '../../../src/proxy/observer';
import type { Database } from '../../../src/proxy/store/database';
import { openGate } from '../modes/gates';
import { makeStore, stores, type TestStore } from '../stores';
import { answer, TestHandler, type LedgerEntry, type Reply } from './handler';
import { CONCURRENCY, startInstance, type Instance, type InstanceOptions } from './instance';
import { arrivalOf, orderKey, seed } from './seed';

/**
 * Instances in processes of their own, killed by SIGKILL, between a real store and real handlers. The ledgers of the handlers
 * decide what was delivered: I2 (the same again, no more of it than was under way), I3 (one end), I4 (one at a time, in turn).
 */
describe.each(stores)('kills on %s', (driver) => {
  let store: TestStore;
  let legacy: TestHandler;
  let migrated: TestHandler;
  const running: Instance[] = [];
  beforeEach(async () => {
    store = makeStore(driver);
    [legacy, migrated] = await Promise.all([new TestHandler().start(), new TestHandler().start()]);
  });
  afterEach(async () => {
    for (const { process: child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    }
    await Promise.all([legacy.close(), migrated.close()]);
    await store.remove();
  });

  /** An SQLite store has one owner: the test looks while no instance runs. */
  async function look<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await store.open();
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }
  const ORDERS = 6;
  const fill = (messages: number): Promise<void> =>
    look(async (database) => {
      const modes = new CurrentMode(database, systemClock);
      const parts = { database, clock: systemClock, modes, observer: silentObserver, readGate: openGate };
      await changeMode(parts, { to: 'shadow', who: 'ann', why: 'test' });
      const numbers = Array.from({ length: messages }, (_, index) => index + 1);
      const arrivals = numbers.map((number) => arrivalOf({ order: orderKey(number % ORDERS), number }));
      await seed(database, arrivals, systemClock.now());
    });
  function start(more: Partial<InstanceOptions> = {}): Instance {
    const instance = startInstance({ store: store.settings, legacy, migrated, ...more });
    running.push(instance);
    return instance;
  }

  const byKey = (ledger: readonly LedgerEntry[]): ReadonlyMap<string, readonly LedgerEntry[]> => {
    const groups = new Map<string, LedgerEntry[]>();
    for (const entry of ledger) groups.set(entry.key, [...(groups.get(entry.key) ?? []), entry]);
    return groups;
  };
  const idOf = ({ headers }: LedgerEntry): string => String(headers['x-amazon-pay-proxy-message-id']);

  /** Everything that is promised, decided by the ledgers and the ends in the store. */
  async function check(messages: number, kills: number): Promise<void> {
    const ends = await look((database) =>
      database.query(
        `SELECT kind, inbox_id, COUNT(*) AS jobs, MIN(state) AS first, MAX(state) AS last FROM job
         WHERE kind LIKE 'deliver-%' GROUP BY kind, inbox_id`,
      ),
    );
    expect(ends).toHaveLength(2 * messages);
    expect(ends.filter(({ jobs, first, last }) => Number(jobs) !== 1 || first !== 'done' || last !== 'done')).toEqual(
      [],
    );
    for (const handler of [legacy, migrated]) {
      expect(handler.overlaps).toEqual([]);
      const groups = byKey(handler.ledger);
      expect(groups.size).toBe(messages);
      let duplicates = 0;
      for (const entries of groups.values()) {
        // The same bytes, and the same number for an attempt of which nothing was heard.
        expect(new Set(entries.map(({ body }) => body.toString())).size).toBe(1);
        expect(new Set(entries.map(idOf)).size).toBe(1);
        const numbers = entries.map(({ attempt }) => attempt);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        duplicates += entries.length - new Set(numbers).size;
      }
      expect(duplicates).toBeLessThanOrEqual(kills * CONCURRENCY);
      // In the turn of their order, when what was sent again is counted once.
      for (let index = 0; index < ORDERS; index += 1) {
        const ids = handler.ledger.filter(({ order }) => order === orderKey(index)).map(idOf);
        const once = [...new Set(ids)];
        expect(once).toEqual([...once].sort());
        // Nothing overtakes: once a message was followed by the next, it never comes again.
        expect(ids).toEqual([...ids].sort());
      }
    }
  }

  test.each(['deliver:before-send', 'deliver:sent', 'deliver:answered', 'deliver:stored'])(
    'at %s: each message is delivered, in turn, and again only what was under way',
    async (point) => {
      await fill(24);
      expect(await start({ failPoint: `${point}:9` }).ended).toBe('SIGKILL');
      expect(await start().ended).toBe(0);
      await check(24, 1);
    },
  );

  test('again and again, with handlers that fail now and then', async () => {
    await fill(36);
    let state = 42;
    const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    const flaky: Reply = (response) => {
      const kind = random(8);
      if (kind === 0) response.destroy();
      else response.writeHead(kind === 1 ? 503 : 200).end();
    };
    [legacy.reply, migrated.reply] = [flaky, flaky];
    const points = ['deliver:before-send', 'deliver:sent', 'deliver:answered', 'deliver:stored'];
    let kills = 0;
    for (; kills < 5; kills += 1) {
      const failPoint = `${points[random(4)]}:${3 + random(8)}`;
      const ended = await start({ failPoint }).ended;
      if (ended === 0) break;
      expect(ended).toBe('SIGKILL');
    }
    expect(kills).toBeGreaterThan(2);
    expect(await start().ended).toBe(0);
    await check(36, kills);
  });

  test.each(['replay:added', 'replay:stepped'])('a replay that is killed at %s goes on where it was', async (point) => {
    await fill(12);
    expect(await start().ended).toBe(0);
    migrated.ledger.splice(0);
    await look(async (database) => {
      const modes = new CurrentMode(database, systemClock);
      const who = { modes, canDryRun: true };
      const plan = await planReplay(database, who, { side: 'migrated' });
      const reason = { who: 'ann', why: 'test' };
      await startReplay({ database, clock: systemClock, ...who }, { plan, ratePerSecond: 5, ...reason });
    });
    expect(await start({ failPoint: `${point}:2` }).ended).toBe('SIGKILL');
    expect(await start().ended).toBe(0);
    const jobs = await look((database) =>
      database.query('SELECT inbox_id, COUNT(*) AS n FROM job WHERE replay IS NOT NULL GROUP BY inbox_id'),
    );
    expect(jobs).toHaveLength(12);
    expect(jobs.filter(({ n }) => Number(n) !== 1)).toEqual([]);
    expect(byKey(migrated.ledger).size).toBe(12);
    expect(migrated.ledger.length).toBeLessThanOrEqual(12 + CONCURRENCY);
  });

  if (driver === 'postgres') {
    test('two instances, killed in turns, share the work', async () => {
      await fill(120);
      const slow: Reply = (response) => void setTimeout(() => answer(200)(response, {} as LedgerEntry), 10);
      [legacy.reply, migrated.reply] = [slow, slow];
      let instances = [start({ owner: 'a-0' }), start({ owner: 'b-0' })] as const;
      let kills = 0;
      for (; kills < 4; kills += 1) {
        await legacy.has(20 * (kills + 1));
        const [first, second] = instances;
        first.process.kill('SIGKILL');
        expect(await first.ended).toBe('SIGKILL');
        instances = [second, start({ owner: `${kills % 2 === 0 ? 'a' : 'b'}-${kills + 1}` })];
      }
      expect(await Promise.all(instances.map(({ ended }) => ended))).toEqual([0, 0]);
      await check(120, kills);
    });

    test('one that stands still beyond its lease writes nothing any more', async () => {
      await fill(1);
      let release = (): void => undefined;
      legacy.replies.push((response, entry) => (release = () => answer(200, { late: true })(response, entry)));
      const first = start({ owner: 'first' });
      await legacy.has(1);
      first.process.kill('SIGSTOP');
      const second = start({ owner: 'second' });
      await legacy.has(2);
      expect(await second.ended).toBe(0);
      release();
      first.process.kill('SIGCONT');
      expect(await first.ended).toBe(0);
      const attempts = await look((database) =>
        database.query(
          `SELECT number, status, attempt.ended_at IS NULL AS interrupted, state FROM attempt JOIN job ON job.id = job_id
           WHERE kind = 'deliver-legacy' ORDER BY number`,
        ),
      );
      expect(attempts).toEqual([
        { number: 1, status: null, interrupted: true, state: 'done' },
        { number: 2, status: 200, interrupted: false, state: 'done' },
      ]);
      expect(legacy.ledger.map(({ attempt }) => attempt)).toEqual([1, 1]);
      expect(new Set(legacy.ledger.map(({ key }) => key)).size).toBe(1);
    });
  }
});
