import { startEmulator, type Emulator } from '../../src/emulator';
import { createV2Client, key, prepareSession, refusal, usd, type V2Client } from './clients';

/** The unmodified SDK of Amazon against the emulator, over HTTPS. */
let emulator: Emulator;
let client: V2Client;

beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), seed: 'v2', throttling: false });
  client = createV2Client(emulator);
});
afterEach(() => emulator.close());

describe('a one-time order', () => {
  test('from the session to the refund', async () => {
    const sessionId = await prepareSession(emulator, client);
    const open = await client['getCheckoutSession']!(sessionId);
    expect(open.data).toMatchObject({
      statusDetails: { state: 'Open' },
      constraints: [],
      webCheckoutDetails: { amazonPayRedirectUrl: expect.stringContaining(sessionId) },
      paymentPreferences: [{ paymentDescriptor: 'Visa ****1111 (Amazon Pay)' }],
    });
    const done = await client['completeCheckoutSession']!(sessionId, { chargeAmount: usd('94.5') });
    expect(done.status).toBe(200);
    const { chargeId, chargePermissionId } = done.data;
    expect(chargePermissionId).toMatch(/^S01-\d{7}-\d{7}$/);
    expect(chargeId).toBe(`${chargePermissionId}-${chargeId.slice(20)}`);
    expect(done.data).toMatchObject({ storeId: null, constraints: null, statusDetails: { state: 'Completed' } });

    const permission = await client['getChargePermission']!(chargePermissionId);
    expect(permission.data).toMatchObject({
      statusDetails: { state: 'NonChargeable', reasons: [{ reasonCode: 'ChargeInProgress' }] },
      limits: { amountLimit: usd('94.50'), amountBalance: usd('0.00') },
    });
    const captured = await client['captureCharge']!(chargeId, { captureAmount: usd('90.00') }, key());
    expect(captured.data).toMatchObject({
      statusDetails: { state: 'Captured' },
      captureAmount: usd('90.00'),
      refundedAmount: usd('0.00'),
      softDescriptor: 'AMZ*Tea & Cups',
    });
    const refund = await client['createRefund']!({ chargeId, refundAmount: usd('10.00') }, key());
    expect([refund.status, refund.data.statusDetails.state]).toEqual([201, 'RefundInitiated']);
    await emulator.clock.advance({ seconds: 30 });
    const arrived = await client['getRefund']!(refund.data.refundId);
    expect(arrived.data.statusDetails.state).toBe('Refunded');
    expect((await client['getCharge']!(chargeId)).data.refundedAmount).toEqual(usd('10.00'));
    expect((await client['getChargePermission']!(chargePermissionId)).data.limits.amountBalance).toEqual(usd('4.50'));
  });

  test('is closed by Amazon when its whole amount is captured', async () => {
    const sessionId = await prepareSession(emulator, client, { intent: 'AuthorizeWithCapture' });
    const { data } = await client['completeCheckoutSession']!(sessionId, { chargeAmount: usd('94.50') });
    expect((await client['getCharge']!(data.chargeId)).data.statusDetails.state).toBe('Captured');
    const permission = await client['getChargePermission']!(data.chargePermissionId);
    expect(permission.data.statusDetails).toMatchObject({ state: 'Closed', reasons: [{ reasonCode: 'AmazonClosed' }] });
  });

  test.each([
    ['AMZN-PAY-RSASSA-PSS', 'SANDBOX-EMULATOR', 'S'],
    ['AMZN-PAY-RSASSA-PSS-V2', 'SANDBOX-EMULATOR', 'S'],
    ['AMZN-PAY-RSASSA-PSS-V2', 'LIVE-EMULATOR', 'P'],
    ['AMZN-PAY-RSASSA-PSS', 'EMULATOR', 'P'],
  ])('signed with %s and key id %s', async (algorithm, publicKeyId, letter) => {
    const other = createV2Client(emulator, { algorithm, publicKeyId, region: 'eu' });
    const sessionId = await prepareSession(emulator, other);
    const { data } = await other['completeCheckoutSession']!(sessionId, { chargeAmount: usd('94.50') });
    expect(data.chargePermissionId[0]).toBe(letter);
  });
});

