import { join } from 'node:path';
import { codemod } from '../../../codemods/browser';
import { migrateTexts, readTree } from '../run-codemod';
import { FakePage } from './stand-in';

/** Rewritten pages, run against a stand-in of checkout.js and of the server. */
const migrate = async (name: string): Promise<(path: string) => string> => {
  const folder = join(__dirname, '../../../fixtures/codemods/browser', name, 'input');
  const { files } = await migrateTexts(codemod, readTree(folder));
  return (path) => files.get(path) ?? '';
};

/** Escapes as they must reach Amazon, byte for byte. */
const payloadJSON = '{"storeId":"amzn1.application-oa2-client.x","note":"\\u00e4\\/ö"}';
const button = {
  merchantId: 'A1',
  publicKeyId: 'SANDBOX-KEY',
  ledgerCurrency: 'EUR',
  sandbox: true,
  createCheckoutSessionConfig: { payloadJSON, signature: 'c2ln', algorithm: 'AMZN-PAY-RSASSA-PSS-V2' },
};
const session = {
  checkoutSessionId: 'session-1',
  state: 'Open',
  shippingAddress: { name: 'Erika', addressLine1: 'Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  paymentDescriptor: 'Visa ending in 1111',
};
const server = {
  '/amazon-pay/button': button,
  '/amazon-pay/session': session,
  '/amazon-pay/checkout': { amazonPayRedirectUrl: 'https://payments.amazon.de/checkout/1' },
};

describe('the button', () => {
  it('is drawn once checkout.js is there, with what the server signed', async () => {
    const file = await migrate('page-es5');
    const page = new FakePage('', server);
    page.run('cart.html', file('cart.html'));
    await page.settle();
    expect(page.calls).toEqual([]);
    page.loadCheckout();
    page.turnClock(1);
    await page.settle();
    expect(page.callsOf('fetch')).toEqual([['GET', '/amazon-pay/button', undefined]]);
    expect(page.callsOf('renderButton')).toEqual([
      [
        '#AmazonPayButton',
        {
          merchantId: 'A1EXAMPLE',
          publicKeyId: 'SANDBOX-KEY',
          ledgerCurrency: 'EUR',
          sandbox: true,
          checkoutLanguage: 'en_GB',
          productType: 'PayAndShip',
          placement: 'Cart',
          buttonColor: 'Gold',
          createCheckoutSessionConfig: button.createCheckoutSessionConfig,
        },
      ],
    ]);
  });

  it('is given up when checkout.js never comes', async () => {
    const file = await migrate('page-es5');
    const page = new FakePage('', server);
    page.run('cart.html', file('cart.html'));
    expect(page.turnClock(10_000)).toBe(300);
    expect(page.calls).toEqual([]);
  });

  it('gets the id of its own round in a loop', async () => {
    const file = await migrate('page-es5');
    const attributes = { getAttribute: () => 'side' };
    const page = new FakePage('', server, {
      sellers: ['S0', 'S1'],
      SELLER: 'S',
      signIn: () => undefined,
      $each: (_: string, each: () => void) => each.call(attributes),
    });
    Object.assign(page.element('list'), {});
    page.loadCheckout();
    const text = file('minicart.js').replace("document.getElementsByClassName('pay')", '[{}, {}]');
    page.run('minicart.js', text);
    await page.settle();
    expect(page.callsOf('renderButton').map(([id, options]) => [id, (options as typeof button).merchantId])).toEqual([
      ['#pay-0', 'S0'],
      ['#pay-1', 'S1'],
      ['#side', 'S'],
    ]);
  });
});

describe('the review page', () => {
  const open = async (search: string, status: number): Promise<FakePage> => {
    const file = await migrate('page-es5');
    const page = new FakePage(search, server, {
      quotes: [] as unknown[],
      XMLHttpRequest: class {
        status = status;
        onload: (() => void) | undefined;
        open(): void {}
        send(): void {
          this.onload?.();
        }
      },
    });
    page.loadCheckout();
    page.run('lib.js', 'function updateShipping(id) { quotes.push(id); }');
    page.run('checkout.html', file('checkout.html'));
    await page.settle();
    return page;
  };

  it('shows address and payment method with a link to change each, and runs what waited for the widgets', async () => {
    const page = await open('?a=1&amazonCheckoutSessionId=session%2F1', 200);
    expect(page.callsOf('fetch').map(([, url]) => url)).toEqual(
      Array(2).fill('/amazon-pay/session?amazonCheckoutSessionId=session%2F1'),
    );
    expect(page.element('addressBookWidgetDiv').textContent).toBe('Erika, Street 1, Berlin, 10115, DE Change');
    expect(page.element('walletWidgetDiv').textContent).toBe('Visa ending in 1111 Change');
    expect(page.callsOf('bindChangeAction')).toEqual([
      ['#change-address', { amazonCheckoutSessionId: 'session/1', changeAction: 'changeAddress' }],
      ['#change-payment', { amazonCheckoutSessionId: 'session/1', changeAction: 'changePayment' }],
    ]);
    expect(page.element('place').disabled).toBe(false);
    expect(page.run('x.js', 'JSON.stringify([orderReferenceId, quotes])')).toBe('["session-1",["session-1"]]');
  });

  it('shows nothing, and lets nobody pay, before the buyer was at Amazon', async () => {
    const page = await open('', 200);
    expect(page.calls).toEqual([]);
    expect(page.element('place').disabled).toBe(true);
  });

  it('goes to Amazon when the own server agrees', async () => {
    const page = await open('?amazonCheckoutSessionId=s1', 200);
    page.element('place').onclick?.();
    await page.settle();
    expect(page.callsOf('fetch').at(-1)).toEqual(['POST', '/amazon-pay/checkout', '{"amazonCheckoutSessionId":"s1"}']);
    expect(page.location.href).toBe('https://payments.amazon.de/checkout/1');
  });

  it('stays when the own server refuses', async () => {
    const page = await open('?amazonCheckoutSessionId=s1', 500);
    page.element('place').onclick?.();
    await page.settle();
    expect(page.callsOf('fetch')).toHaveLength(2);
    expect(page.location.href).toContain('shop.example');
  });

  it('has no link to change what was only to be read', async () => {
    const file = await migrate('page-es5');
    const page = new FakePage('?amazonCheckoutSessionId=s1', server);
    page.loadCheckout();
    page.run('thanks.html', file('thanks.html'));
    await page.settle();
    expect(page.element('readOnlyAddress').textContent).toContain('Erika');
    expect(page.callsOf('bindChangeAction')).toEqual([]);
  });
});

it('signing out calls signout', async () => {
  const file = await migrate('page-es5');
  const page = new FakePage('', server);
  page.loadCheckout();
  page.run('cart.html', file('cart.html'));
  page.element('Logout').onclick?.();
  expect(page.callsOf('signout')).toEqual([[]]);
});

it('a service in TypeScript loads, draws, and confirms through a promise', async () => {
  const file = await migrate('typescript');
  const page = new FakePage('?amazonCheckoutSessionId=s1', server);
  const { AmazonPayService } = page.run('amazon-pay.service.ts', file('amazon-pay.service.ts')) as {
    AmazonPayService: new (options: object) => {
      load(): Promise<void>;
      isLoaded(): boolean;
      draw(language: string): void;
      confirm(id: string): Promise<{ success(): void }>;
    };
  };
  const service = new AmazonPayService({ sellerId: 'A1', buttonId: 'pay' });
  const loaded = service.load();
  expect(service.isLoaded()).toBe(false);
  page.loadCheckout();
  page.turnClock(1);
  await loaded;
  expect(service.isLoaded()).toBe(true);
  service.draw('de-DE');
  await page.settle();
  expect(page.callsOf('renderButton')).toEqual([['#pay', expect.objectContaining({ checkoutLanguage: 'de_DE' })]]);
  (await service.confirm('S01')).success();
  await page.settle();
  expect(page.location.href).toBe('https://payments.amazon.de/checkout/1');
});

it('a page that waits for the widgets stops waiting', async () => {
  const file = await migrate('loading');
  const page = new FakePage('', server, {
    drawn: { count: 0 },
    clientId: 'c',
    alreadyLoaded: false,
    setInterval: () => 1,
    pump: () => page.loadCheckout(),
  });
  page.run('draw.js', 'function drawButton() { drawn.count += 1; }');
  page.run('loader.js', file('loader.js'));
  page.run('start.js', 'waitForWidgets();');
  expect(page.run('x.js', 'isThere()')).toBe(true);
  // By the function that Widgets.js called, and by the one that polled.
  expect(page.run('x.js', 'drawn.count')).toBe(2);
  expect(page.turnClock(10)).toBe(0);
});
