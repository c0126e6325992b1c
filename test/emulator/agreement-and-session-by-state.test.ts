import { startEmulator, type Emulator } from '../../src/emulator';
import {
  action,
  amount,
  authorize,
  confirmOrder,
  createLegacyClient,
  createV2Client,
  key,
  legacy,
  prepareSession,
  reference,
  refusal,
  usd,
  type LegacyClient,
  type V2Client,
} from './clients';

/** As operation-by-state.test.ts, for what orders and charges are not (facts: states.md sections 1 and 2). */
let emulator: Emulator;
let old: LegacyClient;
let client: V2Client;
beforeAll(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  old = createLegacyClient(emulator);
  client = createV2Client(emulator);
});
afterAll(() => emulator.close());

const said = (answer: unknown): string => (typeof answer === 'string' ? answer.replace(/^\d+ /, '') : 'ok');
type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;
type States = Readonly<Record<string, () => Promise<string>>>;
type Operations = Readonly<Record<string, (id: string) => Promise<unknown>>>;

function check(what: string, table: Table, states: States, operations: Operations): void {
  describe.each(Object.entries(table))(`${what} that is %s`, (state, row) => {
    test.each(Object.keys(operations))('%s', async (operation) => {
      expect(said(await operations[operation]!(await states[state]!()))).toBe(row[operation]);
    });
  });
}

async function openAgreement(): Promise<string> {
  const id = emulator.people.startBillingAgreement();
  await legacy(old, 'confirmBillingAgreement', { AmazonBillingAgreementId: id });
  return id;
}
const changed = (change: (id: string) => unknown) => async () => {
  const id = await openAgreement();
  await change(id);
  return id;
};
const renew = (AmazonBillingAgreementId: string, more = {}): ReturnType<typeof legacy> =>
  legacy(old, 'authorizeOnBillingAgreement', {
    AmazonBillingAgreementId,
    AuthorizationReferenceId: reference(),
    AuthorizationAmount: amount('9.50'),
    TransactionTimeout: 0,
    ...more,
  });
const decline = {
  SellerAuthorizationNote: '{"SandboxSimulation":{"State":"Declined","ReasonCode":"InvalidPaymentMethod"}}',
};
const byAgreement =
  (operation: string, more = {}) =>
  (AmazonBillingAgreementId: string) =>
    legacy(old, operation, { AmazonBillingAgreementId, ...more });

const STATUS = 'InvalidBillingAgreementStatus';
const PERMISSION = 'InvalidChargePermissionStatus';
const endedAgreement = {
  set: 'BillingAgreementNotModifiable',
  confirm: STATUS,
  validate: STATUS,
  authorize: STATUS,
  createOrder: STATUS,
  close: STATUS,
  read: 'ok',
  getPermission: 'ok',
  createCharge: PERMISSION,
  closePermission: PERMISSION,
};
const alive = { ...endedAgreement, confirm: 'ok', validate: 'ok', close: 'ok', closePermission: 'ok' };
check(
  'an agreement',
  {
    Draft: {
      ...alive,
      set: 'ok',
      close: STATUS,
      getPermission: 'ResourceNotFound',
      createCharge: 'ResourceNotFound',
      closePermission: 'ResourceNotFound',
    },
    Open: { ...alive, authorize: 'ok', createOrder: 'ok', createCharge: 'ok' },
    Suspended: alive,
    'Canceled (Stale)': {
      ...endedAgreement,
      getPermission: 'ResourceNotFound',
      createCharge: 'ResourceNotFound',
      closePermission: 'ResourceNotFound',
    },
    'Canceled by Amazon': endedAgreement,
    'Closed by the seller': endedAgreement,
    'Closed by the buyer': endedAgreement,
    'Closed by Amazon': endedAgreement,
  },
  {
    Draft: async () => emulator.people.startBillingAgreement(),
    Open: openAgreement,
    Suspended: changed((id) => renew(id, decline)),
    'Canceled (Stale)': async () => {
      const id = emulator.people.startBillingAgreement();
      await emulator.clock.advance({ hours: 3 });
      return id;
    },
    'Canceled by Amazon': changed((id) => emulator.people.cancelByAmazon(id)),
    'Closed by the seller': changed((id) => byAgreement('closeBillingAgreement')(id)),
    'Closed by the buyer': changed((id) => emulator.people.closeAgreement(id)),
    'Closed by Amazon': changed((id) => emulator.people.closeByAmazon(id)),
  },
  {
    set: byAgreement('setBillingAgreementDetails', { BillingAgreementAttributes: { SellerNote: 'tea' } }),
    confirm: byAgreement('confirmBillingAgreement'),
    validate: byAgreement('validateBillingAgreement'),
    authorize: (id) => renew(id),
    createOrder: (Id) => legacy(old, 'createOrderReferenceForId', { Id, IdType: 'BillingAgreement' }),
    close: byAgreement('closeBillingAgreement'),
    read: byAgreement('getBillingAgreementDetails'),
    getPermission: (id) => refusal(client['getChargePermission']!(id)),
    createCharge: (id) =>
      refusal(client['createCharge']!({ chargePermissionId: id, chargeAmount: usd('1.00') }, key())),
    closePermission: (id) => refusal(client['closeChargePermission']!(id, { closureReason: 'r' })),
  },
);

test('a suspended agreement fails its validation, and says which state it is in', async () => {
  const id = await openAgreement();
  await renew(id, decline);
  expect(await byAgreement('validateBillingAgreement')(id)).toMatchObject({
    ValidationResult: 'Failure',
    FailureReasonCode: 'InvalidPaymentMethod',
    BillingAgreementStatus: { State: 'Suspended' },
  });
});