describe('Complete Checkout Session refuses', () => {
  const complete = (id: string, amount = '94.50', headers = {}): Promise<unknown> =>
    refusal(client['completeCheckoutSession']!(id, { chargeAmount: usd(amount) }, headers));

  test('another amount, and takes the right one afterwards', async () => {
    const id = await prepareSession(emulator, client);
    expect(await complete(id, '94.51')).toBe('409 AmountMismatch');
    expect(await complete(id)).toMatchObject({ status: 200 });
  });

  test('a second time', async () => {
    const id = await prepareSession(emulator, client);
    await complete(id);
    expect(await complete(id)).toBe('422 InvalidCheckoutSessionStatus');
    expect(emulator.orders()).toHaveLength(1);
  });

  test('after 24 hours, and nobody is charged', async () => {
    const id = await prepareSession(emulator, client);
    await emulator.clock.advance({ hours: 24 });
    expect(await complete(id)).toBe('422 InvalidCheckoutSessionStatus');
    const { data } = await client['getCheckoutSession']!(id);
    expect(data.statusDetails).toMatchObject({ state: 'Canceled', reasonCode: 'Expired' });
    expect(emulator.orders()).toEqual([]);
  });

  test.each([
    ['3064', 'BuyerCanceled'],
    ['3434', 'Declined'],
  ])('when the card %s was used', async (card, reasonCode) => {
    const id = await prepareSession(emulator, client, { card });
    expect(await complete(id)).toBe('422 CheckoutSessionCanceled');
    expect((await client['getCheckoutSession']!(id)).data.statusDetails).toMatchObject({
      state: 'Canceled',
      reasonCode,
    });
    expect(await complete(id)).toBe('422 InvalidCheckoutSessionStatus');
  });

  test.each(['BuyerCanceled', 'AmazonCanceled', 'Declined'])('with the simulation code %s', async (code) => {
    const id = await prepareSession(emulator, client);
    expect(await complete(id, '94.50', { 'x-amz-pay-simulation-code': code })).toBe('422 CheckoutSessionCanceled');
    expect((await client['getCheckoutSession']!(id)).data.statusDetails.reasonCode).toBe(code);
  });

  test('before the buyer paid', async () => {
    const { data } = await client['createCheckoutSession']!(
      { storeId: 'x', webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/review' } },
      key(),
    );
    expect(data.constraints.map(({ constraintId }: { constraintId: string }) => constraintId)).toEqual([
      'BuyerNotAssociated',
      'ChargeAmountNotSet',
      'CheckoutResultReturnUrlNotSet',
      'PaymentIntentNotSet',
    ]);
    expect(await complete(data.checkoutSessionId)).toBe('422 InvalidCheckoutSessionStatus');
  });
});

describe('an authorization that is pending', () => {
  test.each([
    ['0701', 'Authorized', null],
    ['4354', 'Declined', 'HardDeclined'],
  ])('with the card %s is decided after 30 seconds', async (card, state, reasonCode) => {
    const id = await prepareSession(emulator, client, { card, pending: true });
    const { status, data } = await client['completeCheckoutSession']!(id, { chargeAmount: usd('94.50') });
    expect(status).toBe(202);
    const before = await client['getCharge']!(data.chargeId);
    expect(before.data.statusDetails.state).toBe('AuthorizationInitiated');
    await emulator.clock.advance({ seconds: 30 });
    const after = await client['getCharge']!(data.chargeId);
    expect(after.data.statusDetails).toMatchObject({ state, reasonCode });
  });
});

describe('a recurring permission', () => {
  async function subscribe(): Promise<string> {
    const id = await prepareSession(emulator, client, { recurring: true, intent: 'Confirm', amount: '10.00' });
    const { data } = await client['completeCheckoutSession']!(id, { chargeAmount: usd('10.00') });
    expect(data.chargeId).toBeNull();
    return data.chargePermissionId as string;
  }
  const charge = (chargePermissionId: string, amount: string, headers = key()): Promise<unknown> =>
    refusal(client['createCharge']!({ chargePermissionId, chargeAmount: usd(amount), captureNow: true }, headers));

  test('each charge has an id of its own number', async () => {
    const permission = await subscribe();
    expect(permission).toMatch(/^C01-/);
    const first = (await charge(permission, '10.00')) as { data: { chargeId: string; chargePermissionId: string } };
    const second = (await charge(permission, '10.00')) as typeof first;
    expect(first.data.chargePermissionId).toBe(permission);
    expect(first.data.chargeId.slice(0, 19)).not.toBe(second.data.chargeId.slice(0, 19));
    expect(first.data.chargeId).toMatch(/^S01-/);
  });

  test('may not be charged more than a month allows', async () => {
    const permission = await subscribe();
    expect(await charge(permission, '450.00')).toMatchObject({ status: 201 });
    expect(await charge(permission, '50.01')).toBe('400 PeriodicAmountExceeded');
    await emulator.clock.advance({ days: 31 });
    expect(await charge(permission, '50.01')).toMatchObject({ status: 201 });
  });

  test('a hard decline makes it NonChargeable until the buyer changes the payment method', async () => {
    const permission = await subscribe();
    const simulated = key({ 'x-amz-pay-simulation-code': 'HardDeclined' });
    expect(await charge(permission, '10.00', simulated)).toBe('422 HardDeclined');
    expect(await charge(permission, '10.00')).toBe('422 InvalidChargePermissionStatus');
    emulator.people.changePaymentMethod(permission);
    expect(await charge(permission, '10.00')).toMatchObject({ status: 201 });
  });

  test('ends after 13 months without a charge', async () => {
    const permission = await subscribe();
    await emulator.clock.advance({ days: 380 });
    expect(await charge(permission, '10.00')).toMatchObject({ status: 201 });
    await emulator.clock.advance({ days: 380 });
    expect(await charge(permission, '10.00')).toMatchObject({ status: 201 });
    await emulator.clock.advance({ days: 400 });
    expect((await client['getChargePermission']!(permission)).data.statusDetails).toMatchObject({
      state: 'Closed',
      reasons: [{ reasonCode: 'Expired' }],
    });
  });

  test('the subscriber can end it', async () => {
    const permission = await subscribe();
    emulator.people.closeAgreement(permission);
    expect(await charge(permission, '10.00')).toBe('422 InvalidChargePermissionStatus');
  });
});

test('a buyer token tells who signed in, for a day', async () => {
  const token = emulator.people.signInToShop();
  expect((await client['getBuyer']!(token)).data).toMatchObject({ name: 'Susie Smith', countryCode: 'US' });
  await emulator.clock.advance({ hours: 25 });
  expect(await refusal(client['getBuyer']!(token))).toBe('404 ResourceNotFound');
});

test('a chargeback is a dispute that can be contested', async () => {
  const id = await prepareSession(emulator, client, { intent: 'AuthorizeWithCapture' });
  const { data } = await client['completeCheckoutSession']!(id, { chargeAmount: usd('94.50') });
  const dispute = emulator.people.chargeBack(data.chargeId);
  expect(dispute).toMatch(/-B\d{6}$/);
  expect((await client['getDispute']!(dispute)).data).toMatchObject({
    disputeAmount: usd('94.50'),
    statusDetails: { state: 'ActionRequired', reasonCode: 'MerchantResponseRequired' },
  });
  const contested = await client['contestDispute']!(dispute, { merchantEvidences: [] }, key());
  expect(contested.data.statusDetails.state).toBe('UnderReview');
});
