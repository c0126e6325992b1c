import type { Database } from '../../../src/proxy/store/database';
import { addJob, JobQueue, StaleLeaseError, type Job, type NewJob } from '../../../src/proxy/store/jobs';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const MINUTE = 60_000;

describe.each(stores)('jobs on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  let clock: TestClock;
  let queue: JobQueue;
  let other: JobQueue;
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    clock = new TestClock();
    queue = new JobQueue(database, clock, 'one');
    other = new JobQueue(database, clock, 'two');
  });
  afterEach(() => store.remove());

  const add = (job: Partial<NewJob> & { lane: string }): Promise<void> =>
    addJob(database, { kind: 'deliver-legacy', subject: '1', runAt: clock.now(), ...job }, clock.now());
  const claim = (by = queue, limit = 10, kind: NewJob['kind'] = 'deliver-legacy'): Promise<readonly Job[]> =>
    by.claim({ kind, limit, leaseMs: MINUTE });
  const subjects = (jobs: readonly Job[]): readonly string[] => jobs.map(({ subject }) => subject);

  test('a lane is worked off in order, one at a time', async () => {
    for (const subject of ['1', '2', '3']) await add({ lane: 'order-a', subject });
    await add({ lane: 'order-b', subject: '4' });
    const first = await claim();
    expect(subjects(first)).toEqual(['1', '4']);
    expect(await claim(other)).toEqual([]);
    await queue.finish(database, first[0] as Job, 'done');
    expect(subjects(await claim(other))).toEqual(['2']);
  });

  test('what waits for its next try holds its lane, and no other', async () => {
    await add({ lane: 'order-a', subject: '1' });
    await add({ lane: 'order-a', subject: '2' });
    await add({ lane: 'order-b', subject: '3' });
    const [job] = await claim(queue, 1);
    await queue.retry(database, job as Job, clock.now() + 5 * MINUTE, '503');
    expect(subjects(await claim())).toEqual(['3']);
    clock.advance(5 * MINUTE);
    const again = await claim();
    expect(again).toMatchObject([{ subject: '1', attempts: 2, reason: '503' }]);
  });

  test('a dead job does not hold its lane', async () => {
    await add({ lane: 'order-a', subject: '1' });
    await add({ lane: 'order-a', subject: '2' });
    const [job] = await claim();
    await queue.finish(database, job as Job, 'dead', 'gone');
    expect(subjects(await claim())).toEqual(['2']);
  });

  test('two instances never have two of a lane, even when an earlier job appears late', async () => {
    await add({ lane: 'order-a', subject: '2' });
    const [job] = await claim();
    // A transaction that began earlier and committed later: its id is lower.
    await database.query(
      driver === 'postgres'
        ? `INSERT INTO job (id, kind, lane, subject, state, priority, attempts, created_at, run_at, fence)
           OVERRIDING SYSTEM VALUE VALUES (-1, 'deliver-legacy', 'order-a', '1', 'ready', 1, 0, 0, 0, 0)`
        : `INSERT INTO job (id, kind, lane, subject, state, priority, attempts, created_at, run_at, fence)
           VALUES (-1, 'deliver-legacy', 'order-a', '1', 'ready', 1, 0, 0, 0, 0)`,
    );
    expect(await claim(other)).toEqual([]);
    await queue.finish(database, job as Job, 'done');
    expect(subjects(await claim(other))).toEqual(['1']);
  });

  test('instances that claim at once share the work, none twice', async () => {
    for (let order = 0; order < 60; order += 1) await add({ lane: `order-${order % 20}`, subject: String(order) });
    const seen: string[] = [];
    const work = async (by: JobQueue): Promise<void> => {
      for (let idle = 0; idle < 5;) {
        const jobs = await claim(by, 3);
        idle = jobs.length === 0 ? idle + 1 : 0;
        for (const job of jobs) {
          seen.push(job.subject);
          await by.finish(database, job, 'done');
        }
      }
    };
    await Promise.all([work(queue), work(other), work(queue), work(other)]);
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    for (let lane = 0; lane < 20; lane += 1) {
      const ofLane = seen.map(Number).filter((order) => order % 20 === lane);
      expect(ofLane).toEqual([...ofLane].sort((a, b) => a - b));
    }
  });

  test('an expired lease is given to another, and the first may not complete', async () => {
    await add({ lane: 'order-a' });
    const [stale] = await claim();
    expect(await queue.releaseExpired()).toBe(0);
    clock.advance(MINUTE + 1);
    expect(await other.releaseExpired()).toBe(1);
    const [fresh] = await claim(other);
    expect(fresh).toMatchObject({ attempts: 2, lease_owner: 'two' });
    await expect(queue.finish(database, stale as Job, 'done')).rejects.toThrow(StaleLeaseError);
    await expect(queue.retry(database, stale as Job, 0, null)).rejects.toThrow(StaleLeaseError);
    expect(await queue.extend(stale as Job, MINUTE)).toBe(false);
    await other.finish(database, fresh as Job, 'done');
  });

  test('a lease that is kept does not expire', async () => {
    await add({ lane: 'order-a' });
    const [job] = await claim();
    clock.advance(MINUTE - 1);
    expect(await queue.extend(job as Job, MINUTE)).toBe(true);
    clock.advance(MINUTE - 1);
    expect(await other.releaseExpired()).toBe(0);
  });

  test('the truth of an object is asked for once while it waits, at the earlier time, and again once it was begun', async () => {
    const truth = { kind: 'truth' as const, lane: 'truth:C', subject: 'C' };
    await add({ ...truth, runAt: clock.now() + 5 * MINUTE, priority: 9 });
    await add({ ...truth, priority: 1 });
    const begun = await claim(queue, 10, 'truth');
    expect(begun).toMatchObject([{ subject: 'C', priority: 1 }]);
    await add(truth);
    expect(await claim(other, 10, 'truth')).toEqual([]);
    // What failed needs no try of its own when it was asked for again.
    await queue.retry(database, begun[0] as Job, clock.now() + MINUTE, '429');
    const rows = await database.query('SELECT state, COUNT(*) AS n FROM job GROUP BY state ORDER BY state');
    expect(rows).toEqual([
      { state: 'ready', n: 1 },
      { state: 'superseded', n: 1 },
    ]);
  });

  test('a result that is undone with its transaction leaves the job leased', async () => {
    await add({ lane: 'order-a' });
    const [job] = await claim();
    const failing = database.transaction(async (queries) => {
      await queue.finish(queries, job as Job, 'done');
      throw new Error('the outcome could not be written');
    });
    await expect(failing).rejects.toThrow('the outcome');
    expect(await queue.extend(job as Job, MINUTE)).toBe(true);
  });

  test('says when there is something to do', async () => {
    expect(await queue.nextDue('deliver-legacy')).toBeNull();
    await add({ lane: 'order-a', runAt: clock.now() + MINUTE });
    expect(await queue.nextDue('deliver-legacy')).toBe(clock.now() + MINUTE);
  });
});
