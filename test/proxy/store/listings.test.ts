import type { Database, Queries } from '../../../src/proxy/store/database';
import { Inbox, type Arrival, type PlanJobs } from '../../../src/proxy/store/inbox';
import { beginAttempt, endAttempt } from '../../../src/proxy/store/attempts';
import { JobQueue, type Job } from '../../../src/proxy/store/jobs';
import { listMessages, listOrders, MESSAGES_LOOKED_THROUGH } from '../../../src/proxy/store/listings';
import { readOrderHistory } from '../../../src/proxy/store/order-history';
import { readOverview } from '../../../src/proxy/store/overview';
import { deleteOld } from '../../../src/proxy/store/retention';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

const DAY = 86_400_000;

const arrivalOf = (number: number, more: Partial<Arrival> = {}): Arrival => ({
  topicArn: 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SELLER',
  messageId: `m-${number}`,
  kind: 'v2',
  verdict: 'verified',
  quarantine: null,
  body: Buffer.from(`{"n":${number}}`),
  bodySha256: 'x',
  headers: {},
  notificationId: null,
  notificationType: 'STATE_CHANGE',
  objectType: 'CHARGE',
  objectId: `P01-1112223-000000${number % 10}-C00011${number % 10}`,
  orderKey: `P01-1112223-000000${number % 10}`,
  isSample: false,
  ...more,
});

