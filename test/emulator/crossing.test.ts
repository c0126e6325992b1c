import { startEmulator, type Emulator } from '../../src/emulator';
import {
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

/** One set of orders: what one API began, the other goes on with (facts: managing-v1-objects.md). */
let emulator: Emulator;
let old: LegacyClient;
let client: V2Client;

beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  old = createLegacyClient(emulator);
  client = createV2Client(emulator);
});
afterEach(() => emulator.close());

test('authorized by legacy, captured and refunded by v2', async () => {
  const id = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, id)).AuthorizationDetails;
  const chargeId = AmazonAuthorizationId.replace('-A', '-C') as string;
  const before = await client['getCharge']!(chargeId);
  expect(before.data).toMatchObject({
    chargePermissionId: id,
    statusDetails: { state: 'Authorized' },
    captureAmount: null,
  });
  expect((await client['getChargePermission']!(id)).data).toMatchObject({
    chargePermissionType: 'OneTime',
    merchantMetadata: { merchantReferenceId: 'order-1', merchantStoreName: 'Tea & Cups', noteToBuyer: 'no sugar' },
    statusDetails: { state: 'NonChargeable', reasons: [{ reasonCode: 'ChargeInProgress' }] },
  });
  await client['captureCharge']!(chargeId, { captureAmount: usd('94.50') }, key());
  const refund = await client['createRefund']!({ chargeId, refundAmount: usd('4.50') }, key());
  await emulator.clock.advance({ seconds: 30 });
  const { CaptureDetails } = await legacy(old, 'getCaptureDetails', { AmazonCaptureId: chargeId });
  expect(CaptureDetails).toMatchObject({ CaptureStatus: { State: 'Completed' }, RefundedAmount: { Amount: '4.50' } });
  const { RefundDetails } = await legacy(old, 'getRefundDetails', { AmazonRefundId: refund.data.refundId });
  expect(RefundDetails.RefundStatus.State).toBe('Completed');
  expect(emulator.order(id)).toMatchObject({ legacy: 'Closed (MaxAmountCharged)', v2: 'Closed (AmazonClosed)' });
});

test('begun by v2, captured and refunded by legacy', async () => {
  const session = await prepareSession(emulator, client);
  const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  const AmazonAuthorizationId = data.chargeId.replace('-C', '-A');
  const { AuthorizationDetails } = await legacy(old, 'getAuthorizationDetails', { AmazonAuthorizationId });
  expect(AuthorizationDetails.AuthorizationStatus.State).toBe('Open');
  const order = await legacy(old, 'getOrderReferenceDetails', { AmazonOrderReferenceId: data.chargePermissionId });
  expect(order.OrderReferenceDetails).toMatchObject({
    OrderReferenceStatus: { State: 'Open' },
    IdList: { member: AmazonAuthorizationId },
  });
  await legacy(old, 'capture', {
    AmazonAuthorizationId,
    CaptureReferenceId: reference(),
    CaptureAmount: amount('94.50'),
  });
  await legacy(old, 'refund', {
    AmazonCaptureId: data.chargeId,
    RefundReferenceId: reference(),
    RefundAmount: amount('94.50'),
  });
  const { data: charge } = await client['getCharge']!(data.chargeId);
  expect(charge).toMatchObject({ statusDetails: { state: 'Captured' }, refundedAmount: usd('94.50') });
});

test('an agreement of legacy is charged and closed by v2', async () => {
  const agreement = emulator.people.startBillingAgreement();
  await legacy(old, 'confirmBillingAgreement', { AmazonBillingAgreementId: agreement });
  const charge = await client['createCharge']!(
    { chargePermissionId: agreement, chargeAmount: usd('9.50'), captureNow: true },
    key(),
  );
  expect(charge.data).toMatchObject({ chargePermissionId: agreement, statusDetails: { state: 'Captured' } });
  await client['closeChargePermission']!(agreement, { closureReason: 'enough tea' });
  const { BillingAgreementDetails } = await legacy(old, 'getBillingAgreementDetails', {
    AmazonBillingAgreementId: agreement,
  });
  expect(BillingAgreementDetails.BillingAgreementStatus).toMatchObject({ State: 'Closed', ReasonCode: 'SellerClosed' });
});

test('cancelPendingCharges is what CancelOrderReference was', async () => {
  const [byLegacy, byV2] = [await confirmOrder(emulator, old), await confirmOrder(emulator, old)];
  await authorize(old, byLegacy);
  await authorize(old, byV2);
  await legacy(old, 'cancelOrderReference', { AmazonOrderReferenceId: byLegacy });
  await client['closeChargePermission']!(byV2, { closureReason: 'no', cancelPendingCharges: true });
  const [one, two] = [emulator.order(byLegacy), emulator.order(byV2)];
  expect(one).toMatchObject({ legacy: 'Canceled (SellerCanceled)', v2: 'Closed (MerchantCanceled)' });
  expect(two).toMatchObject({ legacy: one?.legacy, v2: one?.v2 });
  for (const order of [one, two])
    expect(order?.charges).toMatchObject([
      { legacyAuthorization: 'Closed (OrderReferenceCanceled)', v2: 'Canceled (ChargePermissionCanceled)' },
    ]);
});

test('closing keeps authorizations that are open, in both', async () => {
  const id = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, id)).AuthorizationDetails;
  await client['closeChargePermission']!(id, { closureReason: 'shipped', cancelPendingCharges: false });
  const chargeId = AmazonAuthorizationId.replace('-A', '-C');
  const captured = await client['captureCharge']!(chargeId, { captureAmount: usd('94.50') }, key());
  expect(captured.data.statusDetails.state).toBe('Captured');
  expect(emulator.order(id)?.v2).toBe('Closed (MerchantClosed)');
});

test('a draft is nothing to v2, and what v2 may not exceed legacy may by a little', async () => {
  const draft = emulator.people.startOrderReference();
  expect(await refusal(client['getChargePermission']!(draft))).toBe('404 ResourceNotFound');
  const id = await confirmOrder(emulator, old, '100.00');
  const body = { chargePermissionId: id, chargeAmount: usd('100.01') };
  expect(await refusal(client['createCharge']!(body, key()))).toBe('400 TransactionAmountExceeded');
  const { AuthorizationDetails } = await authorize(old, id, { AuthorizationAmount: amount('100.01') });
  expect(AuthorizationDetails.AuthorizationStatus.State).toBe('Open');
});

test('a decline of the one is a decline of the other', async () => {
  const id = await confirmOrder(emulator, old);
  const headers = key({ 'x-amz-pay-simulation-code': 'HardDeclined' });
  expect(await refusal(client['createCharge']!({ chargePermissionId: id, chargeAmount: usd('94.50') }, headers))).toBe(
    '422 HardDeclined',
  );
  expect(await authorize(old, id)).toBe('InvalidOrderReferenceStatus');
  expect(emulator.order(id)).toMatchObject({
    legacy: 'Suspended (InvalidPaymentMethod)',
    v2: 'NonChargeable (PaymentMethodInvalid)',
    charges: [{ legacyAuthorization: 'Declined (InvalidPaymentMethod)', v2: 'Declined (HardDeclined)' }],
  });
});
