import { settleQuarantine } from '../../../src/proxy/operate/settle';
import { listAudit } from '../../../src/proxy/store/audit';
import type { Database } from '../../../src/proxy/store/database';
import { listQuarantined } from '../../../src/proxy/store/quarantine';
import { readOverview } from '../../../src/proxy/store/overview';
import { deleteOld } from '../../../src/proxy/store/retention';
import { checkAsideAgain, countUnverified } from '../../../src/proxy/store/unverified';
import { arrivalOf, orderKey, seed } from '../deliver/seed';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const reason = { who: 'ann', why: 'a test of ours' };

describe.each(stores)('messages that were kept aside, on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  const clock = new TestClock();
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    const aside = (number: number, quarantine: string, verdict: 'verified' | 'pending' | 'unsigned') => ({
      ...arrivalOf({ order: orderKey(number), number }),
      quarantine,
      verdict,
    });
    await seed(
      database,
      [
        arrivalOf({ order: orderKey(1), number: 1 }),
        aside(2, 'raw-delivery', 'unsigned'),
        aside(3, 'certificate-url', 'pending'),
        aside(4, 'unknown-version', 'verified'),
      ],
      clock.now(),
    );
    await database.query(`UPDATE job SET state = 'done', ended_at = $1`, [clock.now()]);
  });
  afterEach(() => store.remove());

  const list = async (filter = {}): Promise<readonly number[]> =>
    (await listQuarantined(database, filter, { limit: 10 })).map(({ id }) => id);

  test('are listed, last first, by page and by filter', async () => {
    expect(await list()).toEqual([4, 3, 2]);
    expect(await list({ reason: 'raw-delivery' })).toEqual([2]);
    expect(await list({ inboxIds: [1, 3] })).toEqual([3]);
    expect(await list({ since: clock.now() + 1 })).toEqual([]);
    expect(await listQuarantined(database, {}, { limit: 1, before: 4 })).toMatchObject([
      { id: 3, reason: 'certificate-url', verdict: 'pending' },
    ]);
  });

  test('count no longer when they are settled, are not checked again, and go when they are old', async () => {
    expect(await settleQuarantine({ database, clock }, { inboxIds: [2, 3] }, reason)).toBe(2);
    expect(await list()).toEqual([4]);
    expect((await readOverview(database, clock.now())).quarantined).toBe(1);
    expect(await countUnverified(database)).toMatchObject({ pending: 0, aside: 0, bytes: 0 });
    expect(await checkAsideAgain(database, clock.now())).toBe(0);
    expect(await listAudit(database, 10)).toMatchObject([{ action: 'settle-quarantine', ...reason }]);
    const before = clock.now() + 1;
    await deleteOld(database, {
      ages: { messagesBefore: before, comparisonsBefore: before },
      isStopped: () => false,
      onDeleted: () => undefined,
    });
    expect(await database.query('SELECT id FROM inbox')).toEqual([{ id: 4 }]);
  });
});
