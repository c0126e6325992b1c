import { generateKeyPairSync } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { startEmulator, type Emulator, type InspectedOrder } from '../../src/emulator';
import { launch } from '../browser/browser';
import { copyShop, migrateShop, removeShop, startShop, type RunningShop } from '../browser/shop';

/**
 * A shop with pages, before and after migration, in a real browser: buyers do the same in both, and the ledger of the emulator
 * has to be the same. The scripts of Amazon are those of the emulator.
 */
describe('a checkout', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  let emulator: Emulator;
  let browser: Browser;
  const roots = { legacy: '', migrated: '' };
  const shops: Partial<Record<keyof typeof roots, RunningShop>> = {};

  beforeAll(async () => {
    emulator = await startEmulator({
      throttling: false,
      merchantId: 'A1LAMPS',
      accessKeys: { A: 'B' },
      publicKeys: { 'SANDBOX-KEY': publicKey },
    });
    roots.legacy = copyShop();
    roots.migrated = copyShop();
    await migrateShop(roots.migrated);
    shops.legacy = await startShop(roots.legacy, emulator.url, privateKey);
    shops.migrated = await startShop(roots.migrated, emulator.url, privateKey);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    Object.values(shops).forEach((shop) => shop.stop());
    Object.values(roots).forEach(removeShop);
    await emulator.close();
  });

  /** A page whose scripts of Amazon come from the emulator; nothing else leaves the machine. */
  async function visit(shop: keyof typeof roots): Promise<Page> {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await context.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      // This shop confirms without SuccessUrl: where the buyer goes then is set in Seller Central.
      if (url.pathname === '/widgets/confirmation')
        return route.fulfill({
          json: { url: `${shops[shop]?.address}/finish` },
          headers: { 'access-control-allow-origin': '*' },
        });
      if (url.hostname === '127.0.0.1') return route.continue();
      if (!url.hostname.endsWith('.payments-amazon.com')) return route.abort();
      const script = await (await fetch(`${emulator.url}${url.pathname}`)).text();
      const body = script.replace('document.currentScript.src', JSON.stringify(emulator.url));
      return route.fulfill({ contentType: 'text/javascript', body });
    });
    await page.goto(`${shops[shop]?.address}/cart.html`);
    return page;
  }

  /** From the cart to the moment before the buyer pays. */
  async function placeOrder(shop: keyof typeof roots, page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Amazon Pay' }).click();
    if (shop === 'migrated') await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('#place:enabled').waitFor();
  }

  const place = (page: Page): Promise<void> => page.locator('#place:enabled').click();
  const moneyOf = ({ legacy, v2, total, charges }: InspectedOrder) => ({
    legacy,
    v2,
    total,
    charges: charges.map(({ amount, captured, legacyAuthorization, v2: state }) => [
      amount,
      captured,
      legacyAuthorization,
      state,
    ]),
  });
  const lastOrder = (): InspectedOrder => {
    const last = emulator.orders().at(-1);
    if (last === undefined) throw new Error('No order was made.');
    return last;
  };

  test('that is paid takes the same money once', async () => {
    const ends = [];
    for (const shop of ['legacy', 'migrated'] as const) {
      const page = await visit(shop);
      await placeOrder(shop, page);
      await place(page);
      if (shop === 'migrated') await page.getByRole('button', { name: 'Pay now' }).click();
      await page.getByText('is paid.').waitFor();
      ends.push({ madeBy: lastOrder().madeBy, money: moneyOf(lastOrder()) });
      await page.context().close();
    }
    expect(ends.map(({ madeBy }) => madeBy)).toEqual(['legacy', 'v2']);
    expect(ends[0]?.money).toEqual({
      legacy: 'Closed (MaxAmountCharged)',
      v2: 'Closed (AmazonClosed)',
      total: '94.50 USD',
      charges: [['94.50 USD', '94.50 USD', 'Closed (MaxCapturesProcessed)', 'Captured']],
    });
    expect(ends[1]?.money).toEqual(ends[0]?.money);
  });

  test('whose tab is closed, or that is canceled or declined at Amazon, takes none', async () => {
    for (const end of ['closed', 'Cancel', 'Let the card be declined']) {
      const page = await visit('migrated');
      const before = emulator.orders().length;
      await placeOrder('migrated', page);
      await place(page);
      await page.getByRole('button', { name: 'Pay now' }).waitFor();
      if (end !== 'closed') {
        await page.getByRole('button', { name: end }).click();
        await page.getByText('The order was not paid').waitFor();
      }
      await page.context().close();
      expect(emulator.orders()).toHaveLength(before);
    }
    const page = await visit('legacy');
    await placeOrder('legacy', page);
    await page.context().close();
    expect(lastOrder()).toMatchObject({ legacy: 'Draft', charges: [] });
    await emulator.clock.advance({ days: 1 });
    expect(lastOrder()).toMatchObject({ legacy: 'Canceled (Stale)', charges: [] });
    expect(emulator.sessions().filter(({ state }) => state === 'Open')).toEqual([]);
  });

  test('of the legacy shop that is declined leads back to the cart', async () => {
    const page = await visit('legacy');
    await placeOrder('legacy', page);
    emulator.people.planNextAuthorization(lastOrder().id, 'declineHard');
    await place(page);
    await page.getByText('The order was not paid').waitFor();
    await page.context().close();
    expect(lastOrder().charges).toMatchObject([{ captured: null, v2: 'Declined (HardDeclined)' }]);
  });
});