async function session(change: (id: string) => unknown = () => null): Promise<string> {
  const id = await prepareSession(emulator, client);
  await change(id);
  return id;
}
const complete = (id: string, code?: string): Promise<unknown> =>
  refusal(
    client['completeCheckoutSession']!(
      id,
      { chargeAmount: usd('94.50') },
      code === undefined ? null : { 'x-amz-pay-simulation-code': code },
    ),
  );
const SESSION = 'InvalidCheckoutSessionStatus';
const endedSession = { get: 'ok', update: SESSION, finalize: SESSION, complete: SESSION };
check(
  'a session',
  {
    'Open without a buyer': { get: 'ok', update: 'ok', finalize: SESSION, complete: SESSION },
    'Open, and the buyer has not paid': { get: 'ok', update: 'ok', finalize: 'ok', complete: SESSION },
    'Open, and the buyer has paid': { get: 'ok', update: 'ok', finalize: 'ok', complete: 'ok' },
    Completed: endedSession,
    'Canceled (BuyerCanceled)': { ...endedSession, complete: 'CheckoutSessionCanceled' },
    'Canceled (Declined)': { ...endedSession, complete: 'CheckoutSessionCanceled' },
    'Canceled (AmazonCanceled)': endedSession,
    'Canceled (Expired)': endedSession,
  },
  {
    'Open without a buyer': async () => {
      const body = { storeId: 's', webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' } };
      return (await client['createCheckoutSession']!(body, key())).data.checkoutSessionId;
    },
    'Open, and the buyer has not paid': async () => {
      const body = { storeId: 's', webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' } };
      const id = (await client['createCheckoutSession']!(body, key())).data.checkoutSessionId;
      emulator.people.signIn(id);
      return id;
    },
    'Open, and the buyer has paid': () => session(),
    Completed: () => session(complete),
    'Canceled (BuyerCanceled)': () => session((id) => emulator.people.cancel(id)),
    'Canceled (Declined)': () => session((id) => emulator.people.decline(id)),
    'Canceled (AmazonCanceled)': () => session((id) => complete(id, 'AmazonCanceled')),
    'Canceled (Expired)': () => session(() => emulator.clock.advance({ hours: 24 })),
  },
  {
    get: (id) => refusal(client['getCheckoutSession']!(id)),
    update: (id) => refusal(client['updateCheckoutSession']!(id, { platformId: 'P' })),
    finalize: (id) => refusal(client['finalizeCheckoutSession']!(id, { chargeAmount: usd('94.50') })),
    complete: (id) => complete(id),
  },
);

async function dispute(state?: string): Promise<string> {
  const order = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, order, { CaptureNow: true })).AuthorizationDetails;
  const id = emulator.people.chargeBack(AmazonAuthorizationId.replace('-A', '-C'));
  if (state !== undefined) await client['updateDispute']!(id, { statusDetails: { state } }, {});
  return id;
}
const endedDispute = { get: 'ok', update: 'InvalidChargeStatus', contest: 'InvalidChargeStatus' };
check(
  'a dispute',
  {
    ActionRequired: { get: 'ok', update: 'ok', contest: 'ok' },
    UnderReview: { ...endedDispute, update: 'ok' },
    Resolved: endedDispute,
    Closed: endedDispute,
  },
  {
    ActionRequired: () => dispute(),
    UnderReview: () => dispute('UnderReview'),
    Resolved: () => dispute('Resolved'),
    Closed: () => dispute('Closed'),
  },
  {
    get: (id) => refusal(client['getDispute']!(id)),
    update: (id) => refusal(client['updateDispute']!(id, { statusDetails: { state: 'UnderReview' } }, {})),
    contest: (id) => refusal(client['contestDispute']!(id, { merchantEvidences: [{ evidenceType: 'Text' }] }, key())),
  },
);

async function refund(note = ''): Promise<string> {
  const order = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, order, { CaptureNow: true })).AuthorizationDetails;
  const { RefundDetails } = await legacy(old, 'refund', {
    AmazonCaptureId: AmazonAuthorizationId.replace('-A', '-C'),
    RefundReferenceId: reference(),
    RefundAmount: amount('1.00'),
    SellerRefundNote: note,
  });
  return RefundDetails.AmazonRefundId;
}
const decided = async (note?: string): Promise<string> => {
  const id = await refund(note);
  await emulator.clock.advance({ seconds: 30 });
  return id;
};
const state = async (id: string) => [
  (await legacy(old, 'getRefundDetails', { AmazonRefundId: id })).RefundDetails.RefundStatus.State,
  (await client['getRefund']!(id)).data.statusDetails.state,
];
test.each([
  ['at first', () => refund(), ['Pending', 'RefundInitiated']],
  ['when it has arrived', () => decided(), ['Completed', 'Refunded']],
  [
    'when it was declined',
    () => decided('{"SandboxSimulation":{"State":"Declined","ReasonCode":"AmazonRejected"}}'),
    ['Declined', 'Declined'],
  ],
] as const)('a refund is read in both APIs %s', async (_, make, states) => {
  expect(await state(await make())).toEqual(states);
});

test.each([
  ['Draft', false, 'ok'],
  ['Open', false, 'ok'],
  ['Closed', true, 'OrderReferenceNotModifiable'],
])('SetOrderAttributes of an order that is %s', async (name, isClosed, expected) => {
  const id = name === 'Draft' ? emulator.people.startOrderReference() : await confirmOrder(emulator, old);
  if (isClosed) await legacy(old, 'closeOrderReference', { AmazonOrderReferenceId: id });
  const set = (SellerOrderId: string): ReturnType<typeof action> =>
    action(old, 'SetOrderAttributes', {
      AmazonOrderReferenceId: id,
      'OrderAttributes.SellerOrderAttributes.SellerOrderId': SellerOrderId,
    });
  expect(said(await set('another'))).toBe(expected);
});
