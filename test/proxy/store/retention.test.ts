import type { Database, Queries } from '../../../src/proxy/store/database';
import { deleteOld } from '../../../src/proxy/store/retention';
import { arrivalOf, orderKey, seed } from '../deliver/seed';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const MESSAGES = 700;

describe.each(stores)('retention on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  const clock = new TestClock();
  let told: unknown[];
  beforeEach(async () => {
    told = [];
    store = makeStore(driver);
    database = await store.open();
    const arrivals = Array.from({ length: MESSAGES }, (_, number) => arrivalOf({ order: orderKey(number), number }));
    await seed(database, arrivals, clock.now());
    await database.query('INSERT INTO attempt (job_id, number, started_at, ended_at) SELECT id, 1, $1, $1 FROM job', [
      clock.now(),
    ]);
    await database.query(`UPDATE job SET state = 'done', ended_at = $1`, [clock.now()]);
  });
  afterEach(() => store.remove());

  const countRows = async (table: string): Promise<number> =>
    Number((await database.query(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.['n']);
  const left = async (): Promise<unknown> => ({
    messages: await countRows('inbox'),
    jobs: await countRows('job'),
    attempts: await countRows('attempt'),
  });
  const deleteBefore = (time: number): Promise<number> =>
    deleteOld(database, {
      ages: { messagesBefore: time, comparisonsBefore: time },
      isStopped: () => false,
      onDeleted: (event) => void told.push(event),
    });

  test('goes through all that is old at once, however much that is', async () => {
    await deleteBefore(clock.now() + 1);
    expect(await left()).toEqual({ messages: 0, jobs: 0, attempts: 0 });
    const before = clock.now() + 1;
    const jobs = told.map((event) => (event as { rows: number }).rows);
    expect(told).toEqual([
      { what: 'work', rows: expect.any(Number) as number, before },
      { what: 'messages', rows: MESSAGES, before },
    ]);
    expect(jobs[0]).toBeGreaterThan(MESSAGES);
    // Where nothing is left nothing is told.
    await deleteBefore(before);
    expect(told).toHaveLength(2);
  });

  test('leaves what is open, dead or young, with its attempts', async () => {
    await database.query(`UPDATE job SET state = 'dead' WHERE inbox_id = 1 AND kind = 'deliver-legacy'`);
    await database.query(
      `UPDATE job SET state = 'ready', ended_at = NULL WHERE inbox_id = 2 AND kind = 'deliver-legacy'`,
    );
    await database.query(`UPDATE job SET ended_at = $1 WHERE inbox_id = 3 AND kind = 'deliver-legacy'`, [
      clock.now() + 5,
    ]);
    await database.query('UPDATE inbox SET last_seen_at = $1 WHERE id = 4', [clock.now() + 5]);
    await deleteBefore(clock.now() + 1);
    expect(await left()).toEqual({ messages: 4, jobs: 3, attempts: 3 });
  });
});

test('retention of an SQLite store looks at no message that is too young: a million of them are many', async () => {
  const store = makeStore('sqlite');
  const database = await store.open();
  const asked: string[] = [];
  const watch =
    (queries: Queries): Queries['query'] =>
    (sql, values) => (asked.push(sql), queries.query(sql, values));
  const watched: Database = {
    ...{ dialect: 'sqlite', facts: {}, close: () => database.close() },
    query: watch(database),
    transaction: (work) => database.transaction((queries) => work({ query: watch(queries) })),
  };
  const old = arrivalOf({ order: orderKey(1), number: 1 });
  await seed(database, [old], 0);
  await database.query(`UPDATE job SET state = 'done', ended_at = 0`);
  await deleteOld(watched, {
    ages: { messagesBefore: 1, comparisonsBefore: 1 },
    isStopped: () => false,
    onDeleted: () => undefined,
  });
  const plans = await Promise.all([...new Set(asked)].map((sql) => database.query(`EXPLAIN QUERY PLAN ${sql}`)));
  expect(plans.flat().length).toBeGreaterThan(5);
  expect(plans.flat().filter(({ detail }) => /^SCAN (?!CONSTANT)/.test(String(detail)))).toEqual([]);
  await store.remove();
});
