import { createHmac } from 'node:crypto';
import { isFromProxy } from '../../../src/proxy/deliver/sign';
import { listAttempts } from '../../../src/proxy/store/attempts';
import { JobQueue } from '../../../src/proxy/store/jobs';
import { stores } from '../stores';
import { secrets } from './deliver-settings';
import { answer } from './handler';
import { messageId, orderKey } from './seed';
import { Shop } from './shop';

const [A, B] = [orderKey(1), orderKey(2)];
const SECOND = 1000;

describe.each(stores)('delivery on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
  });
  afterEach(() => shop.close());

  test('observe: the legacy handler gets the bytes of Amazon, the migrated one nothing', async () => {
    await shop.receive({ order: A });
    await shop.instance().deliverDue();
    const [sent] = shop.legacy.ledger;
    const [stored] = await shop.database.query('SELECT body FROM inbox');
    expect(sent?.body).toEqual(Buffer.from(stored?.['body'] as Uint8Array));
    expect(sent?.headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-id': messageId(1),
      'x-amz-sns-message-type': 'Notification',
      'x-amazon-pay-proxy-mode': 'observe',
      'x-amazon-pay-proxy-role': 'primary',
      'x-amazon-pay-proxy-shape': 'as-received',
      'x-amazon-pay-proxy-message-id': messageId(1),
      'x-amazon-pay-proxy-attempt': '1',
      'x-amazon-pay-proxy-timestamp': '2026-01-15T12:00:00.000Z',
    });
    expect(sent?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(shop.migrated.ledger).toEqual([]);
    expect(await shop.jobs()).toEqual(['deliver-legacy done', 'deliver-migrated superseded mode:observe']);
  });

  test('shadow: the migrated handler is called at the URL of its dry run alone, in v2 shape', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    await shop.instance().deliverDue();
    const [dry] = shop.migrated.ledger;
    expect(dry).toMatchObject({ path: '/dry-run', role: 'dry-run' });
    expect(dry?.headers['x-amazon-pay-proxy-shape']).toBe('v1-as-v2');
    const envelope = JSON.parse(dry?.body.toString() ?? '') as Record<string, unknown>;
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId: messageId(1),
      Translated: { signedByAmazon: false },
    });
    expect(envelope).not.toHaveProperty('Signature');
    expect(JSON.parse(String(envelope['Message']))).toMatchObject({
      ObjectType: 'CHARGE',
      ObjectId: `${A}-C000111`,
      NotificationVersion: 'V2',
    });
    expect(shop.legacy.ledger).toHaveLength(1);
    expect(shop.legacy.ledger[0]?.key).toBe(dry?.key);
  });

  test('what is sent is signed with the secret of its target, with its role', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    await shop.instance().deliverDue();
    for (const [side, role] of [
      ['legacy', 'primary'],
      ['migrated', 'dry-run'],
    ] as const) {
      const { headers, body } = shop[side].ledger[0]!;
      const timestamp = String(headers['x-amazon-pay-proxy-timestamp']);
      const signature = String(headers['x-amazon-pay-proxy-signature']);
      // By hand, as a handler in another language does it.
      const expected = createHmac('sha256', secrets[side])
        .update(`${timestamp}.${role}.${body.toString()}`)
        .digest('hex');
      expect(signature).toBe(`sha256=${expected}`);
      const now = Date.parse(timestamp);
      expect(isFromProxy({ timestamp, role, body }, signature, secrets[side], now)).toBe(true);
      const other = role === 'primary' ? 'dry-run' : 'primary';
      expect(isFromProxy({ timestamp, role: other, body }, signature, secrets[side], now)).toBe(false);
      expect(isFromProxy({ timestamp, role, body }, signature, secrets[side], now + 600_000)).toBe(false);
      expect(isFromProxy({ timestamp, role, body: Buffer.from('x') }, signature, secrets[side], now)).toBe(false);
    }
  });

  test('as-received: the migrated handler gets legacy messages with the signature of Amazon', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    await shop.instance({ migrated: { v1Messages: 'as-received' } }).deliverDue();
    expect(shop.migrated.ledger[0]?.body).toEqual(shop.legacy.ledger[0]?.body);
  });

  test('what has no counterpart in v2 is sent as it was received', async () => {
    await shop.mode('cutover');
    const inner = {
      NotificationReferenceId: 'n',
      NotificationType: 'ProviderCredit',
      NotificationData: '<a/>',
      Version: '2013-01-01',
    };
    await shop.receive({ order: A, inner });
    await shop.instance().deliverDue();
    expect(shop.migrated.ledger[0]?.headers['x-amazon-pay-proxy-shape']).toBe('as-received');
  });

  test('headers that are not known are left out, and none of the proxy can be given from outside', async () => {
    await shop.receive({ order: A });
    const headers = {
      'x-amazon-pay-proxy-role': 'dry-run',
      'x-amazon-pay-proxy-replay': 'x',
      'idempotency-key': 'mine',
      cookie: 'session=1',
      'x-forwarded-for': '10.0.0.1',
      'x-amz-sns-topic-arn': 'line\r\nbreak: 1',
    };
    await shop.database.query('UPDATE inbox SET headers = $1', [JSON.stringify(headers)]);
    await shop.instance().deliverDue();
    const sent = shop.legacy.ledger[0]?.headers ?? {};
    expect(Object.keys(sent)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(cookie|x-forwarded-for|x-amz-sns-topic-arn|x-amazon-pay-proxy-replay|break)$/),
      ]),
    );
    expect(sent).toMatchObject({ 'x-amazon-pay-proxy-role': 'primary' });
    expect(sent['idempotency-key']).not.toBe('mine');
  });

  test('a failure is tried again under the same key and message, with a pause, and holds the messages behind it', async () => {
    await shop.receive({ order: A }, { order: A }, { order: B });
    shop.legacy.replies.push(answer(503));
    const proxy = shop.instance({ legacy: { concurrency: 1 } });
    await proxy.deliverDue();
    expect(shop.legacy.ledger.map(({ order }) => order)).toEqual([A, B]);
    shop.clock.advance(5 * SECOND - 1);
    await proxy.deliverDue();
    expect(shop.legacy.ledger).toHaveLength(2);
    shop.clock.advance(1);
    await proxy.deliverDue();
    const ofA = shop.legacy.ledger.filter(({ order }) => order === A);
    expect(ofA.map(({ attempt }) => attempt)).toEqual([1, 2, 1]);
    expect(ofA[1]?.key).toBe(ofA[0]?.key);
    expect(ofA[1]?.body).toEqual(ofA[0]?.body);
    expect(ofA[2]?.key).not.toBe(ofA[0]?.key);
    expect(await listAttempts(shop.database, 1)).toMatchObject([
      { number: 1, status: 503, failure: 'status-5xx', as_what: 'primary' },
      { number: 2, status: 200, failure: null },
    ]);
    expect(shop.told('retried')).toMatchObject([{ failure: 'status-5xx', attempts: 1, runAt: shop.clock.now() }]);
  });

  test('Retry-After is honoured', async () => {
    await shop.receive({ order: A });
    shop.legacy.replies.push(answer(429, undefined, { 'retry-after': '120' }));
    const proxy = shop.instance();
    await proxy.deliverDue();
    shop.clock.advance(120 * SECOND - 1);
    await proxy.deliverDue();
    expect(shop.legacy.ledger).toHaveLength(1);
    shop.clock.advance(24 * SECOND);
    await proxy.deliverDue();
    expect(shop.legacy.ledger).toHaveLength(2);
  });

  test('a refusal is tried again for two hours, then it is dead, and the lane goes on', async () => {
    await shop.receive({ order: A }, { order: A });
    shop.legacy.replies.push(...Array.from({ length: 7 }, () => answer(404)));
    const proxy = shop.instance();
    for (let hours = 0; hours < 8; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(3_600_000);
    }
    expect((await shop.jobs()).filter((job) => job.startsWith('deliver-legacy'))).toEqual([
      'deliver-legacy dead status-4xx',
      'deliver-legacy done',
    ]);
    expect(shop.legacy.ledger.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 1]);
    expect(shop.told('dead')).toMatchObject([{ failure: 'status-4xx', attempts: 7 }]);
  });

  test('after three days of failures a message is dead', async () => {
    await shop.receive({ order: A });
    shop.legacy.reply = answer(500);
    const proxy = shop.instance();
    for (let hours = 0; hours <= 75; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(3_600_000);
    }
    expect((await shop.jobs())[0]).toBe('deliver-legacy dead status-5xx');
    expect(shop.legacy.ledger.length).toBeGreaterThan(60);
  });

  test('an answer as JSON is handed on for comparison, with the end of the delivery or not at all', async () => {
    await shop.receive({ order: A });
    shop.legacy.reply = answer(200, { state: 'captured', captured: '94.50' });
    const failing = shop.instance({}, { readOutcome: () => Promise.reject(new Error('cannot be written')) });
    await failing.deliverDue();
    expect((await shop.jobs())[0]).toMatch(/^deliver-legacy leased/);
    shop.clock.advance(31 * SECOND);
    await new JobQueue(shop.database, shop.clock, 'one').releaseExpired();
    await shop.instance().deliverDue();
    expect(shop.answers).toEqual([
      {
        side: 'legacy',
        role: 'primary',
        orderKey: A,
        inboxId: 1,
        status: 200,
        json: { state: 'captured', captured: '94.50' },
        answeredAt: shop.clock.now(),
      },
    ]);
  });

  test('a page with status 200 counts as delivered, without an outcome', async () => {
    await shop.receive({ order: A });
    shop.legacy.reply = answer(200, '<!doctype html><title>Log in</title>');
    await shop.instance().deliverDue();
    expect((await shop.jobs())[0]).toBe('deliver-legacy done unreadable');
    expect(shop.answers).toMatchObject([{ json: undefined }]);
  });

  test('every end asks once for a comparison of the order, after the settle time; a sample is not compared', async () => {
    await shop.receive({ order: A }, { order: A });
    await shop.receive({ order: B, inner: { ...JSON.parse(sampleV2), IsSample: true } });
    await shop.instance({ settleMs: 60_000 }).deliverDue();
    const rows = await shop.database.query(
      `SELECT kind, lane, subject, order_key, run_at FROM job WHERE kind = 'compare'`,
    );
    expect(rows).toEqual([
      { kind: 'compare', lane: `compare:${A}`, subject: A, order_key: A, run_at: shop.clock.now() + 60_000 },
    ]);
  });

  test('a v2 message that the legacy handler alone gets is told', async () => {
    await shop.receive({ order: A, kind: 'v2' }, { order: B });
    await shop.instance().deliverDue();
    expect(shop.told('v2ToLegacyAlone')).toEqual([{ jobId: 1, inboxId: 1, mode: 'observe' }]);
  });

  test('a handler that is down keeps its messages waiting and its attempts low, and the other one goes on', async () => {
    await shop.mode('shadow');
    await shop.receive(...Array.from({ length: 40 }, (_, index) => ({ order: orderKey(index) })));
    const url = shop.migrated.url;
    await shop.migrated.close();
    const proxy = shop.instance({ migrated: { url, dryRunUrl: new URL('/dry-run', url).href, concurrency: 2 } });
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await proxy.deliverDue();
      shop.clock.advance(60 * SECOND);
    }
    expect(shop.legacy.ledger).toHaveLength(40);
    const [row] = await shop.database.query(
      `SELECT COUNT(*) AS n FROM attempt JOIN job ON job.id = job_id WHERE kind = 'deliver-migrated'`,
    );
    // Five to open the breaker, two that were under way, and one probe each time.
    expect(Number(row?.['n'])).toBeLessThanOrEqual(5 + 2 + 10);
    expect((await shop.jobs()).filter((job) => job.startsWith('deliver-migrated dead'))).toEqual([]);
    expect(shop.told('breakerChanged')[0]).toEqual({ target: 'migrated-dry-run', state: 'open' });
  });

  test('when it answers again all goes at once, whatever pause each message had', async () => {
    await shop.receive(...Array.from({ length: 20 }, (_, index) => ({ order: orderKey(index) })));
    shop.legacy.reply = answer(500);
    const proxy = shop.instance({ legacy: { concurrency: 4 } });
    for (let hours = 0; hours < 5; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(3_600_000);
    }
    expect(proxy.breaker('legacy')).toBe('half-open');
    shop.legacy.reply = answer(200);
    await proxy.deliverDue();
    expect(proxy.breaker('legacy')).toBe('closed');
    expect((await shop.jobs()).filter((job) => job.startsWith('deliver-legacy done'))).toHaveLength(20);
  });

  test('an order that always fails holds only itself', async () => {
    await shop.receive({ order: A }, ...Array.from({ length: 20 }, () => ({ order: B })));
    shop.legacy.reply = (response, { order }) => response.writeHead(order === A ? 500 : 200).end();
    const proxy = shop.instance();
    for (let seconds = 0; seconds < 30; seconds += 1) {
      await proxy.deliverDue();
      shop.clock.advance(SECOND);
    }
    expect(shop.legacy.ledger.filter(({ order }) => order === B)).toHaveLength(20);
    expect(shop.legacy.ledger.filter(({ order }) => order === A)).toHaveLength(3);
    expect(proxy.breaker('legacy')).toBe('closed');
  });

  test('messages of one order go one after the other, each in its turn, those of others beside them', async () => {
    const orders = Array.from({ length: 8 }, (_, index) => orderKey(index));
    for (let round = 0; round < 5; round += 1) await shop.receive(...orders.map((order) => ({ order })));
    await shop.instance().deliverDue();
    expect(shop.legacy.overlaps).toEqual([]);
    for (const order of orders) {
      const ids = shop.legacy.ledger
        .filter((entry) => entry.order === order)
        .map(({ headers }) => headers['x-amz-sns-message-id']);
      expect(ids).toEqual([...ids].sort());
      expect(ids).toHaveLength(5);
    }
  });

  test('a message that ends the proxy each time is dead in the end', async () => {
    await shop.receive({ order: A });
    for (let number = 1; number <= 20; number += 1)
      await shop.database.query(
        `INSERT INTO attempt (job_id, number, started_at, as_what) VALUES (1, $1, 0, 'primary')`,
        [number],
      );
    await shop.database.query('UPDATE job SET attempts = 20 WHERE id = 1');
    await shop.instance().deliverDue();
    expect((await shop.jobs())[0]).toBe('deliver-legacy dead interrupted');
    expect(shop.legacy.ledger).toEqual([]);
  });

  test('a message that retention took away ends expired', async () => {
    await shop.receive({ order: A });
    await shop.database.query('DELETE FROM inbox');
    await shop.instance().deliverDue();
    expect(await shop.jobs()).toEqual(['deliver-legacy expired message-gone', 'deliver-migrated expired message-gone']);
  });
});

const sampleV2 = JSON.stringify({
  MerchantID: 'A',
  ObjectType: 'CHARGE',
  ObjectId: 'P01-0000000-0000000-C000000',
  NotificationType: 'STATE_CHANGE',
  NotificationVersion: 'V2',
});
