import { startEmulator, type Emulator } from '../../src/emulator';
import { amount, authorize, confirmOrder, createLegacyClient, legacy, reference, type LegacyClient } from './clients';

/** The unmodified `amazon-payments` against the emulator. */
let emulator: Emulator;
let client: LegacyClient;

beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false, httpsPort: false });
  client = createLegacyClient(emulator);
});
afterEach(() => emulator.close());

const status = (answer: { AuthorizationDetails: Record<string, unknown> }): string => {
  const { AuthorizationStatus, SoftDecline } = answer.AuthorizationDetails;
  const { State, ReasonCode } = AuthorizationStatus as Record<string, string>;
  return [State, ReasonCode, SoftDecline].filter((value) => value !== undefined).join(' ');
};
const simulate = (State: string, ReasonCode: string, more = {}) => ({
  SellerAuthorizationNote: JSON.stringify({ SandboxSimulation: { State, ReasonCode, ...more } }),
});
const stateOf = async (id: string): Promise<string> => {
  const { OrderReferenceDetails } = await legacy(client, 'getOrderReferenceDetails', { AmazonOrderReferenceId: id });
  const { State, ReasonCode } = OrderReferenceDetails.OrderReferenceStatus;
  return [State, ReasonCode].join(' ').trim();
};

test('a one-time order from the draft to the refund', async () => {
  const id = emulator.people.startOrderReference();
  const draft = await legacy(client, 'getOrderReferenceDetails', { AmazonOrderReferenceId: id });
  expect(draft.OrderReferenceDetails).toMatchObject({
    OrderReferenceStatus: { State: 'Draft' },
    Constraints: { Constraint: { ConstraintID: 'AmountNotSet' } },
    Destination: { PhysicalDestination: { City: 'Chicago' } },
  });
  expect(draft.OrderReferenceDetails.Buyer).toBeUndefined();
  expect(await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: id })).toBe('ConstraintsExist');
  await legacy(client, 'setOrderReferenceDetails', {
    AmazonOrderReferenceId: id,
    OrderReferenceAttributes: { OrderTotal: amount('94.50'), SellerOrderAttributes: { StoreName: 'Tea & Cups' } },
  });
  expect(await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: id })).toEqual({});
  const { AuthorizationDetails } = await authorize(client, id);
  expect(AuthorizationDetails).toMatchObject({
    AuthorizationStatus: { State: 'Open' },
    AuthorizationAmount: { Amount: '94.50', CurrencyCode: 'USD' },
    SoftDecline: 'false',
    CaptureNow: 'false',
    IdList: '',
  });
  const authorizationId = AuthorizationDetails.AmazonAuthorizationId as string;
  expect(authorizationId).toMatch(new RegExp(`^${id}-A\\d{6}$`));
  const { CaptureDetails } = await legacy(client, 'capture', {
    AmazonAuthorizationId: authorizationId,
    CaptureReferenceId: 'capture-1',
    CaptureAmount: amount('94.50'),
  });
  expect(CaptureDetails).toMatchObject({ CaptureStatus: { State: 'Completed' }, CaptureReferenceId: 'capture-1' });
  expect(CaptureDetails.AmazonCaptureId).toBe(authorizationId.replace('-A', '-C'));
  expect(await stateOf(id)).toBe('Closed MaxAmountCharged');
  const closed = await legacy(client, 'getAuthorizationDetails', { AmazonAuthorizationId: authorizationId });
  expect(closed.AuthorizationDetails).toMatchObject({
    AuthorizationStatus: { State: 'Closed', ReasonCode: 'MaxCapturesProcessed' },
    IdList: { member: CaptureDetails.AmazonCaptureId },
  });
  const { RefundDetails } = await legacy(client, 'refund', {
    AmazonCaptureId: CaptureDetails.AmazonCaptureId,
    RefundReferenceId: 'refund-1',
    RefundAmount: amount('94.50'),
  });
  expect(RefundDetails).toMatchObject({ RefundStatus: { State: 'Pending' }, RefundType: 'SellerInitiated' });
  await emulator.clock.advance({ seconds: 30 });
  const refund = await legacy(client, 'getRefundDetails', { AmazonRefundId: RefundDetails.AmazonRefundId });
  expect(refund.RefundDetails.RefundStatus.State).toBe('Completed');
  const capture = await legacy(client, 'getCaptureDetails', { AmazonCaptureId: CaptureDetails.AmazonCaptureId });
  expect(capture.CaptureDetails).toMatchObject({
    CaptureStatus: { State: 'Closed', ReasonCode: 'MaxAmountRefunded' },
    RefundedAmount: { Amount: '94.50' },
  });
});

