import { toCanonicalObject, type CanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { saveObject } from '../../../src/proxy/store/amazon-objects';
import { continueReplays, planReplay, startReplay } from '../../../src/proxy/deliver/replay';
import { offerChange } from '../../../src/proxy/truth/offer-change';
import { stores } from '../stores';
import { addJobs } from '../../../src/proxy/store/add-jobs';
import { answer } from './handler';
import { arrivalOf, orderKey, planDeliveries } from './seed';
import { Shop } from './shop';

const A = orderKey(1);

/** What a sweep found, and the message of Amazon about it, which came late: the migrated handler must not do it twice. */
describe.each(stores)('a change that a sweep and a message tell, on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
    await shop.mode('cutover');
    await see('Authorized');
    shop.clock.advance(60_000);
  });
  afterEach(() => shop.close());

  const objectOf = (state: string): ReturnType<typeof toCanonicalObject> =>
    toCanonicalObject('CHARGE', `${A}-C000111`, {
      chargePermissionId: A,
      chargeAmount: { amount: '94.50', currencyCode: 'USD' },
      statusDetails: { state },
    });
  /** A GET that began now. */
  const see = async (state: string): Promise<number> => {
    const now = shop.clock.now();
    const times = { fetchStartedAt: now, fetchedAt: now, sweepAt: null };
    const sighting = { object: objectOf(state), orderKey: A, causedBy: 'sweep', ...times } as const;
    return (await saveObject(shop.database, sighting)).version;
  };
  const find = async (state: string): Promise<void> => {
    const version = await see(state);
    const about = { orderKey: A, messageKey: A, merchantId: null, now: shop.clock.now() };
    await offerChange(shop.database, { object: objectOf(state), version, ...about });
  };
  const deliver = async (): Promise<void> => {
    await shop.instance().deliverDue();
    shop.clock.advance(1000);
  };
  const keys = (): readonly string[] => shop.migrated.ledger.map(({ key }) => key);

  test('has one key, when a GET after the message shows nothing newer', async () => {
    await find('Captured');
    await deliver();
    await shop.receive({ order: A, kind: 'v2' });
    await deliver();
    expect(await shop.jobs('deliver-migrated')).toEqual([
      'deliver-migrated done',
      'deliver-migrated ready told-by-sweep',
    ]);
    await see('Captured');
    await deliver();
    expect(keys()).toHaveLength(2);
    expect(new Set(keys()).size).toBe(1);
    // The next one tells something else.
    await shop.receive({ order: A, kind: 'v2' });
    await see('Captured');
    await deliver();
    expect(new Set(keys()).size).toBe(2);
  });

  test('has one key also where the message came first, and its signature was checked only after the find', async () => {
    await shop.receive({ order: A, kind: 'v2' });
    await shop.database.query(`UPDATE inbox SET verdict = 'pending'`);
    await shop.database.query(`UPDATE job SET state = 'expired'`);
    shop.clock.advance(1000);
    await find('Captured');
    await deliver();
    const [message] = await shop.database.query(
      `SELECT id, topic_arn, message_id FROM inbox WHERE verdict = 'pending'`,
    );
    await shop.database.query(`UPDATE inbox SET verdict = 'verified'`);
    const arrival = arrivalOf({ order: A, kind: 'v2', number: 1 });
    const jobs = planDeliveries(Number(message?.['id']), arrival, shop.clock.now());
    await addJobs(shop.database, jobs, shop.clock.now(), driver);
    await deliver();
    expect(keys()).toHaveLength(2);
    expect(new Set(keys()).size).toBe(1);
  });

  test('is told by the find where an earlier message is only sent again', async () => {
    await shop.receive({ order: A, kind: 'v2' });
    await deliver();
    await find('Captured');
    shop.migrated.reply = answer(503);
    await deliver();
    const plan = await planReplay(shop.database, shop, { side: 'migrated' });
    await startReplay(shop, { plan, who: 'ann', why: 'the handler had a defect', confirm: true });
    await continueReplays(shop);
    shop.migrated.reply = answer(200);
    shop.clock.advance(3_600_000);
    await deliver();
    await deliver();
    expect(await shop.jobs('deliver-migrated')).not.toContain('deliver-migrated superseded told-by-amazon');
    expect(new Set(keys()).size).toBe(2);
  });

  test('has two where Amazon says in time neither that it is the same nor that it is not', async () => {
    await find('Captured');
    await deliver();
    await shop.receive({ order: A, kind: 'v1' });
    await deliver();
    expect(keys()).toHaveLength(1);
    shop.clock.advance(30_000);
    await deliver();
    expect(new Set(keys()).size).toBe(2);
  });

  test('is another change when there is a newer state', async () => {
    await find('CaptureInitiated');
    await deliver();
    await see('Captured');
    await shop.receive({ order: A, kind: 'v2' });
    await deliver();
    expect(new Set(keys()).size).toBe(2);
  });

  test('is told by the message alone when that has come before it was delivered', async () => {
    await find('Captured');
    await shop.receive({ order: A, kind: 'v2' });
    await deliver();
    expect(await shop.jobs('deliver-migrated')).toEqual([
      'deliver-migrated superseded told-by-amazon',
      'deliver-migrated done',
    ]);
    expect(keys()).toHaveLength(1);
  });
});

