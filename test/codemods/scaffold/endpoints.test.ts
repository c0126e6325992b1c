import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { scaffoldEndpoints } from '../../../src/catalog';
import { makePrivateKey } from '../../stand-in/project';
import { runScript } from '../../stand-in/stand-in';
import { filledOrders } from './filled-orders';
import { scaffold, scaffoldProject, typescriptPreload } from './scaffold-project';
import { shops, type Shop } from './shops';

/** The emitted endpoints in the real frameworks, with the real SDK; only the wire to Amazon is a stand-in. */
const privateKey = makePrivateKey();
const ID = '11111111-2222-4333-8444-555555555555';

const answer = z.object({
  status: z.number(),
  location: z.string().optional(),
  cache: z.string().optional(),
  text: z.string(),
});
const printed = z.object({
  answers: z.object({
    button: answer,
    review: answer,
    session: answer,
    refused: answer,
    early: answer,
    broken: answer,
    placed: answer,
    placedByForm: answer,
    returned: z.array(answer),
    again: answer,
    own: answer,
  }),
  store: z.object({
    paid: z.array(z.object({ chargeId: z.string(), state: z.string() })),
    failed: z.array(z.string()),
  }),
});

async function drive({ framework, files, entry, orders, mount }: Shop) {
  const project = await scaffoldProject(files);
  const inProject = (file: string): string => join(project.directory, file);
  try {
    const text = readFileSync(inProject(entry), 'utf8');
    if (mount !== undefined) writeFileSync(inProject(entry), mount(text));
    const isCommonjs = /module\.exports/.test(readFileSync(inProject(orders), 'utf8'));
    writeFileSync(inProject(orders), filledOrders(isCommonjs));
    const run = await runScript({
      entry: join(__dirname, 'drive.cjs'),
      cwd: project.directory,
      args: [entry, orders, framework],
      preloads: entry.endsWith('.ts') ? [typescriptPreload] : [],
      answers: join(__dirname, 'session-answers.cjs'),
      env: {
        AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY',
        AMAZON_PAY_PRIVATE_KEY: privateKey,
        AMAZON_PAY_MERCHANT_ID: 'MERCHANT',
        AMAZON_PAY_STORE_ID: 'STORE',
        AMAZON_PAY_SHOP_URL: 'https://shop.example',
        ...(isCommonjs || entry.endsWith('.ts') ? {} : { MODULES: 'esm' }),
      },
    });
    expect([run.stderr, run.unanswered]).toEqual(['', []]);
    return { ...printed.parse(JSON.parse(run.stdout)), requests: run.requests };
  } finally {
    project.remove();
  }
}

it('answers what rewritten pages ask', async () => {
  const routes = (await scaffold(shops['http']?.files ?? {})).files.get('amazon-pay/routes.js');
  for (const { method, path } of Object.values(scaffoldEndpoints)) expect(routes).toContain(`'${method} ${path}'`);
});

describe.each(Object.entries(shops))('%s', (_, shop) => {
  it('goes through a checkout, and pays the order once', async () => {
    const { answers, store, requests } = await drive(shop);
    const { button, review, session, refused, early, broken, placed, placedByForm, returned, again, own } = answers;

    const all = [button, review, session, refused, early, broken, placed, placedByForm, ...returned, again];
    expect(all.map(({ cache }) => cache)).toEqual(all.map(() => 'no-store'));

    const signed = JSON.parse(button.text);
    expect(signed).toMatchObject({ merchantId: 'MERCHANT', publicKeyId: 'SANDBOX-KEY', sandbox: true });
    expect(signed.createCheckoutSessionConfig.algorithm).toBe('AMZN-PAY-RSASSA-PSS-V2');
    expect(JSON.parse(signed.createCheckoutSessionConfig.payloadJSON)).toMatchObject({
      storeId: 'STORE',
      webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/amazon-pay/review?cart=7' },
      chargePermissionType: 'OneTime',
    });
    expect([review.status, review.location]).toEqual([303, `/review.html?amazonCheckoutSessionId=${ID}&cart=7`]);
    expect(JSON.parse(session.text)).toEqual({
      checkoutSessionId: ID,
      state: 'Open',
      buyer: { name: 'Test Buyer', email: 'buyer@example.com' },
      shippingAddress: { name: 'Test Buyer', addressLine1: '1 Road', city: 'Seattle', countryCode: 'US' },
      billingAddress: null,
      paymentDescriptor: 'Visa ****1111 (Amazon Pay)',
    });
    expect(refused.status).toBe(400);
    expect(early.location).toBe('/cart?amazonPay=UnknownSession');
    expect([broken.status, JSON.parse(broken.text)]).toEqual([
      400,
      { amazonPayRedirectUrl: '/cart?amazonPay=UnknownSession', reason: 'UnknownSession' },
    ]);
    expect([placed.status, JSON.parse(placed.text)]).toEqual([
      200,
      { amazonPayRedirectUrl: 'https://payments.amazon.example/confirm', reason: 'Ok' },
    ]);
    expect([placedByForm.status, placedByForm.location]).toEqual([303, 'https://payments.amazon.example/confirm']);
    expect(returned.map(({ location }) => location)).toEqual(['/thanks?order=order-1', '/thanks?order=order-1']);
    expect(again.location).toBe('/thanks?order=order-1');
    expect(own.text).toBe('hello');

    expect(store.paid).toEqual([
      expect.objectContaining({ chargeId: 'S01-1111111-2222222-C333333', state: 'Authorized' }),
    ]);
    expect(store.failed).toEqual([]);
    const completed = requests.filter(({ path }) => path.endsWith('/complete'));
    for (const { json } of completed) expect(json).toEqual({ chargeAmount: { amount: '94.50', currencyCode: 'USD' } });
    const updates = requests.filter(({ method }) => method === 'PATCH');
    expect(updates[0]?.json).toMatchObject({
      webCheckoutDetails: { checkoutResultReturnUrl: 'https://shop.example/amazon-pay/result' },
      paymentDetails: { paymentIntent: 'Authorize', chargeAmount: { amount: '94.50', currencyCode: 'USD' } },
      merchantMetadata: { merchantReferenceId: 'order-1' },
    });
  });
});