describe('an authorization', () => {
  test.each([
    [
      'a soft decline',
      simulate('Declined', 'InvalidPaymentMethod', { SoftDecline: 'true' }),
      'Declined InvalidPaymentMethod true',
      'Open',
    ],
    [
      'a hard decline',
      simulate('Declined', 'InvalidPaymentMethod'),
      'Declined InvalidPaymentMethod false',
      'Suspended InvalidPaymentMethod',
    ],
    ['a rejection', simulate('Declined', 'AmazonRejected'), 'Declined AmazonRejected false', 'Closed AmazonClosed'],
    ['a time-out', simulate('Declined', 'TransactionTimedOut'), 'Declined TransactionTimedOut false', 'Open'],
    ['one with capture', { CaptureNow: true }, 'Closed MaxCapturesProcessed false', 'Closed MaxAmountCharged'],
    ['one that waits', { TransactionTimeout: 1440 }, 'Pending false', 'Open'],
  ])('%s', async (_, more, expected, order) => {
    const id = await confirmOrder(emulator, client);
    expect(status(await authorize(client, id, more))).toBe(expected);
    expect(await stateOf(id)).toBe(order);
  });

  test('is asynchronous when nothing is said, and decided after a while', async () => {
    const id = await confirmOrder(emulator, client);
    const answer = await authorize(client, id, { TransactionTimeout: undefined, CaptureNow: 'true' });
    expect(status(answer)).toBe('Pending false');
    await emulator.clock.advance({ seconds: 30 });
    const { AmazonAuthorizationId } = answer.AuthorizationDetails;
    expect(status(await legacy(client, 'getAuthorizationDetails', { AmazonAuthorizationId }))).toBe(
      'Closed MaxCapturesProcessed false',
    );
  });

  test.each([
    ['2 days in the sandbox', {}, { days: 2 }, 'ExpiredUnused'],
    [
      'as simulated',
      simulate('Closed', 'ExpiredUnused', { ExpirationTimeInMins: 10 }),
      { minutes: 10 },
      'ExpiredUnused',
    ],
    ['closed by Amazon, simulated', simulate('Closed', 'AmazonClosed'), { seconds: 30 }, 'AmazonClosed'],
  ])('ends after %s', async (_, more, duration, reason) => {
    const id = await confirmOrder(emulator, client);
    const { AmazonAuthorizationId } = (await authorize(client, id, more)).AuthorizationDetails;
    await emulator.clock.advance(duration);
    expect(status(await legacy(client, 'getAuthorizationDetails', { AmazonAuthorizationId }))).toBe(
      `Closed ${reason} false`,
    );
  });

  test('of a suspended order waits for another payment method', async () => {
    const id = await confirmOrder(emulator, client);
    await authorize(client, id, simulate('Declined', 'InvalidPaymentMethod'));
    expect(await authorize(client, id)).toBe('InvalidOrderReferenceStatus');
    await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: id });
    expect(status(await authorize(client, id))).toBe('Open false');
  });

  test('may be 15 percent above the order, and no more', async () => {
    const id = await confirmOrder(emulator, client, '100.00');
    expect(await authorize(client, id, { AuthorizationAmount: amount('115.01') })).toBe('TransactionAmountExceeded');
    expect(status(await authorize(client, id, { AuthorizationAmount: amount('115.00') }))).toBe('Open false');
  });

  test('has a reference of its own', async () => {
    const id = await confirmOrder(emulator, client);
    const same = { AuthorizationReferenceId: 'once', AuthorizationAmount: amount('1.00') };
    await authorize(client, id, same);
    expect(await authorize(client, id, same)).toBe('DuplicateReferenceId');
    expect(await authorize(client, id, { ...same, AuthorizationAmount: amount('2.00') })).toBe('DuplicateRequest');
    expect(emulator.order(id)?.charges).toHaveLength(1);
  });

  test.each([
    ['an unknown simulation', simulate('Declined', 'Bored'), 'InvalidSandboxSimulationSpecified'],
    ['another currency', { AuthorizationAmount: amount('1.00', 'EUR') }, 'CurrencyMismatch'],
    ['a currency that is none', { AuthorizationAmount: amount('1.00', 'TEA') }, 'CurrencyUnsupported'],
    ['no amount', { AuthorizationAmount: amount('0') }, 'InvalidParameterValue'],
    ['a negative amount', { AuthorizationAmount: amount('-1') }, 'InvalidParameterValue'],
    ['a reference that is too long', { AuthorizationReferenceId: 'x'.repeat(33) }, 'InvalidParameterValue'],
    ['a time-out that is none', { TransactionTimeout: 'soon' }, 'InvalidParameterValue'],
    ['an id of nobody', { AmazonOrderReferenceId: 'S01-0000000-0000000' }, 'InvalidOrderReferenceId'],
    ['no id', { AmazonOrderReferenceId: '' }, 'MissingParameter'],
  ])('is refused with %s', async (_, more, code) => {
    const id = await confirmOrder(emulator, client);
    expect(await authorize(client, id, more)).toBe(code);
    expect(emulator.order(id)?.charges).toEqual([]);
  });
});