/** The charge shows that a refund was made, and says nothing of its id; the message of Amazon names it. */
describe.each(stores)('a refund that a sweep saw on its charge, on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
    await shop.mode('cutover');
    await save(chargeWith('0'));
    shop.clock.advance(60_000);
  });
  afterEach(() => shop.close());

  const usd = (amount: string): object => ({ amount, currencyCode: 'USD' });
  const chargeWith = (refunded: string): CanonicalObject =>
    toCanonicalObject('CHARGE', `${A}-C000111`, {
      ...{ chargePermissionId: A, chargeAmount: usd('94.50'), captureAmount: usd('94.50') },
      ...{ refundedAmount: usd(refunded), statusDetails: { state: 'Captured' } },
    });
  const save = async (object: CanonicalObject): Promise<number> => {
    const now = shop.clock.now();
    const times = { fetchStartedAt: now, fetchedAt: now, sweepAt: null };
    return (await saveObject(shop.database, { object, orderKey: A, causedBy: 'sweep', ...times })).version;
  };
  const findRefunded = async (amount: string): Promise<void> => {
    const object = chargeWith(amount);
    const version = await save(object);
    const now = shop.clock.now();
    await offerChange(shop.database, { object, version, orderKey: A, messageKey: A, merchantId: null, now });
  };
  const idOf = (number: number): string => `${A}-R00011${number}`;
  const tellRefund = (number: number): Promise<void> =>
    shop.receive({ order: A, kind: 'v2', about: { objectType: 'REFUND', objectId: idOf(number) } });
  const readRefund = async (number: number, amount: string, state = 'Refunded', age = 1000): Promise<void> => {
    const charge = { chargeId: `${A}-C000111`, refundAmount: usd(amount), statusDetails: { state } };
    const body = { ...charge, creationTimestamp: shop.clock.now() - age };
    await save(toCanonicalObject('REFUND', idOf(number), body));
  };
  const deliver = async (): Promise<void> => {
    await shop.instance().deliverDue();
    shop.clock.advance(1000);
  };
  const finds = async (): Promise<readonly string[]> => (await shop.jobs('deliver-migrated')).slice(0, 1);
  const keys = (): readonly string[] => shop.migrated.ledger.map(({ key }) => key);

  test.each([
    ['after', false],
    ['before', true],
  ])('is told by the message that names it alone, which comes %s it was seen', async (_, isBefore) => {
    if (isBefore) await tellRefund(1);
    await findRefunded('10.00');
    await deliver();
    shop.clock.advance(20_000);
    if (!isBefore) await tellRefund(1);
    await readRefund(1, '10');
    await deliver();
    await deliver();
    expect(await shop.jobs('deliver-migrated')).toContain('deliver-migrated superseded told-by-amazon');
    expect(keys()).toHaveLength(1);
  });

  test('waits two minutes for it, and for Amazon to say how much it is', async () => {
    await findRefunded('10.00');
    await deliver();
    expect(await finds()).toEqual(['deliver-migrated ready refund-first']);
    shop.clock.advance(118_000);
    await tellRefund(1);
    await deliver();
    shop.clock.advance(20_000);
    await deliver();
    expect(keys()).toEqual([]);
    await readRefund(1, '10.00', 'Refunded', 60_000 + 140_000);
    await deliver();
    await deliver();
    expect(keys()).toHaveLength(1);
  });

  test.each([
    ['of less', '9.99', 'Refunded', 1000],
    ['that came to nothing', '10.00', 'Declined', 1000],
    ['that was made before the charge was seen without it', '10.00', 'Refunded', 3_600_000],
  ])('is told by itself where messages name one %s', async (_, amount, state, age) => {
    await tellRefund(1);
    await readRefund(1, amount, state, age);
    await findRefunded('10.00');
    shop.clock.advance(120_000);
    await deliver();
    await deliver();
    expect(keys()).toHaveLength(2);
  });

  test('is told by messages that name several', async () => {
    await tellRefund(1);
    await tellRefund(2);
    await readRefund(1, '4.00');
    await readRefund(2, '6.00', 'RefundInitiated');
    await findRefunded('10.00');
    await deliver();
    await deliver();
    await deliver();
    expect(keys()).toHaveLength(2);
    expect(await shop.jobs('deliver-migrated')).toContain('deliver-migrated superseded told-by-amazon');
  });

  test('and named by a message after all has two keys: a handler that knew the key would never book the refund', async () => {
    await findRefunded('10.00');
    shop.clock.advance(120_000);
    await deliver();
    await tellRefund(1);
    await readRefund(1, '10.00', 'Refunded', 130_000);
    await deliver();
    expect(new Set(keys()).size).toBe(2);
    expect(shop.migrated.ledger.map(({ body }) => /REFUND|CHARGE(?!_)/.exec(body.toString())?.[0])).toEqual([
      'CHARGE',
      'REFUND',
    ]);
  });

  test('does not wait where the charge was captured meanwhile, too', async () => {
    const captured = chargeWith('10.00');
    await save({ ...chargeWith('0'), amazonState: 'Authorized', state: 'authorized', captured: '0' });
    const version = await save(captured);
    const now = shop.clock.now();
    await offerChange(shop.database, { object: captured, version, orderKey: A, messageKey: A, merchantId: null, now });
    await deliver();
    expect(keys()).toHaveLength(1);
  });
});
