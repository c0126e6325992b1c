import {
  cancelReplay,
  continueReplays,
  listReplays,
  planReplay,
  startReplay,
  type ReplayRequest,
} from '../../../src/proxy/deliver/replay';
import type { ReplayFilter } from '../../../src/proxy/deliver/replay-record';
import type { Deliveries } from '../../../src/proxy/deliver/start-delivery';
import { listAudit, verifyAudit } from '../../../src/proxy/store/audit';
import { countDeadLetters } from '../../../src/proxy/deliver/dead-letters';
import { stores } from '../stores';
import { answer } from './handler';
import { orderKey } from './seed';
import { Shop } from './shop';

const HOUR = 3_600_000;
const reason = { who: 'ann', why: 'the handler had a defect' };

describe.each(stores)('replay on %s', (driver) => {
  let shop: Shop;
  let proxy: Deliveries;
  beforeEach(async () => {
    shop = await Shop.open(driver);
    await shop.mode('shadow');
    await shop.receive({ order: orderKey(1) }, { order: orderKey(2), type: 'PaymentRefund' });
    shop.clock.advance(60_000);
    await shop.receive({ order: orderKey(3) }, { order: orderKey(1), kind: 'v2' });
    proxy = shop.instance();
    await proxy.deliverDue();
    forget();
  });
  afterEach(() => shop.close());

  const forget = (): void => void (shop.legacy.ledger.splice(0), shop.migrated.ledger.splice(0));
  const plan = (filter: ReplayFilter) => planReplay(shop.database, shop, filter);
  const start = async (filter: ReplayFilter, more: Partial<ReplayRequest> = {}) =>
    startReplay(shop, { plan: await plan(filter), ...reason, ...more });
  async function run(seconds: number): Promise<void> {
    for (let second = 0; second <= seconds; second += 1) {
      await continueReplays(shop);
      await proxy.deliverDue();
      shop.clock.advance(1000);
    }
  }

  test.each<[string, ReplayFilter, Partial<Awaited<ReturnType<typeof plan>>>]>([
    ['all', {}, { messages: 4, deliveries: 8, primaries: 4 }],
    ['one side', { side: 'migrated' }, { messages: 4, deliveries: 4, primaries: 0 }],
    ['a type', { notificationType: 'PaymentRefund' }, { messages: 1, deliveries: 2 }],
    ['an order', { orderKey: orderKey(1) }, { messages: 2 }],
    ['ids', { inboxIds: [1, 4] }, { messages: 2, lastInboxId: 4 }],
    ['none', { orderKey: 'P01-9999999-9999999' }, { messages: 0, deliveries: 0, primaries: 0 }],
  ])('a dry run of %s says what would be done, and does nothing', async (_, filter, expected) => {
    expect(await plan(filter)).toMatchObject(expected);
    expect(await listReplays(shop.database)).toEqual([]);
    expect(shop.legacy.ledger).toEqual([]);
  });

  test('what waits for its first delivery, and what the mode gives to the other handler, is no delivery of the plan', async () => {
    await shop.receive({ order: orderKey(6) });
    expect(await plan({})).toMatchObject({ messages: 5, deliveries: 8, notNeeded: 2, primaries: 4 });
    const dryRunIsUnknown = { modes: shop.modes, canDryRun: false };
    expect(await planReplay(shop.database, dryRunIsUnknown, {})).toMatchObject({ deliveries: 4, notNeeded: 6 });
    await shop.mode('rollback');
    expect(await plan({ side: 'migrated', notificationType: 'PaymentRefund' })).toMatchObject({
      deliveries: 0,
      notNeeded: 1,
    });
    await expect(start({ side: 'migrated', notificationType: 'PaymentRefund' })).rejects.toMatchObject({
      code: 'nothing-to-replay',
      message: expect.stringContaining('fits 1 messages, and no delivery'),
    });
  });

  test('what the plan says not to be needed is not asked for either', async () => {
    await shop.mode('rollback');
    forget();
    const planned = await plan({});
    expect(planned).toMatchObject({ deliveries: 4, notNeeded: 4, primaries: 4 });
    await start({}, { ratePerSecond: 100, confirm: true });
    await run(3);
    expect(await listReplays(shop.database)).toMatchObject([{ state: 'done', replayed: 4, skipped: 4 }]);
    expect([shop.legacy.ledger.length, shop.migrated.ledger.length]).toEqual([4, 0]);
  });

  test('since and until are by the time of receipt', async () => {
    const begun = shop.clock.now();
    expect(await plan({ since: begun })).toMatchObject({ messages: 2 });
    expect(await plan({ until: begun })).toMatchObject({ messages: 2 });
    expect(await plan({ since: begun - 60_000, until: begun + 1 })).toMatchObject({ messages: 4 });
  });

  test('goes to the dry run with the keys of the first time, at the rate that was asked for, and says so', async () => {
    const first = await shop.database.query('SELECT inbox_id, idempotency_key FROM job WHERE inbox_id IS NOT NULL');
    const { id } = await start({ side: 'migrated' }, { ratePerSecond: 1 });
    await run(0);
    expect(shop.migrated.ledger).toHaveLength(1);
    await run(0);
    expect(shop.migrated.ledger.length).toBeLessThanOrEqual(2);
    await run(5);
    expect(shop.legacy.ledger).toEqual([]);
    const keys = new Set(first.map(({ idempotency_key: key }) => key));
    expect(shop.migrated.ledger).toHaveLength(4);
    for (const { key, role, headers } of shop.migrated.ledger) {
      expect(keys.has(key)).toBe(true);
      expect(role).toBe('dry-run');
      expect(headers['x-amazon-pay-proxy-replay']).toBe(id);
    }
    expect(await listReplays(shop.database)).toMatchObject([{ id, state: 'done', replayed: 4, skipped: 0 }]);
    expect((await listAudit(shop.database, 2)).map(({ action }) => action)).toEqual(['replay-ended', 'replay-started']);
    expect(await verifyAudit(shop.database)).toMatchObject({ broken: null });
  });

  test('to a handler that counts only when that is confirmed', async () => {
    await expect(start({})).rejects.toMatchObject({ code: 'needs-confirm' });
    await start({ inboxIds: [1] }, { confirm: true });
    await run(2);
    expect(shop.legacy.ledger).toMatchObject([{ role: 'primary', order: orderKey(1) }]);
  });

  test('one that was not confirmed never counts, also when the mode is changed meanwhile', async () => {
    await start({ side: 'migrated' }, { ratePerSecond: 100 });
    await shop.mode('cutover');
    await run(3);
    expect(shop.migrated.ledger).toEqual([]);
    const jobs = await shop.jobs();
    expect(jobs.filter((job) => job.includes('superseded replay-not-confirmed'))).toHaveLength(4);
    expect(jobs.filter((job) => job.includes('handover'))).toEqual([]);
  });

  test('what was confirmed is what counted then: a handler that counts since the mode was changed, or an order moved, is sent nothing', async () => {
    await start({}, { confirm: true, ratePerSecond: 2 });
    await run(1);
    expect(shop.legacy.ledger).toMatchObject([{ role: 'primary', order: orderKey(1) }]);
    await shop.mode('cutover');
    await run(5);
    // All of them have counted at the legacy handler, and the migrated one knows none of their keys.
    expect(shop.migrated.ledger.filter(({ role }) => role === 'primary')).toEqual([]);
    expect((await shop.jobs()).filter((job) => job.includes('superseded replay-not-confirmed'))).toHaveLength(3);
    const legacy = shop.legacy.ledger.length;
    await shop.mode('rollback');
    await start({ side: 'legacy', orderKey: orderKey(2) }, { confirm: true });
    await run(2);
    expect(shop.legacy.ledger).toHaveLength(legacy + 1);
  });

  test('a dead letter that was replayed, and whose order changed hands before it was sent, is for the handler that counts now', async () => {
    await shop.receive({ order: orderKey(9) });
    shop.legacy.reply = answer(400);
    for (let time = 0; time < 8; time += 1) {
      await proxy.deliverDue();
      shop.clock.advance(HOUR);
    }
    expect(await countDeadLetters(shop.database, {})).toBe(1);
    forget();
    await start({ orderKey: orderKey(9) }, { confirm: true });
    await continueReplays(shop);
    await shop.mode('cutover');
    await run(3);
    expect(shop.migrated.ledger).toMatchObject([{ role: 'primary', order: orderKey(9) }]);
    expect(shop.legacy.ledger).toEqual([]);
  });

  test('begins with what was shown, or not at all', async () => {
    const shown = await plan({ side: 'migrated' });
    await shop.receive({ order: orderKey(5) });
    await expect(startReplay(shop, { plan: shown, ...reason })).rejects.toMatchObject({ code: 'plan-changed' });
    await expect(start({ orderKey: 'P01-9999999-9999999' })).rejects.toMatchObject({ code: 'nothing-to-replay' });
    await expect(start({}, { who: '' })).rejects.toMatchObject({ code: 'no-reason' });
    expect(await listReplays(shop.database)).toEqual([]);
  });

  test('what comes after its start is no part of it, and what waits for its first delivery needs no second', async () => {
    await shop.receive({ order: orderKey(6) });
    await start({ side: 'migrated' }, { ratePerSecond: 100 });
    await shop.receive({ order: orderKey(7) });
    for (let steps = 0; steps < 3; steps += 1) {
      await continueReplays(shop);
      shop.clock.advance(1000);
    }
    expect(await listReplays(shop.database)).toMatchObject([{ state: 'done', replayed: 4, skipped: 1 }]);
  });

  test('two instances that go on with it at once do no message twice', async () => {
    await start({ side: 'migrated' }, { ratePerSecond: 2 });
    for (let second = 0; second < 6; second += 1) {
      await Promise.all([1, 2, 3].map(() => continueReplays(shop)));
      shop.clock.advance(1000);
    }
    expect(await listReplays(shop.database)).toMatchObject([{ state: 'done', replayed: 4 }]);
  });

  test('after a pause it goes on where it was, not all at once', async () => {
    await start({ side: 'migrated' }, { ratePerSecond: 0.5 });
    await run(0);
    shop.clock.advance(3_600_000);
    await run(0);
    expect(shop.migrated.ledger).toHaveLength(2);
  });

  test('can be cancelled', async () => {
    const { id } = await start({ side: 'migrated' }, { ratePerSecond: 1 });
    await run(0);
    expect(await cancelReplay(shop.database, shop.clock, id, reason)).toBe(true);
    await run(5);
    expect(shop.migrated.ledger).toHaveLength(1);
    expect(await listReplays(shop.database)).toMatchObject([{ state: 'cancelled', replayed: 1 }]);
    expect(await cancelReplay(shop.database, shop.clock, id, reason)).toBe(false);
  });
});
