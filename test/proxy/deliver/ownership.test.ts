import { toCanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { listDeadLetters, redrive } from '../../../src/proxy/deliver/dead-letters';
import { forceOrder } from '../../../src/proxy/modes/force-order';
import { CurrentMode } from '../../../src/proxy/modes/current-mode';
import type { ModeInForce } from '../../../src/proxy/modes/mode';
import { countInDoubt } from '../../../src/proxy/store/in-doubt';
import { offerChange } from '../../../src/proxy/truth/offer-change';
import { stores } from '../stores';
import { answer, type TestHandler } from './handler';
import { messageId, orderKey } from './seed';
import { Shop } from './shop';

const A = orderKey(1);
const HOUR = 3_600_000;

/** A change of mode while messages are on their way: each is handled by exactly one handler that counts. */
describe.each(stores)('changes of mode on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
  });
  afterEach(() => shop.close());

  /** Messages that a handler took, as what counts, before an earlier one of the same order was taken. */
  const outOfTurn = (): Promise<readonly unknown[]> =>
    shop.database.query(
      `WITH taken AS (SELECT job.order_key, inbox_id, ended.ended_at AS at FROM attempt AS ended JOIN job ON job.id = job_id
         WHERE status = 200 AND as_what = 'primary')
       SELECT later.inbox_id AS early, taken.inbox_id AS late FROM taken JOIN taken AS later
         ON later.order_key = taken.order_key AND later.inbox_id > taken.inbox_id AND later.at < taken.at`,
    );
  const counted = ({ ledger }: TestHandler): number => ledger.filter(({ role }) => role === 'primary').length;
  const both = (): readonly number[] => [counted(shop.legacy), counted(shop.migrated)];

  test('a message that waits under cutover goes to the legacy handler after a rollback', async () => {
    await shop.mode('cutover');
    await shop.receive({ order: A });
    shop.migrated.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    expect(await shop.jobs()).toEqual(['deliver-legacy superseded mode:cutover', 'deliver-migrated ready status-5xx']);
    await shop.mode('rollback');
    shop.clock.advance(HOUR);
    await proxy.deliverDue();
    expect(counted(shop.legacy)).toBe(1);
    expect(await shop.jobs()).toEqual([
      'deliver-legacy superseded mode:cutover',
      'deliver-migrated superseded mode:rollback',
      'deliver-legacy done handover',
    ]);
    expect(shop.legacy.ledger[0]?.key).toBe(shop.migrated.ledger[0]?.key);
  });

  test.each([
    ['cutover', 'shadow', 'cutover', 'legacy', 'migrated'],
    ['rollback', 'cutover', 'rollback', 'migrated', 'legacy'],
    ['return to shadow', 'cutover', 'shadow', 'migrated', 'legacy'],
  ] as const)(
    'what one handler was sent and did not answer counts at the other after a %s, and is told of',
    async (_, before, after, asked, given) => {
      await shop.mode(before);
      await shop.receive({ order: A }, { order: orderKey(2) });
      const proxy = shop.instance();
      // It may have acted on the first; that it refused the second is certain.
      shop[asked].reply = (response, entry) =>
        entry.order === A ? void response.destroy() : answer(503)(response, entry);
      await proxy.deliverDue();
      expect(await countInDoubt(shop.database)).toBe(0);
      shop[asked].reply = answer(200);
      await shop.mode(after, { force: true });
      for (let time = 0; time < 3; time += 1) {
        shop.clock.advance(HOUR);
        await proxy.deliverDue();
      }
      expect(counted(shop[given])).toBe(2);
      expect(await countInDoubt(shop.database)).toBe(1);
    },
  );

  test('what one handler never answered, and was given up, counts at the other when it is redriven, and is told of', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    const proxy = shop.instance();
    shop.legacy.reply = (response) => void response.destroy();
    for (let hours = 0; hours < 120; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(HOUR);
    }
    expect(await countInDoubt(shop.database)).toBe(0);
    shop.legacy.reply = answer(200);
    await shop.mode('cutover', { force: true });
    await redrive(shop.database, shop.clock, {}, { who: 'test', why: 'test' });
    for (let hours = 0; hours < 3; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(HOUR);
    }
    expect(counted(shop.migrated)).toBe(1);
    expect(await countInDoubt(shop.database)).toBe(1);
  });

  test('a message that came before the clock was set back is lost by no change of mode', async () => {
    await shop.receive({ order: A });
    shop.legacy.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    shop.clock.advance(-10_000);
    await shop.mode('cutover');
    shop.clock.advance(HOUR);
    await proxy.deliverDue();
    expect(counted(shop.migrated)).toBe(1);
  });

  test('nor by the move of an order', async () => {
    await shop.mode('cutover');
    shop.clock.advance(60_000);
    await shop.receive({ order: A });
    shop.migrated.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    shop.clock.advance(-10_000);
    const parts = { database: shop.database, clock: shop.clock, modes: shop.modes };
    await forceOrder(parts, { orderKey: A, to: 'legacy', who: 'ann', why: 'test' });
    shop.clock.advance(HOUR);
    await proxy.deliverDue();
    expect(counted(shop.legacy)).toBe(1);
  });

  test('what waits behind a failure goes to the legacy handler at once after a rollback, and what comes then behind it', async () => {
    await shop.mode('cutover');
    await shop.receive({ order: A }, { order: A }, { order: A });
    shop.migrated.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    await shop.mode('rollback');
    await proxy.deliverDue();
    await shop.receive({ order: A });
    await proxy.deliverDue();
    expect(shop.legacy.ledger.map(({ headers }) => headers['x-amazon-pay-proxy-message-id'])).toEqual(
      [1, 2, 3, 4].map(messageId),
    );
    expect(counted(shop.migrated)).toBe(1);
  });

  test('what was a dry run goes behind what the handler of before gives over, however often it was tried', async () => {
    await shop.mode('shadow');
    shop.legacy.reply = answer(503);
    const proxy = shop.instance();
    await shop.receive({ order: A });
    await proxy.deliverDue();
    shop.migrated.reply = answer(503);
    await shop.receive({ order: A });
    await proxy.deliverDue();
    shop.migrated.reply = answer(200);
    await shop.mode('cutover');
    for (let tries = 0; tries < 5; tries += 1) {
      await proxy.deliverDue();
      shop.clock.advance(60_000);
    }
    const primary = shop.migrated.ledger.filter(({ role }) => role === 'primary');
    expect(primary.map(({ headers }) => headers['x-amazon-pay-proxy-message-id'])).toEqual([1, 2].map(messageId));
    expect(await outOfTurn()).toEqual([]);
  });

  test('what comes after a change goes behind what the handler of before has still to give over', async () => {
    await shop.receive({ order: A }, { order: A });
    shop.legacy.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    await shop.mode('cutover');
    // As when its try was under way while the mode was changed, and failed a moment later.
    await shop.database.query(`UPDATE job SET run_at = run_at + 600000 WHERE kind = 'deliver-legacy'`);
    await shop.receive({ order: A }, { order: A }, { order: orderKey(2) });
    for (let tries = 0; tries < 5; tries += 1) {
      await proxy.deliverDue();
      shop.clock.advance(1000);
    }
    const ids = (order: string): readonly unknown[] =>
      shop.migrated.ledger
        .filter((entry) => entry.order === order)
        .map(({ headers }) => headers['x-amazon-pay-proxy-message-id']);
    expect(ids(A)).toEqual([1, 2, 3, 4].map(messageId));
    expect(ids(orderKey(2))).toEqual([messageId(5)]);
    expect(shop.legacy.ledger.filter(({ role }) => role === 'primary')).toHaveLength(1);
  });

  test('a dry run that waits for its handler holds up no message that counts', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    shop.migrated.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    await shop.receive({ order: A });
    await proxy.deliverDue();
    expect(counted(shop.legacy)).toBe(2);
  });

  test('a rollback does not wait for the handler that is down', async () => {
    await shop.mode('cutover');
    const orders = Array.from({ length: 8 }, (_, index) => orderKey(index));
    await shop.receive(...orders.map((order) => ({ order })), ...orders.map((order) => ({ order })));
    shop.migrated.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    expect(proxy.breaker('migrated')).toBe('open');
    await shop.mode('rollback');
    proxy.passOn();
    await proxy.deliverDue();
    expect(counted(shop.legacy)).toBe(16);
  });

  test.each(['shadow', 'parallel'] as const)(
    'nor does a change to %s, under which the handler that is down has dry runs',
    async (to) => {
      await shop.mode('cutover');
      const orders = Array.from({ length: 8 }, (_, index) => orderKey(index));
      await shop.receive(...orders.map((order) => ({ order })), ...orders.map((order) => ({ order })));
      shop.migrated.reply = answer(503);
      const proxy = shop.instance();
      await proxy.deliverDue();
      await shop.mode(to, { force: true });
      proxy.passOn();
      await proxy.deliverDue();
      await shop.receive(...orders.map((order) => ({ order })));
      await proxy.deliverDue();
      shop.clock.advance(2000);
      await proxy.deliverDue();
      expect(counted(shop.legacy)).toBe(24);
      expect(await outOfTurn()).toEqual([]);
    },
  );

  describe('what a sweep found, which is told in v2 alone', () => {
    const reason = { who: 'ann', why: 'test' };
    const find = async (): Promise<void> => {
      const statusDetails = { state: 'Captured', reasonCode: null, lastUpdatedTimestamp: '20260115T115900Z' };
      const chargeAmount = { amount: '94.50', currencyCode: 'USD' };
      const body = { chargePermissionId: A, chargeAmount, captureAmount: chargeAmount, statusDetails };
      const object = toCanonicalObject('CHARGE', `${A}-C000111`, body);
      const about = { orderKey: A, messageKey: A, version: 2, merchantId: null, now: shop.clock.now() };
      await offerChange(shop.database, { object, ...about });
    };
    beforeEach(async () => {
      await shop.mode('cutover');
      await shop.receive({ order: A });
      await shop.instance().deliverDue();
      await find();
    });

    test.each(['rollback', 'shadow'] as const)(
      'is no message for the legacy handler after %s, and is seen',
      async (to) => {
        shop.migrated.reply = answer(503);
        const proxy = shop.instance();
        await proxy.deliverDue();
        await shop.mode(to, { force: true });
        await proxy.deliverDue();
        expect(shop.legacy.ledger).toEqual([]);
        expect((await shop.jobs()).slice(2)).toEqual(['deliver-migrated dead v1-only']);
        expect(shop.told('dead')).toMatchObject([{ kind: 'deliver-migrated', failure: 'v1-only' }]);
        expect(await listDeadLetters(shop.database, {}, { limit: 9 })).toMatchObject([
          { orderKey: A, reason: 'v1-only' },
        ]);
        await shop.mode('cutover');
        shop.migrated.reply = answer(200);
        await redrive(shop.database, shop.clock, {}, reason);
        await proxy.deliverDue();
        expect(shop.migrated.ledger.at(-1)).toMatchObject({ role: 'primary', order: A });
        expect((await shop.jobs()).at(-1)).toBe('deliver-migrated done redrive');
      },
    );

    test('nor when its order is moved alone', async () => {
      const parts = { database: shop.database, clock: shop.clock, modes: shop.modes };
      await forceOrder(parts, { orderKey: A, to: 'legacy', ...reason });
      await shop.instance().deliverDue();
      expect(shop.legacy.ledger).toEqual([]);
      expect((await shop.jobs()).slice(2)).toEqual(['deliver-migrated dead v1-only']);
    });
  });

  test('one order that is moved takes what waits along', async () => {
    await shop.mode('cutover');
    await shop.receive({ order: A });
    shop.migrated.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    const parts = { database: shop.database, clock: shop.clock, modes: shop.modes };
    await forceOrder(parts, { orderKey: A, to: 'legacy', who: 'ann', why: 'test' });
    await proxy.deliverDue();
    expect(counted(shop.legacy)).toBe(1);
  });

  test('a mode that changes between the decision and the sending lets no second handler count', async () => {
    await shop.receive({ order: A });
    await shop.instance().deliverDue();
    await shop.receive({ order: A });
    await shop.database.query(`UPDATE job SET run_at = run_at + 60000 WHERE kind = 'deliver-migrated'`);
    const other = shop.instance({}, { owner: 'two' });
    class BeforeTheChange extends CurrentMode {
      #isOver = false;
      override async get(): Promise<ModeInForce> {
        const mode = await super.get();
        if (this.#isOver) return mode;
        this.#isOver = true;
        await shop.mode('cutover');
        await shop.database.query(`UPDATE job SET run_at = created_at WHERE kind = 'deliver-migrated'`);
        await other.deliverDue();
        return mode;
      }
    }
    await shop.instance({}, { modes: new BeforeTheChange(shop.database, shop.clock) }).deliverDue();
    expect(both()).toEqual([1, 1]);
    expect((await shop.jobs()).slice(2)).toEqual(['deliver-legacy superseded mode:cutover', 'deliver-migrated done']);
  });

  test('a message whose dry run is over goes to the migrated handler when the legacy one fails and is switched off', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    shop.legacy.reply = answer(503);
    const proxy = shop.instance();
    await proxy.deliverDue();
    await shop.mode('cutover');
    shop.clock.advance(HOUR);
    await proxy.deliverDue();
    expect(both()).toEqual([1, 1]);
    expect(await shop.jobs()).toEqual([
      'deliver-legacy superseded mode:cutover',
      'deliver-migrated done',
      'deliver-migrated done handover',
    ]);
    expect(shop.migrated.ledger.map(({ role }) => role)).toEqual(['dry-run', 'primary']);
  });

  test('what the legacy handler has taken is not handled a second time after the cutover', async () => {
    await shop.mode('shadow');
    await shop.receive({ order: A });
    shop.migrated.replies.push(answer(503));
    const proxy = shop.instance();
    await proxy.deliverDue();
    await shop.mode('cutover');
    shop.clock.advance(HOUR);
    await proxy.deliverDue();
    expect(both()).toEqual([1, 0]);
    expect(shop.migrated.ledger.map(({ role }) => role)).toEqual(['dry-run', 'dry-run']);
  });

  test('without a dry run it is passed over, and it says by whom it was taken', async () => {
    await shop.receive({ order: A });
    const noDryRun = { migrated: { dryRunUrl: undefined } };
    // Two instances that have the migrated handler's jobs at different times.
    await shop.database.query(`UPDATE job SET run_at = run_at + 60000 WHERE kind = 'deliver-migrated'`);
    const proxy = shop.instance(noDryRun);
    await proxy.deliverDue();
    await shop.mode('cutover');
    shop.clock.advance(HOUR);
    await proxy.deliverDue();
    expect(both()).toEqual([1, 0]);
    expect(await shop.jobs()).toEqual(['deliver-legacy done', 'deliver-migrated superseded taken-by:legacy']);
  });

  test('what came after the change is looked at no further', async () => {
    await shop.mode('cutover');
    shop.clock.advance(10_000);
    await shop.receive({ order: A });
    await shop.instance().deliverDue();
    expect(await shop.jobs()).toEqual(['deliver-legacy superseded mode:cutover', 'deliver-migrated done']);
    expect(both()).toEqual([0, 1]);
  });

  test('an instance that knows the old mode for a second more loses nothing', async () => {
    await shop.mode('cutover');
    const stale = shop.instance({}, { modes: new CurrentMode(shop.database, shop.clock), owner: 'two' });
    await shop.receive({ order: orderKey(9) });
    await stale.deliverDue();
    // Behind its back the first instance rolls back; a message comes in the same moment.
    await shop.mode('rollback');
    await shop.receive({ order: A });
    await stale.deliverDue();
    await shop.instance().deliverDue();
    const ofA = [...shop.legacy.ledger, ...shop.migrated.ledger].filter(({ order }) => order === A);
    expect(ofA.filter(({ role }) => role === 'primary')).toHaveLength(1);
  });

  /** The fault matrix found it with two instances, of which the one that did not change the mode was a second late. */
  test('an instance that knows the old mode for a second more gives no handler twice what waits for it', async () => {
    shop.migrated.reply = answer(503);
    await shop.mode('shadow');
    const retry = { baseMs: 100, maxMs: 1000 };
    const late = shop.instance({ retry }, { modes: new CurrentMode(shop.database, shop.clock), owner: 'two' });
    // Dry runs are held up from now on.
    await shop.receive(...Array.from({ length: 6 }, (_, number) => ({ order: orderKey(number + 2) })));
    await late.deliverDue();
    await shop.mode('cutover');
    await shop.receive({ order: A }, { order: A });
    const proxy = shop.instance({ retry });
    await proxy.deliverDue();
    shop.clock.advance(200);
    await late.deliverDue();
    shop.migrated.reply = answer(200);
    for (let turn = 0; turn < 20; turn += 1) {
      shop.clock.advance(60_000);
      await proxy.deliverDue();
      await late.deliverDue();
    }
    const ofA = (await shop.jobs('deliver-migrated')).slice(-2);
    expect(ofA).toEqual(['deliver-migrated done', 'deliver-migrated done']);
    expect(await outOfTurn()).toEqual([]);
  });

  test('a dead letter of the legacy handler is handed to the migrated one when it is redriven after the cutover', async () => {
    await shop.receive({ order: A });
    shop.legacy.reply = answer(404);
    const proxy = shop.instance();
    for (let hours = 0; hours < 8; hours += 1) {
      await proxy.deliverDue();
      shop.clock.advance(HOUR);
    }
    expect(await shop.jobs()).toEqual(['deliver-legacy dead status-4xx', 'deliver-migrated superseded mode:observe']);
    await shop.mode('cutover');
    await redrive(shop.database, shop.clock, {}, { who: 'ann', why: 'handler is mended' });
    await proxy.deliverDue();
    expect(counted(shop.migrated)).toBe(1);
    expect((await shop.jobs()).slice(2)).toEqual([
      'deliver-legacy superseded mode:cutover redrive',
      'deliver-migrated done handover',
    ]);
  });

  // The last four made a handler count a message twice, or before an earlier one.
  test.each([...Array.from({ length: 16 }, (_, index) => index + 1), 42, 61, 79, 96])(
    'whatever the mode is between failures, each message is handled by one (seed %d)',
    async (seedNumber) => {
      let state = seedNumber * 7919;
      const random = (below: number): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
      const proxy = shop.instance();
      const orders = Array.from({ length: 5 }, (_, index) => orderKey(index));
      const flaky = (): ReturnType<typeof answer> => answer(random(3) === 0 ? 200 : 503);
      for (let round = 0; round < 40; round += 1) {
        if (round < 25) await shop.receive({ order: orders[random(5)]!, kind: 'v1' });
        if (random(3) === 0) {
          const mode = (['observe', 'shadow', 'parallel', 'cutover', 'rollback'] as const)[random(5)]!;
          await shop.mode(
            mode,
            mode === 'cutover' ? { force: true, sharePercent: [20, 50, 100][random(3)]! } : { force: true },
          );
        }
        for (const handler of [shop.legacy, shop.migrated]) handler.reply = (...args) => flaky()(...args);
        await proxy.deliverDue();
        shop.clock.advance(random(HOUR));
      }
      for (const handler of [shop.legacy, shop.migrated]) handler.reply = answer(200, { taken: true });
      await shop.mode('rollback');
      for (let hours = 0; hours < 4; hours += 1) {
        shop.clock.advance(2 * HOUR);
        await proxy.deliverDue();
      }
      const taken = await shop.database.query(
        `SELECT inbox_id, COUNT(*) AS n FROM attempt JOIN job ON job.id = job_id
       WHERE status = 200 AND as_what = 'primary' GROUP BY inbox_id`,
      );
      expect(taken).toHaveLength(25);
      expect(taken.filter(({ n }) => Number(n) !== 1)).toEqual([]);
      expect([...shop.legacy.overlaps, ...shop.migrated.overlaps]).toEqual([]);
      expect(await outOfTurn()).toEqual([]);
    },
  );
});
