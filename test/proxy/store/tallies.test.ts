import { exportEvidence } from '../../../src/proxy/compare/evidence';
import { readGate } from '../../../src/proxy/compare/read-gate';
import { compareSettings } from '../../../src/proxy/compare/settings';
import { planJobs } from '../../../src/proxy/receive/plan-jobs';
import { addComparison, type NewComparison } from '../../../src/proxy/store/comparisons';
import type { Database } from '../../../src/proxy/store/database';
import { Inbox, type Arrival } from '../../../src/proxy/store/inbox';
import { listOrders } from '../../../src/proxy/store/listings';
import { readOverview } from '../../../src/proxy/store/overview';
import { deleteOld } from '../../../src/proxy/store/retention';
import { schemaSteps } from '../../../src/proxy/store/schema';
import { gatherTallies, Tallies } from '../../../src/proxy/store/tallies';
import { discardForged } from '../../../src/proxy/store/unverified';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const settings = compareSettings.parse({});
const OUTCOME = '{"state":"captured"}';

describe.each(stores)('figures that are kept while the store works, on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  let inbox: Inbox;
  const clock = new TestClock();
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    inbox = new Inbox(database, clock, planJobs);
  });
  afterEach(() => store.remove());

  const orderOf = (number: number): string => `S01-0000000-${String(number).padStart(7, '0')}`;
  const accept = (number: number, more: Partial<Arrival> = {}): Promise<{ id: number }> =>
    inbox.accept({
      ...{ topicArn: 'arn', messageId: `m${number}`, kind: 'v1', verdict: 'verified', quarantine: null, headers: {} },
      ...{ body: Buffer.from('x'), bodySha256: 'x', notificationId: null, notificationType: 'PaymentCapture' },
      ...{ objectType: 'CHARGE', objectId: null, orderKey: orderOf(number % 3), isSample: false, ...more },
    });
  const compare = (number: number, more: Partial<NewComparison> = {}): Promise<number> =>
    addComparison(database, {
      ...{ orderKey: orderOf(number), inboxId: null, begunAt: 0, closedAt: clock.now(), mode: 'shadow', ruleIds: [] },
      ...{ verdict: 'match', atFault: null, legacy: OUTCOME, migrated: OUTCOME, amazon: OUTCOME },
      ...{ differences: [], signature: null, ...more },
    });

  /** The gate by what is kept is the gate by counting everything. */
  const expectSame = async (): Promise<void> => {
    const now = clock.now();
    const { gate } = await exportEvidence(database, { since: 0, now, settings });
    expect((await readGate(database, await Tallies.read(database), { now, settings })).gate).toEqual(gate);
    const counted = await database.query(
      'SELECT kind, verdict, COUNT(*) AS count, SUM(seen_count) AS seen FROM inbox GROUP BY kind, verdict ORDER BY kind, verdict',
    );
    const { messages } = await readOverview(database, now);
    expect(messages).toEqual(
      counted.map((row) => ({ ...row, count: Number(row['count']), seen: Number(row['seen']) })),
    );
  };

  const fill = async (): Promise<void> => {
    await Promise.all([1, 2, 3, 4, 5, 3].map((number) => accept(number)));
    await accept(6, { kind: 'v2', notificationType: 'STATE_CHANGE' });
    const { id } = await accept(7, { verdict: 'pending' });
    await accept(8, { verdict: 'pending', isSample: true });
    await discardForged(database, id);
    await compare(0);
    await compare(1, { verdict: 'mismatch', signature: 'captured' });
    await compare(1);
    await compare(2, { verdict: 'incomparable', legacy: null });
    await compare(5, { verdict: 'match', legacy: null });
  };

  test('are those that counting gives, through duplicates, forgeries and comparisons', async () => {
    await expectSame();
    await fill();
    await expectSame();
    // As if all connections that have counted were gone.
    await database.query('UPDATE tally SET slot = -slot');
    await gatherTallies(database);
    await expectSame();
    expect((await database.query('SELECT DISTINCT slot FROM tally')).map(({ slot }) => Number(slot))).toEqual([0]);
  });

  test('follow what retention deletes', async () => {
    await fill();
    await database.query(`UPDATE job SET state = 'done', ended_at = 1`);
    clock.advance(1000);
    const ages = { messagesBefore: clock.now(), comparisonsBefore: clock.now() };
    expect(await deleteOld(database, { ages, isStopped: () => false, onDeleted: () => undefined })).toBeGreaterThan(10);
    await expectSame();
  });

  test('count what a store of an earlier version holds', async () => {
    await fill();
    const kept = async (): Promise<unknown> =>
      (await database.query('SELECT name, SUM(n) AS n FROM tally GROUP BY name HAVING SUM(n) <> 0 ORDER BY name')).map(
        (row) => ({ ...row, n: Number(row['n']) }),
      );
    const before = await kept();
    // The step that makes them, and those that say anew which orders are incomparable, what belongs to an order, and which differ.
    const steps = schemaSteps(driver).filter((sqls) => sqls.some((sql) => sql.includes('order_standing')));
    expect(steps).toHaveLength(5);
    for (const sql of steps[0] ?? []) {
      const [, what, name, table] = /^CREATE (TABLE|INDEX|TRIGGER|FUNCTION) (\w+)(?:.*? ON (\w+))?/s.exec(sql) ?? [];
      if (what === undefined) continue;
      const on = what === 'TRIGGER' && driver === 'postgres' ? ` ON ${table}` : '';
      const call = what === 'FUNCTION' ? '()' : '';
      if (what !== 'FUNCTION')
        await database.query(`DROP ${what} IF EXISTS ${name}${call}${on}`).catch(() => undefined);
    }
    if (driver === 'postgres')
      for (const row of await database.query(
        `SELECT proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE nspname = current_schema()`,
      ))
        await database.query(`DROP FUNCTION ${String(row['proname'])} CASCADE`);
    for (const sql of steps.flat()) await database.query(sql);
    expect(await kept()).toEqual(before);
    await expectSame();
  });

  test('orders are listed by their last message, each once, page by page', async () => {
    for (const number of [0, 1, 2, 4]) await accept(number);
    const first = await listOrders(database, { limit: 2 });
    expect(first.map(({ order_key: key, messages }) => [key, messages])).toEqual([
      [orderOf(1), 2],
      [orderOf(2), 1],
    ]);
    const rest = await listOrders(database, { limit: 2, before: first.at(-1)?.last_id });
    expect(rest.map(({ order_key: key }) => key)).toEqual([orderOf(0)]);
    expect((await listOrders(database, { limit: 9, id: '0000002' })).map(({ order_key: key }) => key)).toEqual([
      orderOf(2),
    ]);
  });
});
