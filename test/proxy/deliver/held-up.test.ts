import { StoreError } from '../../../src/proxy/store/store-error';
import { stores } from '../stores';
import { orderKey } from './seed';
import { Shop } from './shop';

/** As commits on a disk that needs long for each: nothing else of the process runs meanwhile. */
function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** What the fault matrix found: a slow disk, or a full one, made handlers get again what they had answered in time. */
describe.each(stores)('a handler that answers while the proxy is held up, on %s', (driver) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await Shop.open(driver);
    await shop.receive({ order: orderKey(1) });
  });
  afterEach(() => shop.close());

  test('has answered in time, though its answer is read later', async () => {
    shop.legacy.reply = (response) => {
      response.writeHead(200).end();
      block(700);
    };
    await shop.instance({ legacy: { timeoutMs: 400 } }).deliverDue();
    expect(await shop.jobs('deliver-legacy')).toEqual(['deliver-legacy done']);
    expect(shop.legacy.ledger).toHaveLength(1);
  });

  test('is not asked again because the store could not write that down at once', async () => {
    let failures = 2;
    const readOutcome = (): Promise<void> => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new StoreError('unavailable', 'the disk is full')) : Promise.resolve();
    };
    await shop.instance({}, { readOutcome }).deliverDue();
    expect(await shop.jobs('deliver-legacy')).toEqual(['deliver-legacy done']);
    expect(shop.legacy.ledger).toHaveLength(1);
  });

  test('does not keep the proxy from ending: it is cut off, and asked again by the next start', async () => {
    shop.legacy.reply = () => undefined;
    const delivery = shop.instance();
    delivery.start();
    await shop.legacy.has(1);
    await delivery.stop(0);
    const [row] = await shop.database.query(`SELECT state FROM job WHERE kind = 'deliver-legacy'`);
    expect(row?.['state']).not.toBe('done');
  });
});
