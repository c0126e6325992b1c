import { createHash } from 'node:crypto';
import type { Database } from '../../../src/proxy/store/database';
import { findMessage, Inbox, type Arrival, type PlanJobs } from '../../../src/proxy/store/inbox';
import { makeStore, stores, TestClock, type TestStore } from '../stores';

function arrivalOf(messageId: string, body = Buffer.from(`{"MessageId":"${messageId}"}`)): Arrival {
  return {
    topicArn: 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2SELLER',
    messageId,
    kind: 'v2',
    verdict: 'verified',
    quarantine: null,
    body,
    bodySha256: createHash('sha256').update(body).digest('hex'),
    headers: { 'x-amz-sns-message-type': 'Notification' },
    notificationId: 'n-1',
    notificationType: 'STATE_CHANGE',
    objectType: 'CHARGE',
    objectId: 'P01-1112223-3334445-C000111',
    orderKey: 'P01-1112223-3334445',
    isSample: false,
  };
}

const planJobs: PlanJobs = (id, arrival, now) => [
  { kind: 'deliver-legacy', lane: `legacy:${arrival.orderKey}`, subject: String(id), inboxId: id, runAt: now },
];

describe.each(stores)('the inbox on %s', (driver) => {
  let store: TestStore;
  let database: Database;
  let inbox: Inbox;
  const commits: number[] = [];
  beforeEach(async () => {
    store = makeStore(driver);
    database = await store.open();
    commits.length = 0;
    inbox = new Inbox(database, new TestClock(), planJobs, (messages) => commits.push(messages));
  });
  afterEach(() => store.remove());

  const countOf = async (table: string): Promise<number> =>
    Number((await database.query(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.['n']);

  test('keeps the bytes as they came', async () => {
    const body = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x22, 0x00, 0xff, 0xfe, 0x0d, 0x0a, 0x7d]);
    const { id } = await inbox.accept(arrivalOf('m-1', body));
    const message = await findMessage(database, id);
    expect(Buffer.from(message?.body ?? [])).toEqual(body);
    expect(message).toMatchObject({ headers: { 'x-amz-sns-message-type': 'Notification' }, kind: 'v2', seen_count: 1 });
  });

  test('a message that comes again is one row and one piece of work, also within one commit', async () => {
    const accepted = await Promise.all(Array.from({ length: 30 }, () => inbox.accept(arrivalOf('m-1'))));
    expect(accepted.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
    expect(await countOf('inbox')).toBe(1);
    expect(await countOf('job')).toBe(1);
    expect((await findMessage(database, accepted[0]?.id ?? 0))?.seen_count).toBe(30);
  });

  test('what comes at once is committed together', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, index) => inbox.accept(arrivalOf(`m-${index}`))));
    expect(await countOf('inbox')).toBe(200);
    expect(commits.length).toBeLessThanOrEqual(8);
  });

  test('one message that the store refuses does not take the others with it', async () => {
    const refused = { ...arrivalOf('m-refused'), kind: null as unknown as 'v2' };
    const results = await Promise.allSettled([
      inbox.accept(arrivalOf('m-1')),
      inbox.accept(refused),
      inbox.accept(arrivalOf('m-2')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await countOf('inbox')).toBe(2);
  });

  test('nothing is acknowledged by a store that is closed', async () => {
    await database.close();
    await expect(inbox.accept(arrivalOf('m-1'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
