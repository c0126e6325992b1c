import { startEmulator, type Emulator } from '../../src/emulator';
import { createV2Client, key, refusal, usd, type V2Client } from './clients';

/** The pages of the buyer and the look inside, as a browser without scripts uses them. */
let emulator: Emulator;
let client: V2Client;
beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  client = createV2Client(emulator);
});
afterEach(() => emulator.close());

interface Visit {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}
async function visit(
  path: string,
  form?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Visit> {
  const response = await fetch(new URL(path, emulator.url), {
    redirect: 'manual',
    headers,
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

const payload = (more: object = {}): string =>
  JSON.stringify({
    storeId: 'store',
    webCheckoutDetails: {
      checkoutReviewReturnUrl: 'https://shop.example/review?cart=1',
      checkoutCancelUrl: 'https://shop.example/cart',
    },
    ...more,
  });

const press = (payloadJSON: string, more: Record<string, string> = {}): Promise<Visit> =>
  visit('/checkout/start', {
    payloadJSON,
    signature: client.generateButtonSignature(payloadJSON),
    publicKeyId: emulator.credentials.publicKeyId,
    productType: 'PayAndShip',
    ...more,
  });

const idIn = ({ location }: Visit): string =>
  new URL(location ?? '', emulator.url).searchParams.get('amazonCheckoutSessionId') ?? '';

test('a buyer pays: button, sign-in, review, redirect, result', async () => {
  const id = idIn(await press(payload()));
  const form = await visit(`/checkout/sign-in?amazonCheckoutSessionId=${id}`);
  expect(form.text).toContain('Visa ending in 1111');
  const signedIn = { amazonCheckoutSessionId: id, buyer: 'amzn1.account.EMULATEDBUYER2', card: '4444', do: 'continue' };
  const back = await visit('/checkout/sign-in', signedIn);
  expect(back.location).toBe(`https://shop.example/review?cart=1&amazonCheckoutSessionId=${id}`);
  const updated = await client['updateCheckoutSession']!(id, {
    webCheckoutDetails: { checkoutResultReturnUrl: 'https://shop.example/result' },
    paymentDetails: { paymentIntent: 'AuthorizeWithCapture', chargeAmount: usd('9.50') },
  });
  expect(updated.data).toMatchObject({ buyer: { name: 'Hans Schmidt' }, shippingAddress: { city: 'München' } });
  const pay = updated.data.webCheckoutDetails.amazonPayRedirectUrl as string;
  expect((await visit(pay)).text).toContain('Hans Schmidt pays 9.50 USD');
  const paid = await visit('/checkout/processing', { amazonCheckoutSessionId: id, do: 'pay' });
  expect(paid.location).toBe(`https://shop.example/result?amazonCheckoutSessionId=${id}`);
  const done = await client['completeCheckoutSession']!(id, { chargeAmount: usd('9.50') });
  expect(done.data.statusDetails.state).toBe('Completed');
});

test.each([
  ['sign-in', 'cancel', 'https://shop.example/cart', 'BuyerCanceled'],
  ['processing', 'cancel', 'https://shop.example/cart', 'BuyerCanceled'],
  ['processing', 'decline', 'https://shop.example/result', 'Declined'],
])('at %s the buyer can %s', async (where, what, url, reasonCode) => {
  const webCheckoutDetails = {
    checkoutReviewReturnUrl: 'https://shop.example/review',
    checkoutResultReturnUrl: 'https://shop.example/result',
    checkoutCancelUrl: 'https://shop.example/cart',
  };
  const id = idIn(
    await press(
      payload({ webCheckoutDetails, paymentDetails: { paymentIntent: 'Authorize', chargeAmount: usd('1.00') } }),
    ),
  );
  if (where === 'processing')
    await visit('/checkout/sign-in', {
      amazonCheckoutSessionId: id,
      do: 'continue',
      buyer: 'amzn1.account.EMULATEDBUYER1',
      card: '1111',
    });
  const left = await visit(`/checkout/${where}`, { amazonCheckoutSessionId: id, do: what });
  expect(left.location).toBe(`${url}?amazonCheckoutSessionId=${id}`);
  expect(await refusal(client['completeCheckoutSession']!(id, { chargeAmount: usd('1.00') }))).toBe(
    '422 CheckoutSessionCanceled',
  );
  expect((await client['getCheckoutSession']!(id)).data.statusDetails.reasonCode).toBe(reasonCode);
});

test('a tab that is closed leaves the session open, and then it expires', async () => {
  const id = idIn(await press(payload()));
  expect((await client['getCheckoutSession']!(id)).data.statusDetails.state).toBe('Open');
  await emulator.clock.advance({ days: 1 });
  expect((await visit(`/checkout/sign-in?amazonCheckoutSessionId=${id}`)).status).toBe(410);
});

test('an additional payment button has no review page', async () => {
  const id = idIn(
    await press(
      payload({
        webCheckoutDetails: {
          checkoutReviewReturnUrl: 'https://a.example',
          checkoutResultReturnUrl: 'https://shop.example/result',
          checkoutMode: 'ProcessOrder',
        },
        paymentDetails: { paymentIntent: 'Authorize', chargeAmount: usd('1.00') },
      }),
    ),
  );
  const next = await visit('/checkout/sign-in', {
    amazonCheckoutSessionId: id,
    do: 'continue',
    buyer: 'amzn1.account.EMULATEDBUYER1',
    card: '1111',
  });
  expect(next.location).toBe(`/checkout/processing?amazonCheckoutSessionId=${id}`);
});

test.each([
  ['a payload that was written anew', { payloadJSON: JSON.stringify(JSON.parse(payload()), null, 1) }],
  ['no signature', { signature: '' }],
  ['an unknown key', { publicKeyId: 'NOBODY' }],
])('a button with %s is refused', async (_, change) => {
  const { status } = await press(payload(), change);
  expect(status).toBe(400);
  expect(emulator.sessions()).toEqual([]);
});

test('a sign-in button gives a buyer token', async () => {
  const text = JSON.stringify({ signInReturnUrl: 'https://shop.example/in', storeId: 'store' });
  const form = await press(text, { productType: 'SignIn' });
  expect(form.text).toContain('Sign in with Amazon');
  const { location } = await visit('/checkout/shop-sign-in', {
    returnUrl: 'https://shop.example/in',
    buyer: 'amzn1.account.EMULATEDBUYER1',
  });
  const token = new URL(location ?? '').searchParams.get('buyerToken') ?? '';
  expect((await client['getBuyer']!(token)).data.email).toBe('susie@buyer.example');
});

test('what a merchant sends is shown as text', async () => {
  await client['createCheckoutSession']!(
    { storeId: '<script>alert(1)</script>', webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' } },
    key(),
  );
  const { text } = await visit('/_/');
  expect(text).not.toContain('<script>');
  expect(text).toContain('&lt;script&gt;');
});

describe('the look inside', () => {
  const read = async (path: string): Promise<unknown> => JSON.parse((await visit(path)).text) as unknown;
  const write = async (
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<[number, Record<string, unknown>]> => {
    const response = await fetch(new URL(path, emulator.url), { method: 'POST', body: JSON.stringify(body), headers });
    return [response.status, (await response.json()) as Record<string, unknown>];
  };

  test('moves the clock, and shows what came of it on both sides', async () => {
    const [, { id }] = await write('/_/people', { do: 'startOrderReference' });
    expect(await write('/_/clock', { hours: 4 })).toEqual([200, { now: '2026-11-01T16:00:00.000Z' }]);
    expect(await read('/_/orders')).toMatchObject([{ id, legacy: 'Canceled (Stale)', v2: null }]);
    expect(await read(`/_/orders/${String(id)}`)).toMatchObject({
      history: [{ legacy: 'Draft' }, { legacy: 'Canceled (Stale)', at: '2026-11-01T15:00:00.000Z' }],
    });
  });

  test('shows requests without their signatures', async () => {
    await refusal(client['getCharge']!('S01-0000000-0000000-C000000'));
    expect(await read('/_/requests')).toMatchObject([{ api: 'v2', method: 'GET', status: 404 }]);
    expect((await visit('/_/requests')).text).not.toMatch(/PublicKeyId|Signature=[^…]/);
  });

  test.each([
    ['/_/clock', { weeks: 1 }, 400],
    ['/_/clock', { hours: -1 }, 400],
    ['/_/people', { do: 'nothing' }, 400],
    ['/_/people', { do: 'pay', id: 'nobody' }, 409],
    ['/_/people', { do: 'startOrderReference', card: '9999' }, 409],
    ['/_/nothing', {}, 404],
  ])('refuses %s %j with %d', async (path, body, status) => {
    expect((await write(path, body))[0]).toBe(status);
  });

  test('turns quotas and answers on and off', async () => {
    expect((await write('/_/throttling', { on: true, refuseNext: 1 }))[1]).toEqual({ on: true, refuseNext: 1 });
    expect(await refusal(client['getCharge']!('S01-0000000-0000000-C000000'))).toBe('429 TooManyRequests');
    expect((await write('/_/faults', { dropAnswers: 1 }))[1]).toEqual({ dropAnswers: 1, holdAnswers: 0 });
    await expect(client['getCharge']!('S01-0000000-0000000-C000000')).rejects.toThrow('socket hang up');
  });

  test('is closed to the pages of others', async () => {
    expect((await write('/_/clock', { hours: 1 }, { origin: 'https://evil.example' }))[0]).toBe(403);
    expect((await write('/_/clock', { hours: 1 }, { origin: emulator.url }))[0]).toBe(200);
  });
});
