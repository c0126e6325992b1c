import { codemod } from '../../../codemods/browser';
import { browserOptions, browserSymbols, expressAttributes } from '../../../src/catalog';
import { migrateTexts } from '../run-codemod';

/** Every symbol and every option of the catalog: what becomes of it, and what is said. */
async function migrate(text: string, path = 'page.js') {
  const { files, findings } = await migrateTexts(codemod, new Map([[path, text]]));
  const [code = ''] = (files.get(path) ?? '').split(/\n\n\/\/ (?:Asks|Shows|checkout\.js|In place)/);
  return {
    code,
    findings: findings.map(({ rule, legacy, rewritten, automation }) => ({
      rule,
      operation: legacy.operation,
      automation,
      rewritten,
    })),
    todos: [...code.matchAll(/TODO\(amazon-pay-v2\) (browser\/[\w-]+): (.*)/g)].map(([, rule, said]) => ({
      rule,
      said,
    })),
  };
}

/** Values of the options, as merchants write them. */
const values: Readonly<Record<string, string>> = {
  type: "'PwA'",
  color: "'LightGray'",
  size: "'x-large'",
  language: "'de-DE'",
  sellerId: "'A1'",
  authorization: 'function () { go(); }',
  agreementType: "'BillingAgreement'",
  useAmazonAddressBook: 'false',
  design: "{ designMode: 'responsive' }",
  displayMode: "'Read'",
  presentmentCurrency: "'EUR'",
  scope: "'profile'",
  amazonOrderReferenceId: 'id',
  amazonBillingAgreementId: 'id',
};
const valueOf = (name: string): string => values[name] ?? 'function (given) { own(given); }';

/** What an option looks like in the new button. */
const moved: Readonly<Record<string, string>> = {
  type: "productType: 'PayAndShip'",
  color: "buttonColor: 'LightGray'",
  language: "checkoutLanguage: 'de_DE'",
  sellerId: "merchantId: 'A1'",
  useAmazonAddressBook: "productType: 'PayOnly'",
};

describe('options of the button', () => {
  const rows = browserOptions.filter(
    ({ of, name }) => of === 'OffAmazonPayments.Button' && name !== 'hostedParametersProvider',
  );
  test.each(rows)('$name ($kind)', async ({ name, kind, because }) => {
    const isOlder = name === 'sellerId';
    const option = `${name}: ${valueOf(name)}`;
    const { code, findings, todos } = await migrate(
      isOlder
        ? `new OffAmazonPayments.Widgets.Button({ ${option} }).bind('pay');`
        : `OffAmazonPayments.Button('pay', 'A1', { ${option} });`,
    );
    const symbol = isOlder ? 'OffAmazonPayments.Widgets.Button' : 'OffAmazonPayments.Button';
    const own = { rule: 'browser/button', operation: symbol, automation: 'assisted', rewritten: true };
    const rule = kind === 'code' ? 'browser/button-callback' : 'browser/button-option';
    const ofOption = { rule, operation: `OffAmazonPayments.Button.${name}`, automation: 'assisted', rewritten: true };
    expect(findings).toEqual(kind === 'moves' ? [own] : [own, ofOption]);
    expect(code).toContain(moved[name] ?? 'renderButton');
    if (kind !== 'moves') expect(todos).toContainEqual({ rule, said: expect.stringContaining(because.slice(0, 20)) });
  });

  test.each([
    ['PwA', 'PayAndShip', 'createCheckoutSessionConfig'],
    ['Pay', 'PayAndShip', 'createCheckoutSessionConfig'],
    ['A', 'PayAndShip', 'createCheckoutSessionConfig'],
    ['LwA', 'SignIn', 'signInConfig'],
    ['Login', 'SignIn', 'signInConfig'],
  ])('type %s is productType %s', async (type, product, config) => {
    const { code } = await migrate(`OffAmazonPayments.Button('pay', 'A1', { type: '${type}' });`);
    expect(code).toContain(`productType: '${product}'`);
    expect(code).toContain(`${config}: button.${config}`);
  });

  test.each(['Gold', 'LightGray', 'DarkGray'])('color %s', async (color) => {
    expect((await migrate(`OffAmazonPayments.Button('pay', 'A1', { color: '${color}' });`)).code).toContain(
      `buttonColor: '${color}'`,
    );
  });

  test.each(['en-GB', 'de-DE', 'fr-FR', 'it-IT', 'es-ES'])('language %s', async (language) => {
    expect((await migrate(`OffAmazonPayments.Button('pay', 'A1', { language: '${language}' });`)).code).toContain(
      `checkoutLanguage: '${language.replace('-', '_')}'`,
    );
  });
});

const parts = { AddressBook: 'address', Wallet: 'payment', Consent: '' };
const rules = { AddressBook: 'address-book', Wallet: 'wallet', Consent: 'consent' };
const runs = ['onOrderReferenceCreate', 'onReady', 'onConsent', 'onAddressSelect', 'onPaymentSelect'];