describe.each(stores)('what people see of the store on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  let clock: TestClock;
  let queue: JobQueue;
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    clock = new TestClock();
    queue = new JobQueue(database, clock, 'one');
  });
  afterEach(() => store.remove());

  const planJobs: PlanJobs = (id, { orderKey }, now) => [
    {
      kind: 'deliver-legacy',
      lane: `legacy:${orderKey}`,
      subject: String(id),
      inboxId: id,
      orderKey: orderKey ?? '',
      runAt: now,
    },
  ];
  const accept = (number: number, more: Partial<Arrival> = {}) =>
    new Inbox(database, clock, planJobs).accept(arrivalOf(number, more));
  const deliver = async (): Promise<Job> => {
    const [job] = await queue.claim({ kind: 'deliver-legacy', limit: 1, leaseMs: 1000 });
    await beginAttempt(database, job as Job, 'primary', clock.now());
    await endAttempt(database, job as Job, { status: 200, failure: null, detail: null }, clock.now());
    await queue.finish(database, job as Job, 'done');
    return job as Job;
  };

  test('messages come page by page, the newest first, with what became of them', async () => {
    for (let number = 1; number <= 5; number += 1) await accept(number);
    await deliver();
    const first = await listMessages(database, { limit: 2 });
    expect(first.map(({ message_id }) => message_id)).toEqual(['m-5', 'm-4']);
    const rest = await listMessages(database, { limit: 10, before: first.at(-1)?.id });
    expect(rest.map(({ message_id, legacy }) => `${message_id} ${legacy}`)).toEqual([
      'm-3 ready',
      'm-2 ready',
      'm-1 done',
    ]);
  });

  test('a search takes no character for a wildcard', async () => {
    await accept(1);
    await accept(2, { messageId: '100%_\\' });
    const found = async (id: string) => (await listMessages(database, { limit: 10, id })).map((row) => row.message_id);
    expect(await found('%')).toEqual(['100%_\\']);
    expect(await found('_\\')).toEqual(['100%_\\']);
    expect(await found('0000001')).toEqual(['m-1']);
    expect(await found(`' OR 1=1 --`)).toEqual([]);
  });

  test('a whole id is looked up, and one that is of no order is looked for', async () => {
    const messageId = '7d3b6c1e-0d6f-5a2b-9c4d-2f1e8a7b6c5d';
    await accept(1, { messageId });
    await accept(2);
    const asked: string[] = [];
    const queries: Queries = {
      query: (sql, values) => {
        asked.push(sql.includes('LIKE') ? 'looked for' : 'looked up');
        return database.query(sql, values);
      },
    };
    const found = async (id: string) => (await listMessages(queries, { limit: 10, id })).map((row) => row.message_id);
    expect(await found('P01-1112223-0000002')).toEqual(['m-2']);
    expect(await found(messageId)).toEqual([messageId]);
    expect(await listOrders(queries, { limit: 10, id: 'P01-1112223-0000002' })).toHaveLength(1);
    expect(asked).toEqual(['looked up', 'looked up', 'looked up']);
    // A charge that is kept with another order is found by its own id.
    expect(await found('P01-9999999-0000009')).toEqual([]);
    expect(asked.slice(3)).toEqual(['looked up', 'looked up', 'looked for']);
  });

  test('what no index finds is looked for in the newest messages, and nobody waits for more', async () => {
    await accept(1);
    // As if many had come between.
    await database.query(
      driver === 'sqlite'
        ? `UPDATE sqlite_sequence SET seq = ${MESSAGES_LOOKED_THROUGH} WHERE name = 'inbox'`
        : `ALTER TABLE inbox ALTER COLUMN id RESTART WITH ${MESSAGES_LOOKED_THROUGH + 1}`,
    );
    await accept(2);
    const found = async (filter: object) =>
      (await listMessages(database, { limit: 10, ...filter })).map((row) => row.message_id);
    expect(await found({ id: '000000' })).toEqual(['m-2']);
    expect(await found({ show: 'v2' })).toEqual(['m-2']);
    expect(await found({ id: '000000', before: MESSAGES_LOOKED_THROUGH })).toEqual(['m-1']);
    expect(await found({ id: 'P01-1112223-0000001' })).toEqual(['m-1']);
    expect(await found({})).toEqual(['m-2', 'm-1']);
    expect(await listOrders(database, { limit: 10, id: '000000' })).toMatchObject([
      { order_key: 'P01-1112223-0000002' },
    ]);
  });

  test('what is kept aside is found', async () => {
    await accept(1);
    await accept(2, { quarantine: 'no-version' });
    await accept(3, { verdict: 'pending' });
    const aside = await listMessages(database, { limit: 10, show: 'aside' });
    expect(aside.map(({ message_id }) => message_id)).toEqual(['m-3', 'm-2']);
  });

  test('orders come by their last message', async () => {
    for (const number of [1, 2, 3, 11]) await accept(number);
    const orders = await listOrders(database, { limit: 2 });
    expect(orders).toMatchObject([
      { order_key: 'P01-1112223-0000001', messages: 2 },
      { order_key: 'P01-1112223-0000003', messages: 1 },
    ]);
    const next = await listOrders(database, { limit: 2, before: orders.at(-1)?.last_id });
    expect(next).toMatchObject([{ order_key: 'P01-1112223-0000002' }]);
  });

  test('the history of an order has its messages and every try', async () => {
    await accept(1);
    await deliver();
    const history = await readOrderHistory(database, 'P01-1112223-0000001');
    expect(history).toMatchObject({
      messages: [{ message_id: 'm-1', verdict: 'verified' }],
      jobs: [{ state: 'done', attempts_made: [{ number: 1, status: 200, as_what: 'primary' }] }],
    });
    expect(await readOrderHistory(database, 'P01-0000000-0000000')).toBeNull();
  });

  test('the overview counts', async () => {
    await accept(1);
    await accept(1);
    await accept(2, { kind: 'v1' });
    await accept(3, { verdict: 'pending' });
    // Kept aside, it waits for nobody.
    await accept(4, { verdict: 'pending', quarantine: 'topic' });
    await deliver();
    clock.advance(5000);
    expect(await readOverview(database, clock.now())).toMatchObject({
      messages: [
        { kind: 'v1', verdict: 'verified', count: 1, seen: 1 },
        { kind: 'v2', verdict: 'pending', count: 2, seen: 2 },
        { kind: 'v2', verdict: 'verified', count: 1, seen: 2 },
      ],
      openJobs: expect.arrayContaining([{ kind: 'deliver-legacy', count: 3, oldestMs: 5000 }]) as unknown,
      deadLetters: 0,
      pendingVerification: 1,
      openMismatches: 0,
      v2AtLegacy: 0,
    });
  });

  test('what is old and done goes; what is open, dead or kept aside stays', async () => {
    for (const number of [1, 2, 3]) await accept(number);
    await accept(4, { quarantine: 'no-version' });
    await deliver();
    const [dead] = await queue.claim({ kind: 'deliver-legacy', limit: 1, leaseMs: 1000 });
    await queue.finish(database, dead as Job, 'dead', 'status-4xx');
    clock.advance(100 * DAY);
    const before = clock.now() - 90 * DAY;
    const deleted = await deleteOld(database, {
      ages: { messagesBefore: before, comparisonsBefore: before },
      isStopped: () => false,
      onDeleted: () => undefined,
    });
    expect(deleted).toBe(3);
    const left = await listMessages(database, { limit: 10 });
    expect(left.map(({ message_id }) => message_id)).toEqual(['m-4', 'm-3', 'm-2']);
    // A message that comes again after all is new work, as it would be without the proxy.
    expect(await accept(1)).toMatchObject({ isNew: true });
  });
});
