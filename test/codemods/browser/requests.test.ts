import { codemod } from '../../../codemods/browser';
import { migrateTexts } from '../run-codemod';
import { FakePage } from './stand-in';

/** What rewritten pages do when the server of the shop fails, and when they ask more than once. */
const button = {
  merchantId: 'A1',
  createCheckoutSessionConfig: { payloadJSON: '{}', signature: 's', algorithm: 'AMZN-PAY-RSASSA-PSS-V2' },
};
const session = { checkoutSessionId: 's1', state: 'Open', paymentDescriptor: 'Visa' };
const SEARCH = '?amazonCheckoutSessionId=s1';

async function migrate(path: string, text: string): Promise<string> {
  const { files } = await migrateTexts(codemod, new Map([[path, text]]));
  return files.get(path) ?? '';
}

/** Runs a migrated script on a page where checkout.js is there already. */
async function open(text: string, server: Record<string, unknown>, globals = {}, search = SEARCH): Promise<FakePage> {
  const page = new FakePage(search, server, globals);
  page.loadCheckout();
  page.run('page.js', await migrate('page.js', text));
  await page.settle();
  return page;
}

/** jQuery, as far as the pages need it, over the server of the page. */
const jquery = (server: Record<string, unknown>) => {
  const ask = (url: string) => {
    const answer = server[url.replace(/\?.*/, '')];
    return {
      then: (done: (answer: unknown) => void, fail: (answer: unknown) => void) =>
        typeof answer === 'number' ? fail({ status: answer }) : done(answer),
    };
  };
  const $ = (ready: () => void): void => ready();
  return Object.assign($, { getJSON: ask, ajax: ({ url }: { url: string }) => ask(url) });
};

const alertOf = (page: FakePage, id: string) => {
  const element = id === 'body' ? page.body : page.element(id);
  return element.children.find(({ attributes }) => attributes['role'] === 'alert');
};
const tryAgain = async (page: FakePage, id: string): Promise<void> => {
  alertOf(page, id)?.children[0]?.onclick?.();
  await page.settle();
};

const BUTTON = `OffAmazonPayments.Button('pay', 'A1', { type: 'PwA', onError: function (error) {
  errors.push(error.getErrorCode() + ' ' + error.getErrorMessage());
} });`;
const WALLET = `new OffAmazonPayments.Widgets.Wallet({ sellerId: 'A1', onError: report, onPaymentSelect: function () { chosen.push(1); } }).bind('wallet');`;
const CONFIRM = `OffAmazonPayments.initConfirmationFlow('A1', 'S01', function (flow) { flow.success(); });`;

describe.each([
  ['fetch', (text: string) => text],
  ['jQuery', (text: string) => `$(function () { ${text} });`],
])('where the server fails, asked with %s', (kind, around) => {
  const openWith = (text: string, server: Record<string, unknown>, globals: object) =>
    open(around(text), server, { ...globals, ...(kind === 'jQuery' ? { $: jquery(server) } : {}) });

  it('the place of the button says so, onError is called, and the buyer can try again', async () => {
    const server: Record<string, unknown> = { '/amazon-pay/button': 500 };
    const errors: string[] = [];
    const page = await openWith(BUTTON, server, { errors });
    expect(page.callsOf('renderButton')).toEqual([]);
    expect(alertOf(page, 'pay')?.textContent).toMatch(/cannot be reached.*Try again/);
    expect(errors).toEqual([expect.stringMatching(/^RequestFailed \/amazon-pay\/button failed: .*500/)]);
    server['/amazon-pay/button'] = button;
    await tryAgain(page, 'pay');
    expect(alertOf(page, 'pay')).toBeUndefined();
    expect(page.callsOf('renderButton')).toHaveLength(1);
  });

  it('the place of a widget says so, and what waits for the session does not run', async () => {
    const server: Record<string, unknown> = { '/amazon-pay/session': 503 };
    const [chosen, failed]: unknown[][] = [[], []];
    const page = await openWith(WALLET, server, { chosen, report: (error: unknown) => failed?.push(error) });
    expect(alertOf(page, 'wallet')).toBeDefined();
    expect([chosen, failed]).toEqual([[], [expect.anything()]]);
    server['/amazon-pay/session'] = session;
    await tryAgain(page, 'wallet');
    expect(page.element('wallet').textContent).toBe('Visa Change');
    expect(chosen).toEqual([1]);
  });

  it.each([[500], [{ reason: 'Ok' }]])('an order that cannot be placed (%j) can be placed again', async (answer) => {
    const server: Record<string, unknown> = { '/amazon-pay/checkout': answer };
    const page = await openWith(CONFIRM, server, {});
    expect(page.location.href).toContain('shop.example');
    expect(alertOf(page, 'body')).toBeDefined();
    server['/amazon-pay/checkout'] = { amazonPayRedirectUrl: 'https://amazon.example/confirm' };
    await tryAgain(page, 'body');
    expect(page.location.href).toBe('https://amazon.example/confirm');
  });
});

