import { fill } from '../fill';
import { FLOW_TEST_AMAZON } from './flow-test-amazon';

/** Where `test` comes from: jest has it as a global, and the others know only their own. */
const RUNNERS = {
  jest: '',
  vitest: "import { test } from 'vitest';\n",
  node: "import { test } from 'node:test';\n",
} as const;

export type TestRunner = keyof typeof RUNNERS;

export interface FlowTestOptions {
  readonly runner: TestRunner;
  readonly isRecurring: boolean;
}

/** The tests that come with the scaffold: the real SDK, with its wire cut, and orders in memory. */
export function flowTests({ runner, isRecurring }: FlowTestOptions): string {
  return fill(FLOW_TEST_AMAZON + FLOW_TESTS, {
    runner: RUNNERS[runner],
    frequency: isRecurring ? '    frequencyOf: async () => this.frequency,\n' : '',
    frequencyField: isRecurring ? "  frequency⟦: Frequency | null⟧ = { unit: 'Month', value: '1' };\n" : '',
    frequencyType: isRecurring ? 'Frequency, ' : '',
    permissionType: isRecurring ? 'Recurring' : 'OneTime',
    recurring: isRecurring ? RECURRING_TESTS : '',
  });
}

const FLOW_TESTS = String.raw`
test('the button carries a payload that the key of the shop has signed', async () => {
  const { checkout, publicKey } = setUp();
  const answer = await checkout.button(incoming({}));
  const { merchantId, createCheckoutSessionConfig } = answer.json⟦ as Button⟧;
  const { payloadJSON, signature, algorithm } = createCheckoutSessionConfig;
  assert.equal(merchantId, 'MERCHANT');
  assert.equal(algorithm, 'AMZN-PAY-RSASSA-PSS-V2');
  const payload = JSON.parse(payloadJSON);
  assert.equal(payload.webCheckoutDetails.checkoutReviewReturnUrl, 'https://shop.example/amazon-pay/review');
  assert.equal(payload.chargePermissionType, '«permissionType»');
  const signed = algorithm + '\n' + createHash('sha256').update(payloadJSON).digest('hex');
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  assert.ok(createVerify('sha256').update(signed).verify(key, signature, 'base64'));
});

test('an order is paid once, with the amount of the server, when the buyer has come back', async () => {
  const { checkout, amazon, store } = setUp();
  const placed = await checkout.placeOrder(incoming({}, { amazonCheckoutSessionId: ID, amount: '0.01' }));
  assert.equal(⟦(⟧placed.json⟦ as Placed)⟧.amazonPayRedirectUrl, 'https://amazon.example/confirm');
  assert.deepEqual(amazon.session.paymentDetails.chargeAmount, PRICE);
  assert.equal(store.paid.length, 0);
  const returned = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.equal(returned.location, '/thank-you?order=order-1');
  assert.deepEqual(amazon.completed, [PRICE]);
  assert.equal(store.paid[0]?.chargeId, CHARGE_ID);
});

test('a double click pays once', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  const twice = [incoming({ amazonCheckoutSessionId: ID }), incoming({ amazonCheckoutSessionId: ID })];
  const answers = await Promise.all(twice.map(checkout.result));
  assert.deepEqual(
    answers.map(({ location }) => location),
    ['/thank-you?order=order-1', '/thank-you?order=order-1'],
  );
  assert.equal(amazon.completed.length, 1);
  assert.equal(store.paid.length, 1);
});

test('a buyer whose cart has changed meanwhile agrees to the new amount first', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  store.price = { amount: '99.00', currencyCode: 'EUR' };
  const answer = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.match(String(answer.location), /^\/review\?amazonCheckoutSessionId=.*&amazonPay=AmountChanged$/);
  assert.deepEqual([amazon.completed.length, store.paid.length], [0, 0]);
});

test('an amount that Amazon does not accept goes back to the review page', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  amazon.refusal = { status: 409, reasonCode: 'AmountMismatch' };
  const answer = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.match(String(answer.location), /amazonPay=AmountChanged$/);
  assert.equal(store.paid.length, 0);
});

test('a declined payment brings the buyer back to the cart, and the order is not paid', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  amazon.refusal = { status: 422, reasonCode: 'CheckoutSessionCanceled', cancels: 'Declined' };
  const answer = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.equal(answer.location, '/cart?amazonPay=Declined');
  assert.deepEqual([store.paid.length, store.failed], [0, ['Declined']]);
});

test('a session that has expired brings the buyer back to the cart', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  amazon.cancel('Expired');
  const answer = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.equal(answer.location, '/cart?amazonPay=Expired');
  assert.deepEqual([amazon.completed.length, store.paid.length], [0, 0]);
});

test('a pending authorization leaves the order waiting', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  amazon.chargeState = 'AuthorizationInitiated';
  const answer = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.equal(answer.location, '/thank-you?order=order-1&amazonPay=Pending');
  assert.deepEqual([store.paid.length, store.pending.length], [0, 1]);
});

test('a session that another one has replaced is never completed', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  store.sessionId = 'another-session';
  const answer = await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.equal(answer.location, '/cart?amazonPay=UnknownSession');
  assert.equal(amazon.completed.length, 0);
});

test('a payment pays one order: its session cannot be used for another', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  store.currentId = 'order-2';
  const used = await place(checkout);
  assert.equal(⟦(⟧used.json⟦ as Placed)⟧.amazonPayRedirectUrl, '/cart?amazonPay=SessionUsed');
  // Nor when the shop has forgotten whose session it was.
  store.sessionId = null;
  const forgotten = await place(checkout);
  assert.equal(⟦(⟧forgotten.json⟦ as Placed)⟧.amazonPayRedirectUrl, '/cart?amazonPay=SessionUsed');
  assert.deepEqual([amazon.completed.length, store.paid.length, store.sessionId], [1, 1, null]);
});

test('what is no session id reaches neither Amazon nor an order', async () => {
  const { checkout, amazon } = setUp();
  const answer = await checkout.session(incoming({ amazonCheckoutSessionId: '../charges/1' }));
  assert.equal(answer.status, 400);
  assert.equal(amazon.requests, 0);
});

test('sweep settles what the buyer did not see, and leaves open sessions alone', async () => {
  const { checkout, amazon, store } = setUp();
  await place(checkout);
  assert.deepEqual(await checkout.sweep(), { settled: 0, open: 1, failures: [] });
  amazon.complete();
  assert.deepEqual(await checkout.sweep(), { settled: 1, open: 0, failures: [] });
  assert.equal(store.paid.length, 1);
  amazon.refusal = { method: 'GET', status: 404, reasonCode: 'ResourceNotFound' };
  assert.deepEqual(await checkout.sweep(), { settled: 1, open: 0, failures: [] });
  assert.deepEqual(store.failed, ['Expired']);
  amazon.refusal = { method: 'GET', status: 503, reasonCode: 'ServiceUnavailable' };
  assert.equal((await checkout.sweep()).failures[0]?.orderId, 'order-1');
});
«recurring»
`;

