import { countDeadLetters, listDeadLetters, redrive } from '../../../src/proxy/deliver/dead-letters';
import { settleDeadLetters } from '../../../src/proxy/operate/settle';
import { listAudit, verifyAudit } from '../../../src/proxy/store/audit';
import { readWaiting } from '../../../src/proxy/store/evidence-figures';
import { readOverview } from '../../../src/proxy/store/overview';
import { deleteOld } from '../../../src/proxy/store/retention';
import { stores } from '../stores';
import { answer } from './handler';
import { orderKey } from './seed';
import { Shop } from './shop';

const HOUR = 3_600_000;
const reason = { who: 'ann', why: 'the route is deployed' };

describe.each(stores)('dead letters on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
    await shop.receive(
      { order: orderKey(1) },
      { order: orderKey(2), type: 'PaymentRefund' },
      { order: orderKey(3), type: 'PaymentRefund' },
    );
    shop.legacy.reply = answer(404);
    await deliver();
    shop.legacy.reply = answer(200);
    shop.legacy.ledger.length = 0;
  });
  afterEach(() => shop.close());

  async function deliver(): Promise<void> {
    const proxy = shop.instance();
    for (let hours = 0; hours < 8; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(HOUR);
    }
  }
  const list = async (filter = {}) =>
    (await listDeadLetters(shop.database, filter, { limit: 10 })).map(({ inboxId }) => inboxId);

  test('are listed, last first, by page and by filter', async () => {
    expect(await listDeadLetters(shop.database, {}, { limit: 1 })).toMatchObject([
      {
        kind: 'deliver-legacy',
        inboxId: 3,
        orderKey: orderKey(3),
        reason: 'status-4xx',
        notificationType: 'PaymentRefund',
      },
    ]);
    const [last] = await listDeadLetters(shop.database, {}, { limit: 1 });
    expect(await listDeadLetters(shop.database, {}, { limit: 10, before: last!.jobId })).toHaveLength(2);
    expect(await list({ notificationType: 'PaymentRefund' })).toEqual([3, 2]);
    expect(await list({ orderKey: orderKey(1) })).toEqual([1]);
    expect(await list({ side: 'migrated' })).toEqual([]);
    expect(await list({ reason: 'status-4xx', since: 0, until: shop.clock.now() })).toEqual([3, 2, 1]);
    expect(await list({ reason: 'timeout' })).toEqual([]);
    expect(await countDeadLetters(shop.database, {})).toBe(3);
  });

  test('tell how often each was sent, as the log does, and not how often it was taken up', async () => {
    const told = shop.told('dead') as readonly { jobId: number; attempts: number }[];
    // As it is after a while of a breaker that is open.
    await shop.database.query('UPDATE job SET attempts = attempts + 40');
    const listed = await listDeadLetters(shop.database, {}, { limit: 10 });
    const tries = (all: typeof told): object => Object.fromEntries(all.map(({ jobId, attempts }) => [jobId, attempts]));
    expect(told).toHaveLength(3);
    expect(tries(listed)).toEqual(tries(told));
  });

  test('one is redriven by id, with the same key and a first attempt again, and is no dead letter any more', async () => {
    const [{ jobId } = { jobId: 0 }] = await listDeadLetters(shop.database, { orderKey: orderKey(2) }, { limit: 1 });
    expect(await redrive(shop.database, shop.clock, { jobIds: [jobId] }, reason)).toEqual({ redriven: 1, left: 0 });
    expect(await list()).toEqual([3, 1]);
    await shop.instance().deliverDue();
    expect(shop.legacy.ledger).toMatchObject([{ order: orderKey(2), attempt: 1, role: 'primary' }]);
    const keys = await shop.database.query('SELECT DISTINCT idempotency_key FROM job WHERE inbox_id = 2');
    expect(keys).toEqual([{ idempotency_key: shop.legacy.ledger[0]?.key }]);
    expect(await list()).toEqual([3, 1]);
  });

  test('all of a filter are redriven, once, though two ask at the same moment', async () => {
    const twice = await Promise.all(
      [1, 2].map(() => redrive(shop.database, shop.clock, { notificationType: 'PaymentRefund' }, reason)),
    );
    expect(twice.map(({ redriven }) => redriven).sort()).toEqual([0, 2]);
    await shop.instance().deliverDue();
    expect(shop.legacy.ledger).toHaveLength(2);
    expect(await listAudit(shop.database, 10)).toMatchObject([{ action: 'redrive', ...reason }]);
    expect(await verifyAudit(shop.database)).toMatchObject({ broken: null });
  });

  test('one that was redriven closes the gate no longer, nor ever again', async () => {
    const dead = async (): Promise<number> => (await readWaiting(shop.database, shop.clock.now())).dead;
    expect(await dead()).toBe(3);
    await redrive(shop.database, shop.clock, {}, reason);
    await shop.instance().deliverDue();
    expect(await dead()).toBe(0);
    // Retention takes the one that was given up no later than the one that was asked for instead.
    const before = shop.clock.now() + 1;
    await deleteOld(shop.database, {
      ages: { messagesBefore: before, comparisonsBefore: before },
      isStopped: () => false,
      onDeleted: () => undefined,
    });
    expect(await dead()).toBe(0);
    expect(await shop.database.query('SELECT id FROM inbox')).toEqual([]);
  });

  test('until one is there, what the handler refuses counts as waiting since it came, also between two tries', async () => {
    const waiting = async (): Promise<number> => {
      const { oldest } = await readWaiting(shop.database, shop.clock.now());
      return oldest === null ? 0 : shop.clock.now() - oldest;
    };
    await shop.database.query(`UPDATE job SET state = 'done' WHERE state = 'ready'`);
    expect(await waiting()).toBe(0);
    await shop.receive({ order: orderKey(9) });
    shop.legacy.reply = answer(503);
    const since = shop.clock.now();
    for (let time = 0; time < 20; time += 1) {
      await shop.instance().deliverDue();
      shop.clock.advance(60_000);
    }
    await shop.instance().deliverDue();
    expect(await waiting()).toBe(shop.clock.now() - since);
    // The status, and the alert that goes by it, say the same.
    const { openJobs } = await readOverview(shop.database, shop.clock.now());
    expect(openJobs.find(({ kind }) => kind === 'deliver-legacy')?.oldestMs).toBe(shop.clock.now() - since);
  });

  test('those that are settled are never delivered, stand in the audit, and go when they are old', async () => {
    const filter = { notificationType: 'PaymentRefund' };
    expect(await settleDeadLetters(shop, filter, reason)).toBe(2);
    expect(await settleDeadLetters(shop, filter, reason)).toBe(0);
    expect(await list()).toEqual([1]);
    expect((await readWaiting(shop.database, shop.clock.now())).dead).toBe(1);
    expect(await redrive(shop.database, shop.clock, filter, reason)).toEqual({ redriven: 0, left: 0 });
    expect(await listAudit(shop.database, 10)).toMatchObject([{ action: 'settle-dead-letters', ...reason }]);
    const before = shop.clock.now() + 1;
    await deleteOld(shop.database, {
      ages: { messagesBefore: before, comparisonsBefore: before },
      isStopped: () => false,
      onDeleted: () => undefined,
    });
    expect(await shop.database.query('SELECT id FROM inbox')).toEqual([{ id: 1 }]);
  });

  test('one that fails again is a dead letter again', async () => {
    await redrive(shop.database, shop.clock, { orderKey: orderKey(1) }, reason);
    shop.legacy.reply = answer(404);
    await deliver();
    expect(await list()).toEqual([1, 3, 2]);
    expect(shop.legacy.ledger).toHaveLength(7);
  });
});
