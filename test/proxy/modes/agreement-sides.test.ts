import { toCanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { forceOrder } from '../../../src/proxy/modes/force-order';
import { sideByShare } from '../../../src/proxy/modes/share';
import { APART, countApart, joinAgreement } from '../../../src/proxy/store/agreement-sides';
import { addJob } from '../../../src/proxy/store/add-jobs';
import { moveToOrder, saveObject } from '../../../src/proxy/store/amazon-objects';
import { findOrderSide } from '../../../src/proxy/store/order-sides';
import { orderKey } from '../deliver/seed';
import { Shop } from '../deliver/shop';
import { silentObserver } from '../../../src/proxy/observer';
import { stores } from '../stores';
import { openGate } from './gates';

const SHARE = 50;
const numbers = Array.from({ length: 40 }, (_, index) => orderKey(index));
const on = (side: 'legacy' | 'migrated'): readonly string[] =>
  numbers.filter((number) => sideByShare(number, SHARE) === side);
const agreements = Array.from({ length: 20 }, (_, index) => `B01-7746179-${String(index).padStart(7, '0')}`);
const LEGACY_AGREEMENT = agreements.find((key) => sideByShare(key, SHARE) === 'legacy') ?? '';
const MIGRATED_AGREEMENT = agreements.find((key) => sideByShare(key, SHARE) === 'migrated') ?? '';
const number = (side: 'legacy' | 'migrated', index: number): string => on(side)[index] ?? '';

/** A merchant's subscription is one agreement with many payments, each of which has a number of its own. */
describe.each(stores)('the legacy payments on a billing agreement, under a share, on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
    await shop.mode('cutover', { sharePercent: SHARE });
  });
  afterEach(() => shop.close());

  /** What keepAnswer does when GET has told of a payment. */
  const tell = async (payment: string, agreement: string): Promise<void> => {
    const now = shop.clock.now();
    const object = toCanonicalObject('CHARGE', `${payment}-C000111`, {
      chargePermissionId: agreement,
      chargeAmount: { amount: '94.50', currencyCode: 'USD' },
      statusDetails: { state: 'Captured' },
    });
    const times = { fetchStartedAt: now, fetchedAt: now, sweepAt: null };
    await shop.database.transaction(async (queries) => {
      await saveObject(queries, { object, orderKey: agreement, causedBy: 'notification', ...times });
      await moveToOrder(queries, payment, agreement);
      await joinAgreement(queries, driver, { number: payment, agreement });
      await queries.query(`UPDATE job SET state = 'done' WHERE kind = 'truth' AND order_key = $1`, [payment]);
    });
  };
  /** A message comes, and with it the GET that is to be made. */
  const receive = async (order: string, kind: 'v1' | 'v2' = 'v1'): Promise<void> => {
    const now = shop.clock.now();
    await shop.receive({ order, kind });
    const subject = `${order}-C000111`;
    const truth = { kind: 'truth', lane: `truth:${subject}`, subject, orderKey: order, runAt: now } as const;
    await addJob(shop.database, truth, now);
  };
  const deliver = async (): Promise<void> => {
    await shop.instance().deliverDue();
    shop.clock.advance(1000);
  };
  const sideOf = async (key: string): Promise<string | undefined> => (await findOrderSide(shop.database, key))?.side;

  test('go where their agreement is, whatever their own numbers say', async () => {
    for (const payment of [number('legacy', 0), number('migrated', 0), number('legacy', 1)]) {
      await tell(payment, MIGRATED_AGREEMENT);
      await receive(payment);
      await deliver();
      expect(await sideOf(payment)).toBe('migrated');
    }
    await tell(number('migrated', 2), LEGACY_AGREEMENT);
    await receive(number('migrated', 2));
    await deliver();
    expect(await sideOf(number('migrated', 2))).toBe('legacy');
    expect(await countApart(shop.database)).toBe(0);
  });

  test('stay there when the share has changed since, and go over with it when all do', async () => {
    await tell(number('migrated', 0), LEGACY_AGREEMENT);
    await receive(number('migrated', 0));
    await deliver();
    await shop.mode('cutover', { sharePercent: 99 });
    await tell(number('migrated', 1), LEGACY_AGREEMENT);
    await receive(number('migrated', 1));
    await deliver();
    expect(await sideOf(number('migrated', 1))).toBe('legacy');
    await shop.mode('cutover');
    expect([await sideOf(number('migrated', 0)), await sideOf(number('migrated', 1))]).toEqual([
      'migrated',
      'migrated',
    ]);
  });

  test('wait until Amazon has told of the agreement', async () => {
    await receive(number('migrated', 0));
    await deliver();
    expect(shop.legacy.ledger.length + shop.migrated.ledger.length).toBe(0);
    expect(await shop.jobs()).toEqual([
      'deliver-legacy ready agreement-first',
      'deliver-migrated ready agreement-first',
    ]);
    await tell(number('migrated', 0), LEGACY_AGREEMENT);
    await deliver();
    expect(shop.legacy.ledger).toHaveLength(1);
    expect(await sideOf(number('migrated', 0))).toBe('legacy');
  });

  test('do not wait for ever: each is whole on the side of its number, and what is apart is counted', async () => {
    await tell(number('migrated', 0), LEGACY_AGREEMENT);
    await receive(number('migrated', 0));
    await deliver();
    await receive(number('migrated', 1));
    shop.clock.advance(30_000);
    await deliver();
    expect(await sideOf(number('migrated', 1))).toBe('migrated');
    expect(await countApart(shop.database)).toBe(0);
    await tell(number('migrated', 1), LEGACY_AGREEMENT);
    expect(await findOrderSide(shop.database, number('migrated', 1))).toMatchObject({ side: 'migrated', why: APART });
    expect(await countApart(shop.database)).toBe(1);
    // The next one goes with most.
    await tell(number('migrated', 2), LEGACY_AGREEMENT);
    await receive(number('migrated', 2));
    await deliver();
    expect(await sideOf(number('migrated', 2))).toBe('legacy');
    await shop.mode('cutover');
    expect(await countApart(shop.database)).toBe(0);
  });

  test('decide for those to come, where their agreement was told too late for them', async () => {
    await receive(number('migrated', 0));
    shop.clock.advance(30_000);
    await deliver();
    await tell(number('migrated', 0), LEGACY_AGREEMENT);
    await tell(number('legacy', 0), LEGACY_AGREEMENT);
    await receive(number('legacy', 0));
    await deliver();
    expect([await sideOf(number('legacy', 0)), await countApart(shop.database)]).toEqual(['migrated', 0]);
  });

  test('stay with the legacy handler that began the first of them', async () => {
    await shop.mode('shadow', { force: true });
    await receive(number('migrated', 0));
    await deliver();
    await tell(number('migrated', 0), MIGRATED_AGREEMENT);
    await shop.mode('cutover', { sharePercent: SHARE });
    await tell(number('migrated', 1), MIGRATED_AGREEMENT);
    await receive(number('migrated', 1));
    await deliver();
    expect(await sideOf(number('migrated', 1))).toBe('legacy');
  });

  test('are not drawn to the migrated handler by one that v2 made, nor is that one drawn to the legacy handler', async () => {
    await tell(number('legacy', 0), LEGACY_AGREEMENT);
    await receive(number('legacy', 0), 'v2');
    await deliver();
    await tell(number('migrated', 0), LEGACY_AGREEMENT);
    await receive(number('migrated', 0));
    await deliver();
    await tell(number('legacy', 1), LEGACY_AGREEMENT);
    await receive(number('legacy', 1), 'v2');
    await deliver();
    expect([await sideOf(number('legacy', 0)), await sideOf(number('migrated', 0))]).toEqual(['migrated', 'legacy']);
    expect(await sideOf(number('legacy', 1))).toBe('migrated');
    // What v2 tells of the agreement itself is for whoever can read it, too.
    await shop.receive({ order: LEGACY_AGREEMENT, kind: 'v2' });
    await deliver();
    expect(await sideOf(LEGACY_AGREEMENT)).toBe('migrated');
    await tell(number('migrated', 1), LEGACY_AGREEMENT);
    await receive(number('migrated', 1));
    await deliver();
    expect(await sideOf(number('migrated', 1))).toBe('legacy');
  });

  test.each(['agreement', 'payment'] as const)('are moved by hand together, by the number of the %s', async (named) => {
    const payments = [number('legacy', 0), number('migrated', 0)];
    for (const payment of payments) {
      await tell(payment, LEGACY_AGREEMENT);
      await receive(payment);
    }
    await deliver();
    const { database, clock, modes } = shop;
    const parts = { database, clock, modes, observer: silentObserver, readGate: openGate };
    const move = { orderKey: named === 'agreement' ? LEGACY_AGREEMENT : (payments[1] ?? ''), to: 'migrated' } as const;
    expect(await forceOrder(parts, { ...move, who: 'ann', why: 'it hangs' })).toBe(true);
    expect(await forceOrder(parts, { ...move, who: 'ann', why: 'it hangs' })).toBe(false);
    await tell(number('legacy', 1), LEGACY_AGREEMENT);
    await receive(number('legacy', 1));
    await deliver();
    for (const payment of [...payments, number('legacy', 1)])
      expect(await findOrderSide(database, payment)).toMatchObject({ side: 'migrated', why: 'forced' });
  });
});
