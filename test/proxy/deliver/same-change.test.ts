import { toCanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { saveObject } from '../../../src/proxy/store/amazon-objects';
import { offerChange } from '../../../src/proxy/truth/offer-change';
import { stores } from '../stores';
import { orderKey } from './seed';
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
