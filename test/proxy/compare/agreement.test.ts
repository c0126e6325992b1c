import { exportEvidence } from '../../../src/proxy/compare/evidence';
import { compareSettings } from '../../../src/proxy/compare/settings';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { agreementSchema } from '../../../src/proxy/store/agreement-schema';
import { countDeadLetters } from '../../../src/proxy/store/dead-letters';
import { listMessages, listOrders } from '../../../src/proxy/store/listings';
import { readOrderHistory } from '../../../src/proxy/store/order-history';
import { countForwarded } from '../../../src/proxy/store/replays';
import { deleteOld } from '../../../src/proxy/store/retention';
import { Tallies } from '../../../src/proxy/store/tallies';
import { stores } from '../stores';
import { captured, CompareBench, MINUTE, type Delivery } from './compare-bench';

const AGREEMENT = 'B01-1112223-3334445';
const FIRST = 'P01-1112223-0000001';
const SECOND = 'P01-1112223-0000002';

/** Messages are under the numbers of the payments, comparisons under the agreement (see store/order-keys.ts). */
describe.each(stores)('payments on an agreement, on %s', (driver) => {
  let bench: CompareBench;
  beforeEach(async () => {
    bench = await CompareBench.open(driver, { resampleForMs: 0 });
  });
  afterEach(() => bench.close());

  const both = { legacy: { json: captured() }, migrated: { json: captured() } };
  /** What the handlers say of an agreement with two payments. */
  const ofAgreement = { legacy: { json: captured('189.00') }, migrated: { json: captured('189.00') } };
  const belong = (): Promise<unknown> => bench.database.query(`UPDATE amazon_object SET order_key = '${AGREEMENT}'`);
  const types = async (since = 0): Promise<readonly string[]> => {
    const settings = compareSettings.parse({});
    const { coverage } = await exportEvidence(bench.database, { since, now: bench.clock.now(), settings });
    return coverage.types.map(({ type, messages, agreeingOrders, hasAgreedBefore }) =>
      [type, messages, agreeingOrders, ...(hasAgreedBefore ? ['before'] : [])].join(' '),
    );
  };

  test('are evidence for their types of message, in both versions', async () => {
    await bench.happen({ orderKey: FIRST, type: 'PaymentCapture', ...both });
    await bench.happen({ orderKey: FIRST, type: 'CHARGE', ...both });
    await belong();
    await bench.work(5 * MINUTE);
    expect(bench.compared).toMatchObject([{ orderKey: AGREEMENT, verdict: 'match' }]);
    expect(await types()).toEqual(['v1:PaymentCapture 1 1', 'v2:CHARGE 1 1']);
    const tallies = await Tallies.read(bench.database);
    expect([tallies.hasAgreed('type:v1:PaymentCapture'), tallies.hasAgreed('type:v2:CHARGE')]).toEqual([true, true]);
    await bench.database.query('DELETE FROM job');
    const ages = { messagesBefore: bench.clock.now() + 1, comparisonsBefore: 0 };
    await deleteOld(bench.database, { ages, isStopped: () => false, onDeleted: () => undefined });
    expect(await types()).toEqual(['v1:PaymentCapture 0 0 before', 'v2:CHARGE 0 0 before']);
  });

  test('that v2 made are, when the migrated handler alone agrees with Amazon', async () => {
    await bench.database.query(
      `INSERT INTO order_side (order_key, side, origin, decided_at, why) VALUES ($1, 'migrated', 'v2', 0, 'mode:parallel')`,
      [FIRST],
    );
    await bench.happen({ ...both, orderKey: FIRST, legacy: { end: 'superseded', reason: 'mode:parallel' } });
    await belong();
    await bench.work(5 * MINUTE);
    expect(await types()).toEqual(['v2:CHARGE 1 1']);
    expect((await Tallies.read(bench.database)).hasAgreed('type:v2:CHARGE')).toBe(true);
  });

  describe('of which v2 made one', () => {
    const side = (key: string, origin: 'v1' | 'v2', at: 'legacy' | 'migrated'): Promise<unknown> =>
      bench.database.query(
        `INSERT INTO order_side (order_key, side, origin, decided_at, why) VALUES ($1, $2, $3, 0, 'mode:cutover')`,
        [key, at, origin],
      );
    const passed = { end: 'superseded', reason: 'mode:cutover' } as const;
    const migrated = { json: captured('189.00') };
    /** The first is a legacy payment; the handler of legacy says this of it, or does not get it. */
    const happen = async (legacy: Delivery, at: 'legacy' | 'migrated' = 'legacy'): Promise<void> => {
      await side(FIRST, 'v1', at);
      await side(SECOND, 'v2', 'migrated');
      await bench.happen({ orderKey: FIRST, type: 'PaymentCapture', legacy, migrated });
      await bench.happen({ orderKey: SECOND, legacy: passed, migrated });
      await belong();
      await bench.work(5 * MINUTE);
    };

    test.each([
      ['without it', '94.50'],
      ['with it, where the shop has one state for both', '189.00'],
    ])('the legacy handler is right about the agreement %s', async (_, amount) => {
      await happen({ json: captured(amount) });
      expect(bench.compared).toMatchObject([{ orderKey: AGREEMENT, verdict: 'match' }]);
      const [comparison] = await bench.database.query('SELECT legacy, migrated FROM comparison');
      expect(JSON.parse(String(comparison?.['legacy']))).toMatchObject({ captured: amount });
      expect(await types()).toEqual(['v1:PaymentCapture 1 1', 'v2:CHARGE 1 1']);
    });

    test('the legacy handler is wrong about the others all the same', async () => {
      await happen({ json: captured('50.00') });
      expect(bench.compared).toMatchObject([{ orderKey: AGREEMENT, verdict: 'mismatch', atFault: 'legacy' }]);
    });

    test('that one is evidence for itself, and none for legacy payments of which only one side can tell', async () => {
      await happen(passed, 'migrated');
      expect(bench.compared).toMatchObject([{ orderKey: AGREEMENT, verdict: 'match' }]);
      expect(await types()).toEqual(['v1:PaymentCapture 1 0', 'v2:CHARGE 1 1']);
      const tallies = await Tallies.read(bench.database);
      expect([tallies.hasAgreed('type:v1:PaymentCapture'), tallies.hasAgreed('type:v2:CHARGE')]).toEqual([false, true]);
      await bench.database.query('DELETE FROM job');
      const ages = { messagesBefore: bench.clock.now() + 1, comparisonsBefore: 0 };
      await deleteOld(bench.database, { ages, isStopped: () => false, onDeleted: () => undefined });
      expect(await types()).toEqual(['v1:PaymentCapture 0 0', 'v2:CHARGE 0 0 before']);
    });
  });

  test('are one comparison, whichever of them and of their messages asked for it', async () => {
    await bench.happen({ orderKey: FIRST, ...both });
    await bench.happen({ orderKey: SECOND, ...both });
    await belong();
    await bench.work(5 * MINUTE);
    expect(bench.compared.map(({ orderKey }) => orderKey)).toEqual([AGREEMENT]);
  });

  test('have one history, found by the agreement and by each number', async () => {
    await bench.happen({ orderKey: FIRST, ...ofAgreement });
    await bench.happen({ orderKey: SECOND, ...ofAgreement });
    await belong();
    await bench.work(5 * MINUTE);
    for (const key of [AGREEMENT, FIRST, SECOND]) {
      const history = await readOrderHistory(bench.database, key);
      expect(history).toMatchObject({ orderKey: AGREEMENT, keys: [AGREEMENT, FIRST, SECOND].sort() });
      expect(history?.messages).toHaveLength(2);
      expect(history?.jobs.filter(({ kind }) => kind === 'deliver-legacy')).toHaveLength(2);
      expect(history?.versions).toHaveLength(2);
      expect(history?.comparisons.length).toBeGreaterThan(0);
    }
    for (const [id, of] of [
      [AGREEMENT, 2],
      [FIRST, 1],
    ] as const) {
      expect(await listMessages(bench.database, { id, limit: 10 })).toHaveLength(of);
      expect(await listOrders(bench.database, { id, limit: 10 })).toHaveLength(of);
      expect(await countForwarded(bench.database, { orderKey: id })).toMatchObject([{ messages: of }]);
    }
    await bench.database.query(`UPDATE job SET state = 'dead' WHERE kind = 'deliver-legacy'`);
    expect(await countDeadLetters(bench.database, { orderKey: AGREEMENT })).toBe(2);
    expect(await countDeadLetters(bench.database, { orderKey: SECOND })).toBe(1);
    const orders = await listOrders(bench.database, { limit: 10 });
    expect(orders.map(({ order_key: key, verdict }) => [key, verdict])).toEqual([
      [SECOND, 'match'],
      [FIRST, 'match'],
    ]);
  });

  test('of which one was being delivered when an earlier version was killed, stay one after the other', async () => {
    await bench.happen({ orderKey: FIRST, ...both });
    const about = { kind: 'deliver-migrated', subject: '1', inboxId: 1, runAt: 0 } as const;
    await addJob(bench.database, { ...about, lane: `migrated:${AGREEMENT}`, orderKey: AGREEMENT }, 0);
    await bench.database.query(
      `UPDATE job SET state = 'leased', lease_until = 1, fence = 1 WHERE lane = 'migrated:${AGREEMENT}'`,
    );
    await addJob(bench.database, { ...about, lane: `migrated:${FIRST}`, orderKey: FIRST }, 0);
    await bench.database.query(`UPDATE inbox SET order_key = '${AGREEMENT}'`);
    for (const sql of agreementSchema(bench.database.dialect)) await bench.database.query(sql);
    const lanes = await bench.database.query(
      `SELECT lane, state, fence FROM job WHERE state IN ('ready', 'leased') AND kind = 'deliver-migrated' ORDER BY id`,
    );
    expect(lanes).toEqual([
      { lane: `migrated:${FIRST}`, state: 'leased', fence: 1 },
      { lane: `migrated:${FIRST}`, state: 'ready', fence: 0 },
    ]);
  });

  test('that an earlier version kept under the agreement are put under their numbers, with what waits', async () => {
    await bench.happen({ orderKey: FIRST, ...both });
    const job = { kind: 'deliver-migrated', lane: `migrated:${AGREEMENT}`, subject: '1', inboxId: 1 } as const;
    await addJob(bench.database, { ...job, orderKey: AGREEMENT, runAt: 0 }, 0);
    await bench.database.query(`UPDATE inbox SET order_key = '${AGREEMENT}'`);
    await belong();
    for (const sql of agreementSchema(bench.database.dialect)) await bench.database.query(sql);
    expect(await bench.database.query('SELECT order_key FROM inbox')).toEqual([{ order_key: FIRST }]);
    expect(
      await bench.database.query(`SELECT lane, order_key FROM job WHERE state = 'ready' AND kind <> 'compare'`),
    ).toEqual([{ lane: `migrated:${FIRST}`, order_key: FIRST }]);
  });
});
