import { settleQuarantine } from '../../../src/proxy/operate/settle';
import { listAudit } from '../../../src/proxy/store/audit';
import type { Database } from '../../../src/proxy/store/database';
import { listOrders } from '../../../src/proxy/store/listings';
import { readOrderHistory } from '../../../src/proxy/store/order-history';
import { listQuarantined } from '../../../src/proxy/store/quarantine';
import { readOverview } from '../../../src/proxy/store/overview';
import { deleteOld } from '../../../src/proxy/store/retention';
import { checkAsideAgain, countUnverified } from '../../../src/proxy/store/unverified';
import { arrivalOf, orderKey, seed } from '../deliver/seed';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const reason = { who: 'ann', why: 'a test of ours' };

const nothing = { messages: 0, bytes: 0 };

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

  test('name the topic that they claim to be of', async () => {
    await database.query(`UPDATE inbox SET quarantine = 'topic', topic_arn = 'arn:of:another' WHERE id = 3`);
    await database.query(`UPDATE inbox SET topic_arn = '' WHERE id = 2`);
    const found = await listQuarantined(database, {}, { limit: 10 });
    expect(found.map(({ id, topic }) => [id, topic])).toEqual([
      [4, expect.stringMatching(/^arn:/) as string],
      [3, 'arn:of:another'],
      [2, null],
    ]);
  });

  test('make no order where nobody has signed them, and none later than it was', async () => {
    const orders = async (id?: string) =>
      (await listOrders(database, { limit: 10, id })).map(({ order_key: key, messages, last_id: last }) => [
        key,
        messages,
        last,
      ]);
    // As it is stored: nothing is planned for it.
    await database.query('DELETE FROM job WHERE inbox_id = 2');
    // Of an order that nobody else knows, and of one that is.
    expect(await orders(orderKey(2))).toEqual([]);
    expect(await readOrderHistory(database, orderKey(2))).toBeNull();
    await database.query(`UPDATE inbox SET order_key = $1 WHERE id = 2`, [orderKey(1)]);
    expect(await orders(orderKey(1))).toEqual([[orderKey(1), 1, 1]]);
    expect((await orders()).map(([key]) => key)).not.toContain(orderKey(2));
    // In the history it stands as what it is.
    expect((await readOrderHistory(database, orderKey(1)))?.messages).toMatchObject([
      { verdict: 'verified' },
      { verdict: 'unsigned', quarantine: 'raw-delivery' },
    ]);
  });

  test('count no longer when they are settled, are not checked again, and go when they are old', async () => {
    expect(await settleQuarantine({ database, clock }, { inboxIds: [2, 3] }, reason)).toBe(2);
    expect(await list()).toEqual([4]);
    expect((await readOverview(database, clock.now())).quarantined).toBe(1);
    expect(await countUnverified(database)).toEqual({ pending: nothing, aside: nothing, signed: nothing });
    expect(await checkAsideAgain(database, driver, clock.now())).toBe(0);
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