test('a subscription: consent, charges with order references of their own, the end', async () => {
  const agreement = emulator.people.startBillingAgreement({ consent: false });
  const params = { AmazonBillingAgreementId: agreement };
  const draft = await legacy(client, 'getBillingAgreementDetails', params);
  expect(draft.BillingAgreementDetails).toMatchObject({
    BillingAgreementConsent: 'false',
    Constraints: { Constraint: { ConstraintID: 'BuyerConsentNotSet' } },
  });
  expect(await legacy(client, 'confirmBillingAgreement', params)).toBe('BillingAgreementConstraintsExist');
  const agreed = { AmazonBillingAgreementId: emulator.people.startBillingAgreement() };
  await legacy(client, 'confirmBillingAgreement', agreed);
  const renew = (more = {}): ReturnType<typeof legacy> =>
    legacy(client, 'authorizeOnBillingAgreement', {
      ...agreed,
      AuthorizationReferenceId: reference(),
      AuthorizationAmount: amount('9.50'),
      CaptureNow: true,
      TransactionTimeout: 0,
      ...more,
    });
  const first = await renew();
  expect(first.AmazonOrderReferenceId).toMatch(/^S01-/);
  expect(first.AuthorizationDetails.AmazonAuthorizationId).toContain(first.AmazonOrderReferenceId);
  expect(await renew({ AuthorizationAmount: amount('490.51') })).toBe('PeriodicAmountExceeded');
  expect((await legacy(client, 'validateBillingAgreement', agreed)).ValidationResult).toBe('Success');
  const child = await legacy(client, 'createOrderReferenceForId', {
    Id: agreed.AmazonBillingAgreementId,
    IdType: 'BillingAgreement',
    ConfirmNow: true,
    OrderReferenceAttributes: { OrderTotal: amount('20.00') },
  });
  expect(child.OrderReferenceDetails).toMatchObject({
    OrderReferenceStatus: { State: 'Open' },
    ParentDetails: { Id: agreed.AmazonBillingAgreementId },
  });
  await legacy(client, 'closeBillingAgreement', agreed);
  expect(await renew()).toBe('InvalidBillingAgreementStatus');
});

test('drafts die after three hours, orders after 180 days', async () => {
  const draft = emulator.people.startOrderReference();
  const open = await confirmOrder(emulator, client);
  await emulator.clock.advance({ hours: 3 });
  expect(await stateOf(draft)).toBe('Canceled Stale');
  await emulator.clock.advance({ days: 180 });
  expect(await stateOf(open)).toBe('Closed Expired');
});