describe('a button is drawn once', () => {
  const draws = (page: FakePage): number => page.callsOf('renderButton').length;
  const server = { '/amazon-pay/button': button };

  it('where a script draws it when Widgets.js is ready, and when it is there already', async () => {
    const text = `function draw() { OffAmazonPayments.Button('pay', 'A1', { type: 'PwA' }); }
window.onAmazonPaymentsReady = draw;
if (window.OffAmazonPayments) draw();`;
    expect(draws(await open(text, server))).toBe(1);
  });

  it('where it was drawn when its script had loaded, before the function that waits for it runs', async () => {
    const text = `function draw() { OffAmazonPayments.Button('pay', 'A1', { type: 'PwA' }); }
window.onAmazonPaymentsReady = draw;`;
    const page = new FakePage('', server);
    page.run('page.js', await migrate('page.js', text));
    page.loadCheckout();
    page.run('load.js', 'draw();');
    await page.settle();
    page.turnClock(1);
    await page.settle();
    expect(draws(page)).toBe(1);
  });

  it('where a component is mounted again before the answer has come', async () => {
    const text = `function mount() { OffAmazonPayments.Button('pay', 'A1', { type: 'PwA' }); }`;
    const page = await open(text, server);
    page.run('mount.js', 'mount();');
    page.replaceElement('pay');
    page.run('mount.js', 'mount();');
    await page.settle();
    expect(draws(page)).toBe(1);
  });

  it('and not at all where its component has gone meanwhile', async () => {
    const page = await open(`function mount() { OffAmazonPayments.Button('pay', 'A1', { type: 'PwA' }); }`, server);
    page.run('mount.js', 'mount();');
    page.replaceElement('pay', null);
    await page.settle();
    expect([draws(page), page.body.children]).toEqual([0, []]);
  });

  it('and anew, in place of the first one, where a script wants it so', async () => {
    const text = `function draw(language) { OffAmazonPayments.Button('pay', 'A1', { type: 'PwA', language: language }); }`;
    const page = await open(text, server);
    page.element('pay').textContent = 'Loading';
    for (const language of ['de-DE', 'fr-FR']) {
      page.run('draw.js', `draw('${language}');`);
      await page.settle();
    }
    expect(page.callsOf('renderButton').map(([, options]) => options)).toEqual([
      expect.objectContaining({ checkoutLanguage: 'de_DE' }),
      expect.objectContaining({ checkoutLanguage: 'fr_FR' }),
    ]);
    expect(page.element('pay').textContent).toBe('');
  });
});

it('a script whose $ is a parameter asks without jQuery, which may not be there where its helpers are', async () => {
  const text = await migrate('page.js', `define(['jquery'], function ($) { $('#a').hide(); ${CONFIRM} });`);
  expect(text).not.toContain('$.ajax');
  const global = await migrate('page.js', `jQuery(function ($) { $('#a').hide(); ${CONFIRM} });`);
  expect(global).toContain('jQuery.ajax');
});
