import { StoreClock } from '../../../src/proxy/store/store-clock';
import { JobQueue } from '../../../src/proxy/store/jobs';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { probeStore } from '../../../src/proxy/store/probe';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe.each(stores)('the time of the store, on %s', (driver) => {
  let store: TestStore;
  const own = new TestClock(Date.now());
  let passed = 0;
  beforeEach(() => {
    store = makeStore(driver);
    [own.time, passed] = [Date.now(), 0];
  });
  afterEach(() => store.remove());

  const startClock = async (): Promise<StoreClock> => {
    const clock = new StoreClock(await store.open(), own, () => passed);
    await clock.adjust();
    return clock;
  };

  test.each([-HOUR, 2 * HOUR])('goes on as it did when the clock of the machine is set by %i ms', async (step) => {
    const clock = await startClock();
    const before = clock.now();
    own.advance(step);
    passed += 5 * SECOND;
    own.advance(5 * SECOND);
    expect(clock.now() - before).toBe(5 * SECOND);
    expect(Math.abs(clock.offset + step)).toBeLessThan(10 * SECOND);
  });

  if (driver === 'sqlite') {
    test('follows a clock that was set, by less than a lease at a time', async () => {
      const clock = await startClock();
      const before = clock.now();
      own.advance(15 * SECOND);
      await clock.adjust();
      expect(clock.now() - before).toBe(10 * SECOND);
      await clock.adjust();
      expect(clock.now()).toBe(own.now());
      own.advance(-HOUR);
      await clock.adjust();
      expect(clock.now() - before).toBe(5 * SECOND);
    });

    test('lets nothing wait for an hour because the clock was set back while no process ran', async () => {
      const database = await store.open();
      await probeStore(database, own.now());
      const job = { kind: 'verify', lane: 'verify:1', subject: '1', runAt: own.now() + 30 * SECOND } as const;
      await addJob(database, job, own.now());
      own.advance(-HOUR);
      const clock = new StoreClock(database, own, () => passed);
      await clock.adjust();
      const queue = new JobQueue(database, clock, 'one');
      expect(await queue.nextDue('verify')).toBe(own.now() + 30 * SECOND);
      // Only once: what is added now goes by the new time.
      const again = new StoreClock(database, own, () => passed);
      await again.adjust();
      expect(await queue.nextDue('verify')).toBe(own.now() + 30 * SECOND);
    });
  }
});