test('captures and refunds end as their notes ask', async () => {
  const note = (State: string, ReasonCode?: string): string =>
    JSON.stringify({ SandboxSimulation: { State, ReasonCode } });
  const capture = async (SellerCaptureNote: string) => {
    const id = await confirmOrder(emulator, client);
    const { AmazonAuthorizationId } = (await authorize(client, id)).AuthorizationDetails;
    const CaptureReferenceId = reference();
    return legacy(client, 'capture', {
      AmazonAuthorizationId,
      CaptureReferenceId,
      CaptureAmount: amount('94.50'),
      SellerCaptureNote,
    });
  };
  const pending = await capture(note('Pending'));
  expect(pending.CaptureDetails.CaptureStatus.State).toBe('Pending');
  await emulator.clock.advance({ seconds: 30 });
  const { AmazonCaptureId } = pending.CaptureDetails;
  expect((await legacy(client, 'getCaptureDetails', { AmazonCaptureId })).CaptureDetails.CaptureStatus.State).toBe(
    'Completed',
  );
  expect((await capture(note('Declined', 'AmazonRejected'))).CaptureDetails.CaptureStatus.State).toBe('Declined');
  const closed = await capture(note('Closed', 'AmazonClosed'));
  expect(closed.CaptureDetails.CaptureStatus).toMatchObject({ State: 'Closed', ReasonCode: 'AmazonClosed' });
  const refund = await legacy(client, 'refund', {
    AmazonCaptureId,
    RefundReferenceId: reference(),
    RefundAmount: amount('94.50'),
    SellerRefundNote: note('Declined', 'AmazonRejected'),
  });
  await emulator.clock.advance({ seconds: 30 });
  const { AmazonRefundId } = refund.RefundDetails;
  expect((await legacy(client, 'getRefundDetails', { AmazonRefundId })).RefundDetails.RefundStatus.State).toBe(
    'Declined',
  );
  const after = await legacy(client, 'getCaptureDetails', { AmazonCaptureId });
  expect(after.CaptureDetails.RefundedAmount.Amount).toBe('0.00');
});

describe('bad input', () => {
  const get = { AmazonOrderReferenceId: 'S01-1234567-1234567' };
  test.each([
    ['the secret of a stranger', { mwsSecretKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown access key', { mwsAccessKey: 'NOBODY' }, 'InvalidAccessKeyId'],
  ])('%s', async (_, config, code) => {
    expect(await legacy(createLegacyClient(emulator, config), 'getOrderReferenceDetails', get)).toBe(code);
  });

  const postForm = async (body: string): Promise<[number, string | undefined]> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${emulator.url}/OffAmazonPayments_Sandbox/2013-01-01`, {
      method: 'POST',
      headers,
      body,
    });
    return [response.status, /<Code>(\w+)/.exec(await response.text())?.[1]];
  };
  test('no signature', async () => {
    expect(await postForm('Action=GetServiceStatus')).toEqual([400, 'MissingParameter']);
  });
  test('a megabyte too much', async () => {
    expect(await postForm('x'.repeat(1024 * 1024 + 1))).toEqual([400, 'InvalidParameterValue']);
  });
  test('an order of live is not there in the sandbox', async () => {
    const id = emulator.people.startOrderReference({ environment: 'live' });
    expect(id[0]).toBe('P');
    expect(await legacy(client, 'getOrderReferenceDetails', { AmazonOrderReferenceId: id })).toBe(
      'InvalidOrderReferenceId',
    );
  });
});

test('quotas: two writes at once, then one in two seconds', async () => {
  emulator.throttle.isOn = true;
  const id = emulator.people.startOrderReference();
  const set = (): ReturnType<typeof legacy> =>
    legacy(client, 'setOrderReferenceDetails', {
      AmazonOrderReferenceId: id,
      OrderReferenceAttributes: { OrderTotal: amount('1.00') },
    });
  expect(
    [await set(), await set(), await set()].map(
      (answer) => answer.OrderReferenceDetails?.AmazonOrderReferenceId ?? answer,
    ),
  ).toEqual([id, id, 'RequestThrottled']);
  await emulator.clock.advance({ seconds: 2 });
  expect(await set()).toMatchObject({ OrderReferenceDetails: { AmazonOrderReferenceId: id } });
});
