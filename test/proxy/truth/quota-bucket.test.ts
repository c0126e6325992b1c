import type { Database } from '../../../src/proxy/store/database';
import { QuotaBuckets } from '../../../src/proxy/truth/quota-bucket';
import { TruthWorker } from '../../../src/proxy/truth/truth-worker';
import { makeStore, stores, TestClock, type TestStore } from '../stores';
import { openEmulatorBench, SECOND, type TruthBench } from './truth-bench';

describe.each(stores)('the share of the quota on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  const clock = new TestClock();
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
  });
  afterEach(() => store.remove());
  const open = (share: number): QuotaBuckets => new QuotaBuckets(database, clock, 'live', share);

  async function takeAll(buckets: QuotaBuckets, urgency: 'now' | 'can-wait' = 'now'): Promise<number> {
    for (let taken = 0; ; taken += 1) if ((await buckets.take('CHARGE', urgency)) > 0) return taken;
  }

  test('half of 20, and half of 4 a second', async () => {
    const buckets = open(0.5);
    expect(await takeAll(buckets)).toBe(10);
    expect(await buckets.take('CHARGE', 'now')).toBe(500);
    clock.advance(3 * SECOND);
    expect(await takeAll(buckets)).toBe(6);
  });

  test('each operation has its own', async () => {
    const buckets = open(0.5);
    await takeAll(buckets);
    expect(await buckets.take('REFUND', 'now')).toBe(0);
    expect(await buckets.take('CHARGE_PERMISSION', 'now')).toBe(0);
  });

  test('what can wait leaves half of a full bucket to what cannot', async () => {
    const buckets = open(0.5);
    expect(await takeAll(buckets, 'can-wait')).toBe(5);
    expect(await takeAll(buckets)).toBe(5);
  });

  test('a restart does not begin with a full one', async () => {
    expect(await takeAll(open(0.5))).toBe(10);
    expect(await takeAll(open(0.5))).toBe(0);
  });

  test('a clock that was set back gives nothing', async () => {
    const buckets = open(0.5);
    await takeAll(buckets);
    clock.advance(-3600 * SECOND);
    expect(await takeAll(buckets)).toBe(0);
    clock.advance(3600 * SECOND);
    expect(await takeAll(buckets)).toBe(0);
  });

  test('after a 429 it is a quarter for a minute, then half again', async () => {
    const buckets = open(0.5);
    await buckets.slowDown('CHARGE', 0);
    clock.advance(4 * SECOND);
    expect(await takeAll(buckets)).toBe(4);
    clock.advance(56 * SECOND);
    await takeAll(buckets);
    clock.advance(4 * SECOND);
    expect(await takeAll(buckets)).toBe(8);
  });

  test('instances share one bucket', async () => {
    const instances = [open(0.5), open(0.5), open(0.5)];
    const taken = await Promise.all(instances.map((instance) => takeAll(instance)));
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(10);
  });
});

describe.each(stores)('two instances on %s', (driver) => {
  let bench: TruthBench;
  beforeEach(async () => {
    ({ bench } = await openEmulatorBench(driver, { throttling: true }, { quotaShare: 0.5 }));
  });
  afterEach(() => bench.close());

  test('stay within the share of an Amazon that counts, and lose nothing', async () => {
    const instances = [bench.worker, new TruthWorker(bench.parts)];
    const ids = Array.from({ length: 20 }, (_, order) => `S01-1112223-${3_334_400 + order}-C000111`);
    for (const objectId of ids) await bench.tell({ kind: 'v2', objectId });
    const asked: string[] = [];
    for (let second = 0; second < 90; second += 1) {
      for (let round = 0; round < 4; round += 1) await Promise.all(instances.map((instance) => instance.runOnce()));
      asked.push(...bench.gets());
      // Sandbox: 5 at once and 1 a second, of which half.
      expect(asked.length).toBeLessThanOrEqual(2.5 + second * 0.5);
      // And use it, until there is nothing left but waiting.
      if (second < 40) expect(asked.length).toBeGreaterThanOrEqual(Math.floor(1 + second * 0.45));
      await bench.pass(SECOND);
    }
    expect([...new Set(asked)].sort()).toEqual(ids);
    expect(bench.eventsOf('throttled').filter(({ by }) => by === 'amazon')).toEqual([]);
  });
});