describe.each(['AddressBook', 'Wallet', 'Consent'] as const)('options of %s', (widget) => {
  test.each(browserOptions.filter(({ of }) => of === 'widget'))('$name ($kind)', async ({ name, kind, because }) => {
    const { code, findings, todos } = await migrate(
      `new OffAmazonPayments.Widgets.${widget}({ ${name}: ${valueOf(name)} }).bind('place');`,
    );
    const symbol = `OffAmazonPayments.Widgets.${widget}`;
    const own = { rule: `browser/${rules[widget]}`, operation: symbol, automation: 'assisted', rewritten: true };
    const rule = kind === 'code' ? 'browser/widget-callback' : 'browser/widget-option';
    const ofOption = { rule, operation: `${symbol}.${name}`, automation: 'assisted', rewritten: true };
    expect(findings).toEqual(kind === 'gone' ? [own] : [own, ofOption]);
    expect(code).toContain(`showAmazonPaySession('${parts[widget]}', 'place', [`);
    if (kind !== 'gone') expect(todos).toContainEqual({ rule, said: expect.stringContaining(because.slice(0, 20)) });
    const isKept = runs.includes(name) || name === 'onError';
    expect(code.includes('own(given)')).toBe(isKept);
  });

  test('setPresentmentCurrency', async () => {
    const { code, findings } = await migrate(
      `new OffAmazonPayments.Widgets.${widget}({}).setPresentmentCurrency('USD').bind('place');`,
    );
    expect(code).not.toContain('USD');
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'browser/widget-method', rewritten: true, automation: 'assisted' }),
    );
  });
});

describe('options of authorize in a button', () => {
  test.each(browserOptions.filter(({ of }) => of === 'authorize'))('$name ($kind)', async ({ name, kind, because }) => {
    const { findings, todos } = await migrate(
      `OffAmazonPayments.Button('pay', 'A1', { authorization: function () { amazon.Login.authorize({ ${name}: own }, '/review'); } });`,
    );
    const operation = `amazon.Login.authorize.${name}`;
    expect(findings.filter((one) => one.operation === operation)).toHaveLength(kind === 'decide' ? 1 : 0);
    if (kind === 'decide')
      expect(todos).toContainEqual({
        rule: 'browser/button-option',
        said: expect.stringContaining(because.slice(0, 20)),
      });
  });
});

test.each(Object.entries(expressAttributes))(
  'data-ap-%s of an Express button says where it goes',
  async (name, parameter) => {
    const text = `<div data-ap-widget-type="expressPaymentButton" data-ap-${name}="x"></div>`;
    const { findings } = await migrateTexts(codemod, new Map([['page.html', text]]));
    const to =
      browserOptions.find(({ of, name: option }) => of === 'hostedPayment' && option === parameter)?.to ?? 'nothing';
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(`data-ap-${name} goes to ${to}`)]);
  },
);

/** A use of each symbol, and whether it is rewritten. */
const uses: Readonly<Record<string, readonly [code: string, rewritten: boolean]>> = {
  'OffAmazonPayments.Button': ["OffAmazonPayments.Button('a', 'b', {});", true],
  'OffAmazonPayments.Widgets.Button': ["new OffAmazonPayments.Widgets.Button({}).bind('a');", true],
  'OffAmazonPayments.Widgets.AddressBook': ["new OffAmazonPayments.Widgets.AddressBook({}).bind('a');", true],
  'OffAmazonPayments.Widgets.Wallet': ["new OffAmazonPayments.Widgets.Wallet({}).bind('a');", true],
  'OffAmazonPayments.Widgets.Consent': ["new OffAmazonPayments.Widgets.Consent({}).bind('a');", true],
  'OffAmazonPayments.initConfirmationFlow': ["OffAmazonPayments.initConfirmationFlow('a', 'b', go);", true],
  'OffAmazonPayments.Widgets': ['hand(OffAmazonPayments.Widgets);', false],
  OffAmazonPayments: ['hand(OffAmazonPayments);', false],
  onAmazonLoginReady: ['window.onAmazonLoginReady = go;', true],
  onAmazonPaymentsReady: ['window.onAmazonPaymentsReady = go;', true],
  'amazon.Login.setClientId': ["amazon.Login.setClientId('c');", true],
  'amazon.Login.setSiteClientId': ["amazon.Login.setSiteClientId('c');", true],
  'amazon.Login.setUseCookie': ['amazon.Login.setUseCookie(true);', true],
  'amazon.Login.setSandboxMode': ['amazon.Login.setSandboxMode(true);', true],
  'amazon.Login.setRegion': ["amazon.Login.setRegion('EU');", true],
  'amazon.Login.authorize': ["amazon.Login.authorize({ scope: 'payments:widget' }, '/a');", false],
  'amazon.Login.logout': ['amazon.Login.logout();', true],
  'amazon.Login.retrieveProfile': ['amazon.Login.retrieveProfile(token, go);', false],
  'amazon.Login': ['hand(amazon.Login);', false],
};

test.each(Object.keys(browserSymbols))('%s is rewritten or listed', async (symbol) => {
  const [code = '', rewritten] = uses[symbol] ?? [];
  // Beside it stands what makes it one of payments, and not of a login.
  const { findings, code: text } = await migrate(`${code}\nwindow.onAmazonPaymentsReady = more;`);
  const found = findings.filter(({ operation }) => operation === symbol);
  expect(found.some((one) => one.rewritten === rewritten)).toBe(true);
  expect(text.includes(code)).toBe(!rewritten);
});
