import { generateKeyPairSync } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { Amazon } from './amazon-server';
import { Buyer, launch } from './browser';
import { copyShop, migrateShop, removeShop, startShop, type RunningShop } from './shop';

/**
 * A legacy shop in a real browser, before and after `migrate --write --scaffold`. The shop, its client libraries, the SDK
 * and the browser are real; Amazon's scripts, hosted pages and API are stand-ins on loopback.
 */
describe('a shop in a browser', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const amazon = new Amazon(publicKey);
  const legacy = { root: '', shop: undefined as RunningShop | undefined };
  const migrated = { root: '', shop: undefined as RunningShop | undefined };
  let browser: Browser;
  let buyer: Buyer;

  beforeAll(async () => {
    await amazon.start();
    legacy.root = copyShop();
    migrated.root = copyShop();
    await migrateShop(migrated.root);
    legacy.shop = await startShop(legacy.root, amazon.address, privateKey);
    migrated.shop = await startShop(migrated.root, amazon.address, privateKey);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    for (const { root, shop } of [legacy, migrated]) {
      shop?.stop();
      removeShop(root);
    }
    amazon.stop();
  });
  beforeEach(async () => {
    buyer = await Buyer.visit(browser, amazon);
  });
  afterEach(() => buyer.leave());

  const order = (): Promise<Record<string, unknown>> =>
    buyer.page.evaluate(async () => (await fetch('/order')).json() as Promise<Record<string, unknown>>);

  /** From the cart to the page on which the buyer reviews the order. */
  async function choose(card = 0): Promise<void> {
    await buyer.page.goto(`${migrated.shop?.address}/cart.html`);
    await buyer.page.getByRole('button', { name: 'amazon pay' }).click();
    await buyer.page.locator(`input[name=card][value="${card}"]`).check();
    await buyer.page.getByRole('button', { name: 'Continue' }).click();
    await buyer.page.locator('#change-payment').waitFor();
  }

  /** The buyer agrees on the review page; Amazon asks for the confirmation. */
  async function placeOrder(): Promise<void> {
    await buyer.page.locator('#place:enabled').click();
    await buyer.page.getByRole('button', { name: 'Pay now' }).waitFor();
  }

  it('before the migration: the widgets of Widgets.js take an order', async () => {
    const { page } = buyer;
    await page.goto(`${legacy.shop?.address}/cart.html`);
    await page.locator('[data-drawn-by="Widgets.js"] button').waitFor();
    await buyer.photograph('legacy-1-cart');
    await page.getByRole('button', { name: 'Pay with Amazon' }).click();
    await page.locator('#walletWidgetDiv[data-drawn-by="Widgets.js"]').waitFor();
    await buyer.photograph('legacy-2-checkout');
    await page.locator('#place:enabled').click();
    await page.getByText('is paid.').waitFor();
    await buyer.photograph('legacy-3-thank-you');
    expect(buyer.problems).toEqual([]);
  });

  it('after it: button, review, another address, result, and the order is paid once', async () => {
    const { page } = buyer;
    await page.goto(`${migrated.shop?.address}/cart.html`);
    await page.getByRole('button', { name: 'amazon pay' }).waitFor();
    await buyer.photograph('pay-1-cart');
    await page.getByRole('button', { name: 'amazon pay' }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await buyer.photograph('pay-2-amazon-choose');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('#change-address').waitFor();
    await page.locator('#change-payment').waitFor();
    await buyer.photograph('pay-3-review');
    expect(await page.locator('#addressBookWidgetDiv').textContent()).toContain('1 Pine Street');
    expect(await page.locator('#walletWidgetDiv').textContent()).toContain('Visa ****1111');

    await page.locator('#change-address').click();
    await page.locator('input[name=address][value="1"]').check();
    await buyer.photograph('pay-4-amazon-change-address');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('22 Ocean Avenue').waitFor();
    await buyer.photograph('pay-5-review-changed');

    await placeOrder();
    await buyer.photograph('pay-6-amazon-confirm');
    expect(amazon.lastSession.state).toBe('Open');
    await page.getByRole('button', { name: 'Pay now' }).click();
    await page.getByText('is paid.').waitFor();
    await buyer.photograph('pay-7-thank-you');
    // The buyer goes back and reloads what Amazon opened.
    const result = `${migrated.shop?.address}/amazon-pay/result?amazonCheckoutSessionId=${amazon.lastSession.id}`;
    await page.goto(result);
    await page.getByText('is paid.').waitFor();
    expect(await order()).toMatchObject({ state: 'paid', timesPaid: 1, chargeId: 'S01-1111111-2222222-C333333' });
    expect(amazon.lastSession.completedWith).toEqual([{ amount: '94.50', currencyCode: 'USD' }]);
    expect(buyer.problems).toEqual([]);
  });

  it('two returns at the same moment pay once', async () => {
    await choose();
    await placeOrder();
    amazon.lastSession.isConfirmed = true;
    const result = `${migrated.shop?.address}/amazon-pay/result?amazonCheckoutSessionId=${amazon.lastSession.id}`;
    const second = await buyer.page.context().newPage();
    await Promise.all([buyer.page.goto(result), second.goto(result)]);
    await Promise.all([buyer.page, second].map((page) => page.getByText('is paid.').waitFor()));
    expect(await order()).toMatchObject({ state: 'paid', timesPaid: 1 });
    expect(amazon.lastSession.completedWith).toHaveLength(1);
  });

  it('a buyer who cancels at Amazon is back in the cart, and nothing is charged', async () => {
    await choose();
    await placeOrder();
    await buyer.page.getByRole('link', { name: 'Cancel' }).click();
    await buyer.page.getByText('amazonPay=BuyerCanceled').waitFor();
    await buyer.photograph('cancel');
    expect(await order()).not.toMatchObject({ state: 'paid' });
    expect(amazon.lastSession.completedWith).toEqual([]);
  });

  it('a declined payment leads back to the cart, and another card pays', async () => {
    await choose(1);
    await placeOrder();
    await buyer.page.getByRole('button', { name: 'Pay now' }).click();
    await buyer.page.getByText('amazonPay=Declined').waitFor();
    await buyer.photograph('decline');
    expect(await order()).toMatchObject({ state: 'open', reason: 'Declined' });
    await choose();
    await placeOrder();
    await buyer.page.getByRole('button', { name: 'Pay now' }).click();
    await buyer.page.getByText('is paid.').waitFor();
    expect(await order()).toMatchObject({ timesPaid: 1 });
  });

  it('a buyer who comes back after the session has expired is back in the cart', async () => {
    await choose();
    await placeOrder();
    amazon.lastSession.cancel('Expired');
    await buyer.page.getByRole('button', { name: 'Pay now' }).click();
    await buyer.page.getByText('amazonPay=Expired').waitFor();
    await buyer.photograph('expired');
    expect(await order()).toMatchObject({ state: 'open', reason: 'Expired' });
    expect(amazon.lastSession.completedWith).toEqual([]);
  });
});