const RECURRING_TESTS = String.raw`
test('a button that was drawn before there was an order is a one-time one', async () => {
  const { checkout, store } = setUp();
  const typeOf = async () => {
    const { createCheckoutSessionConfig } = (await checkout.button(incoming({}))).json⟦ as Button⟧;
    return JSON.parse(createCheckoutSessionConfig.payloadJSON).chargePermissionType;
  };
  assert.equal(await typeOf(), 'Recurring');
  store.currentId = null;
  assert.equal(await typeOf(), 'OneTime');
});

test('a subscription is not placed with a one-time session, nor a one-time order with one for later charges', async () => {
  const { checkout, amazon, store } = setUp();
  store.frequency = null;
  const once = await place(checkout);
  assert.equal(⟦(⟧once.json⟦ as Placed)⟧.amazonPayRedirectUrl, '/cart?amazonPay=AgreementChanged');
  store.frequency = { unit: 'Month', value: '1' };
  amazon.session.chargePermissionType = 'OneTime';
  const subscription = await place(checkout);
  assert.equal(⟦(⟧subscription.json⟦ as Placed)⟧.amazonPayRedirectUrl, '/cart?amazonPay=AgreementChanged');
  await checkout.result(incoming({ amazonCheckoutSessionId: ID }));
  assert.deepEqual([store.sessionId, amazon.completed.length], [null, 0]);
});

test('a cycle is charged with a key of its own, and a decline is a state', async () => {
  const { checkout, amazon } = setUp();
  await checkout.chargeCycle('C01-0000000-0000000', PRICE, 'subscription-1-2026-11');
  await checkout.chargeCycle('C01-0000000-0000000', PRICE, 'subscription-1-2026-12');
  assert.equal(new Set(amazon.keys).size, 2);
  amazon.refusal = { status: 422, reasonCode: 'SoftDeclined' };
  const { statusDetails } = await checkout.chargeCycle('C01-0000000-0000000', PRICE, 'subscription-1-2027-01');
  assert.equal(statusDetails.state, 'Declined');
});
`;
