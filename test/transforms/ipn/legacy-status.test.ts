import { toLegacyStatus, UnknownStateError } from '../../../transforms/ipn/legacy-status';

/** Facts: states.md section 3, read backwards, line by line. */
const short = (status: { State: string; ReasonCode?: string; SoftDecline?: string } | null): string =>
  status === null ? '-' : [status.State, status.ReasonCode, status.SoftDecline].filter(Boolean).join(' ');

const price = (amount: string): object => ({ amount, currencyCode: 'USD' });
const charge = (state: string, reasonCode: string | null, own: object = {}): string => {
  const status = toLegacyStatus('CHARGE', { statusDetails: { state, reasonCode }, ...own });
  return status.object === 'charge' ? `${short(status.authorization)} | ${short(status.capture)}` : status.object;
};
const captured = { captureAmount: price('10.00'), refundedAmount: price('0.00') };

test.each<[string, string | null, object, string]>([
  ['AuthorizationInitiated', null, {}, 'Pending | -'],
  ['Authorized', null, {}, 'Open | -'],
  ['Declined', 'SoftDeclined', {}, 'Declined InvalidPaymentMethod true | -'],
  ['Declined', 'HardDeclined', {}, 'Declined InvalidPaymentMethod false | -'],
  ['Declined', 'AmazonRejected', {}, 'Declined AmazonRejected false | -'],
  ['Declined', 'ProcessingFailure', {}, 'Declined ProcessingFailure false | -'],
  ['Declined', 'TransactionTimedOut', {}, 'Declined TransactionTimedOut false | -'],
  ['Canceled', 'ExpiredUnused', {}, 'Closed ExpiredUnused | -'],
  ['Canceled', 'MerchantCanceled', {}, 'Closed SellerClosed | -'],
  ['Canceled', 'AmazonCanceled', {}, 'Closed AmazonClosed | -'],
  ['Canceled', 'ChargePermissionCanceled', {}, 'Closed OrderReferenceCanceled | -'],
  // No legacy source: no reason is made up.
  ['Canceled', 'BuyerCanceled', {}, 'Closed | -'],
  ['CaptureInitiated', null, captured, 'Closed MaxCapturesProcessed | Pending'],
  ['Captured', null, captured, 'Closed MaxCapturesProcessed | Completed'],
  ['Captured', null, { ...captured, refundedAmount: price('9.99') }, 'Closed MaxCapturesProcessed | Completed'],
  [
    'Captured',
    null,
    { ...captured, refundedAmount: price('10.00') },
    'Closed MaxCapturesProcessed | Closed MaxAmountRefunded',
  ],
])('a charge %s %s %j', (state, reason, own, expected) => {
  expect(charge(state, reason, own)).toBe(expected);
});

test.each([
  ['RefundInitiated', null, 'Pending'],
  ['Refunded', null, 'Completed'],
  ['Declined', 'AmazonRejected', 'Declined AmazonRejected'],
  ['Declined', 'ProcessingFailure', 'Declined ProcessingFailure'],
])('a refund %s %s', (state, reasonCode, expected) => {
  const status = toLegacyStatus('REFUND', { statusDetails: { state, reasonCode } });
  expect(status.object === 'refund' && short(status.refund)).toBe(expected);
});

test.each<[string, string | null, string, string]>([
  ['Chargeable', null, 'Open', 'Open'],
  ['NonChargeable', 'ChargeInProgress', 'Open', 'Open'],
  ['NonChargeable', 'PaymentMethodInvalid', 'Suspended InvalidPaymentMethod', 'Suspended InvalidPaymentMethod'],
  ['NonChargeable', 'BillingAddressDeleted', 'Suspended InvalidPaymentMethod', 'Suspended InvalidPaymentMethod'],
  ['Closed', 'MerchantCanceled', 'Canceled SellerCanceled', 'Closed SellerClosed'],
  ['Closed', 'MerchantClosed', 'Closed SellerClosed', 'Closed SellerClosed'],
  ['Closed', 'AmazonCanceled', 'Canceled AmazonCanceled', 'Canceled AmazonCanceled'],
  ['Closed', 'AmazonClosed', 'Closed AmazonClosed', 'Closed AmazonClosed'],
  ['Closed', 'Expired', 'Closed Expired', 'Closed Expired'],
  ['Closed', 'BuyerCanceled', 'Canceled', 'Closed BuyerClosed'],
  ['Closed', 'BuyerClosed', 'Closed', 'Closed BuyerClosed'],
])('a Charge Permission %s %s', (state, reasonCode, order, agreement) => {
  // reasons is null, not [], while there is none (facts: captures.md section 2.3).
  const reasons = reasonCode === null ? null : [{ reasonCode, reasonDescription: '' }];
  const read = (chargePermissionId: string): string => {
    const status = toLegacyStatus('CHARGE_PERMISSION', { chargePermissionId, statusDetails: { state, reasons } });
    return 'status' in status ? short(status.status) : status.object;
  };
  expect([read('S01-1234567-1234567'), read('B01-1234567-1234567'), read('C01-1234567-1234567')]).toEqual([
    order,
    agreement,
    agreement,
  ]);
});

test('what v2 does not have is absent', () => {
  const status = toLegacyStatus('CHARGE', { statusDetails: { state: 'Captured' }, ...captured });
  for (const name of [
    'AuthorizationReferenceId',
    'CaptureReferenceId',
    'RefundReferenceId',
    'AuthorizationFee',
    'CaptureFee',
    'FeeRefunded',
    'RefundType',
  ])
    expect(status).not.toHaveProperty(name);
});

test.each(['CHARGE', 'REFUND', 'CHARGE_PERMISSION'] as const)(
  'a state of a %s that is not known is not guessed',
  (type) => {
    for (const state of ['Completed', 'constructor', '']) {
      const object = { chargePermissionId: 'S01-1234567-1234567', statusDetails: { state, reasons: null } };
      expect(() => toLegacyStatus(type, object)).toThrow(UnknownStateError);
    }
  },
);
