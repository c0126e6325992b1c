import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { startEmulator, type Emulator } from '../../src/emulator';
import { launch } from '../browser/browser';
import { createV2Client, usd } from './clients';

/** Our own checkout.js and Widgets.js in a real browser, on pages of another origin. */
describe('the scripts of the emulator', () => {
  let emulator: Emulator;
  let browser: Browser;
  let page: Page;
  let shop: Server;
  let origin: string;
  let html = '';
  const problems: string[] = [];

  beforeAll(async () => {
    emulator = await startEmulator({ throttling: false });
    browser = await launch();
    shop = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    });
    await new Promise<void>((listening) => shop.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser?.close();
    await emulator.close();
    shop.close();
    shop.closeAllConnections();
  });
  beforeEach(async () => {
    problems.length = 0;
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', ({ message }) => problems.push(message));
  });
  afterEach(() => page.close());

  const withScript = (path: string, body: string, script: string): string =>
    `<!doctype html><body>${body}<script>${script}</script><script src="${emulator.url}${path}"></script></body>`;

  test('checkout.js: button, sign-in, review, payment, result', async () => {
    const client = createV2Client(emulator);
    const payloadJSON = JSON.stringify({
      storeId: 'store',
      webCheckoutDetails: { checkoutReviewReturnUrl: `${origin}/review`, checkoutResultReturnUrl: `${origin}/result` },
      paymentDetails: { paymentIntent: 'AuthorizeWithCapture', chargeAmount: usd('9.50') },
    });
    const config = {
      merchantId: emulator.credentials.merchantId,
      publicKeyId: emulator.credentials.publicKeyId,
      ledgerCurrency: 'USD',
      placement: 'Cart',
      productType: 'PayAndShip',
      createCheckoutSessionConfig: { payloadJSON, signature: client.generateButtonSignature(payloadJSON) },
    };
    html = `<!doctype html><body><div id="pay"></div><script src="${emulator.url}/checkout.js"></script><script>amazon.Pay.renderButton('#pay', ${JSON.stringify(config)})</script></body>`;
    await page.goto(`${origin}/cart`);
    await page.getByRole('button', { name: 'Amazon Pay' }).click();
    await page.getByLabel('Card').selectOption('4444');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/\/review\?amazonCheckoutSessionId=/);
    const id = new URL(page.url()).searchParams.get('amazonCheckoutSessionId') ?? '';
    const { data } = await client['getCheckoutSession']!(id);
    expect(data.paymentPreferences[0].paymentDescriptor).toContain('4444');
    await page.goto(data.webCheckoutDetails.amazonPayRedirectUrl);
    await page.getByRole('button', { name: 'Pay now' }).click();
    await page.waitForURL(/\/result\?amazonCheckoutSessionId=/);
    const done = await client['completeCheckoutSession']!(id, { chargeAmount: usd('9.50') });
    expect(emulator.order(done.data.chargePermissionId)?.charges[0]).toMatchObject({ captured: '9.50 USD' });
    expect(problems).toEqual([]);
  });

  test('checkout.js: a bare id instead of a selector is an error, as with Amazon', async () => {
    html = `<!doctype html><body><div id="pay"></div><script src="${emulator.url}/checkout.js"></script><script>amazon.Pay.renderButton('pay', {})</script></body>`;
    await page.goto(origin);
    expect(problems).toEqual([expect.stringContaining('nothing matches pay')]);
  });

  test('Widgets.js: callbacks, a draft that address book and wallet share, the choice of a card', async () => {
    html = withScript(
      '/OffAmazonPayments/us/sandbox/js/Widgets.js',
      '<div id="address"></div><div id="wallet"></div><div id="button"></div>',
      `window.seen = [];
      window.onAmazonLoginReady = function () { amazon.Login.setClientId('client'); seen.push('login'); };
      window.onAmazonPaymentsReady = function () {
        seen.push('payments');
        OffAmazonPayments.Button('button', 'SELLER', { type: 'PwA', authorization: function () { amazon.Login.authorize({ scope: 'profile', popup: true }, function (answer) { seen.push(typeof answer.access_token); }); } });
        new OffAmazonPayments.Widgets.AddressBook({
          sellerId: 'SELLER',
          onOrderReferenceCreate: function (reference) { window.id = reference.getAmazonOrderReferenceId(); seen.push('created'); },
          onAddressSelect: function () { seen.push('address'); },
          design: { designMode: 'responsive' },
        }).bind('address');
        new OffAmazonPayments.Widgets.Wallet({ sellerId: 'SELLER', onPaymentSelect: function () { seen.push('card'); } }).bind('wallet');
      };`,
    );
    await page.goto(origin);
    await page.locator('#wallet select').selectOption('4444');
    await page.getByRole('button', { name: 'Amazon Pay' }).click();
    await page.waitForFunction(
      'window.seen.filter(function (one) { return one === "card"; }).length === 2 && window.seen.indexOf("string") > 0',
    );
    const seen = (await page.evaluate('window.seen')) as string[];
    expect(seen.slice(0, 2)).toEqual(['login', 'payments']);
    expect([...seen.slice(2)].sort()).toEqual(['address', 'card', 'card', 'created', 'string']);
    const id = (await page.evaluate('window.id')) as string;
    expect(emulator.order(id)).toMatchObject({ legacy: 'Draft', madeBy: 'legacy' });
    expect(problems).toEqual([]);
  });

  test('Widgets.js: the consent to a subscription', async () => {
    html = withScript(
      '/OffAmazonPayments/us/sandbox/js/Widgets.js',
      '<div id="wallet"></div><div id="consent"></div>',
      `window.onAmazonPaymentsReady = function () {
        new OffAmazonPayments.Widgets.Wallet({
          sellerId: 'SELLER', agreementType: 'BillingAgreement',
          onReady: function (agreement) {
            window.id = agreement.getAmazonBillingAgreementId();
            new OffAmazonPayments.Widgets.Consent({ sellerId: 'SELLER', amazonBillingAgreementId: window.id, onConsent: function (status) { window.consent = status.getConsentStatus(); } }).bind('consent');
          },
        }).bind('wallet');
      };`,
    );
    await page.goto(origin);
    await page.locator('#consent input').check();
    await page.waitForFunction('window.consent === "true"');
    expect((await page.evaluate('window.id')) as string).toMatch(/^C01-/);
    expect(problems).toEqual([]);
  });

  test('the look inside moves the clock', async () => {
    await page.goto(`${emulator.url}/_/`);
    const before = emulator.clock.now().getTime();
    await page.locator('input[name=days]').fill('2');
    await page.getByRole('button', { name: 'Move' }).click();
    await page.waitForURL(/\/_\/$/);
    await page.getByText('A look inside').waitFor();
    expect(emulator.clock.now().getTime() - before).toBeGreaterThanOrEqual(2 * 86_400_000);
  });

  test.each([
    [1200, 'light'],
    [360, 'dark'],
  ] as const)(
    'the look inside at %s pixels, %s: hostile text is text, nothing runs over',
    async (width, colorScheme) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const look = await context.newPage();
      const hostile = '<img src=x onerror="window.ran=1"><script>window.ran=2</script>';
      const client = createV2Client(emulator);
      const session = { storeId: hostile, webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' } };
      await client['createCheckoutSession']!(session, { 'x-amz-pay-idempotency-key': `hostile${width}` });
      const order = emulator.people.startOrderReference();
      await look.goto(`${emulator.url}/_/`);
      await look.getByText('POST /v2/checkoutSessions').first().click();
      await look.getByText('window.ran=2').first().waitFor();
      expect(await look.evaluate('window.ran')).toBeUndefined();
      const row = look.locator('tr', { hasText: order });
      await row.getByText('History').press('Enter');
      await row.getByText('Draft | –').waitFor();
      expect(await look.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await context.close();
    },
  );
});
