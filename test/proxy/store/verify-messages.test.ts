import { createHash } from 'node:crypto';
import { planJobs } from '../../../src/proxy/receive/plan-jobs';
import type { Database } from '../../../src/proxy/store/database';
import { Inbox, type Arrival } from '../../../src/proxy/store/inbox';
import { discardForged, setAside } from '../../../src/proxy/store/unverified';
import { verifyMessages } from '../../../src/proxy/store/verify-messages';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

describe.each(stores)('every stored message is looked at, on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  const clock = new TestClock();
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
  });
  afterEach(() => store.remove());

  const accept = async (count: number, more: Partial<Arrival> = {}): Promise<readonly number[]> => {
    const inbox = new Inbox(database, clock, planJobs);
    const accepted = Array.from({ length: count }, (_, number) => {
      const body = Buffer.from(`message ${number}`);
      return inbox.accept({
        ...{ topicArn: 'arn', messageId: `m${number}`, kind: 'v1', verdict: 'verified', quarantine: null, headers: {} },
        ...{ body, bodySha256: createHash('sha256').update(body).digest('hex'), notificationId: null },
        ...{ notificationType: 'PaymentCapture', objectType: null, objectId: null, orderKey: null, isSample: false },
        ...more,
      });
    });
    return (await Promise.all(accepted)).map(({ id }) => id);
  };

  test('those that are as they came, and on their way, are whole', async () => {
    await accept(3);
    expect(await verifyMessages(database, 0, 0)).toEqual({ checked: 3, next: null, broken: [] });
  });

  test('a byte that was changed is found', async () => {
    const [, id] = await accept(3);
    await database.query('UPDATE inbox SET body = $1 WHERE id = $2', [Buffer.from('message 7'), id as number]);
    const { broken } = await verifyMessages(database, 0, 0);
    expect(broken).toEqual([{ id, because: 'its bytes are not those that came' }]);
  });

  test('one that was acknowledged and given to nobody is found, unless retention may have taken that away', async () => {
    const [id] = await accept(2);
    await database.query(`DELETE FROM job WHERE inbox_id = $1`, [id as number]);
    expect((await verifyMessages(database, 0, 0)).broken).toEqual([
      { id, because: 'it was acknowledged, and there is no delivery of it' },
    ]);
    expect((await verifyMessages(database, 0, clock.now() + 1)).broken).toEqual([]);
  });

  test('what is kept aside, or was forged, belongs to no handler', async () => {
    const [aside, forged] = await accept(2, { verdict: 'pending' });
    await setAside(database, aside as number, 'verified', 'unknown-topic');
    await discardForged(database, forged as number);
    expect(await verifyMessages(database, 0, 0)).toEqual({ checked: 1, next: null, broken: [] });
  });

  test('part by part, none left out', async () => {
    const ids = await accept(501);
    const first = await verifyMessages(database, 0, 0);
    expect(first).toMatchObject({ checked: 500, next: [...ids].sort((a, b) => a - b)[499] });
    expect(await verifyMessages(database, first.next ?? 0, 0)).toEqual({ checked: 1, next: null, broken: [] });
  });
});
