import { valueTables } from '../../../src/catalog';
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
  ['NonChargeable', 'PaymentMethodDeleted', 'Suspended InvalidPaymentMethod', 'Suspended InvalidPaymentMethod'],
  ['NonChargeable', 'PaymentMethodExpired', 'Suspended InvalidPaymentMethod', 'Suspended InvalidPaymentMethod'],
  ['NonChargeable', 'PaymentMethodNotAllowed', 'Suspended InvalidPaymentMethod', 'Suspended InvalidPaymentMethod'],
  ['NonChargeable', 'BillingAddressDeleted', 'Suspended InvalidPaymentMethod', 'Suspended InvalidPaymentMethod'],
  // No legacy source: the payment method may be good, so no reason is made up.
  ['NonChargeable', 'PaymentMethodNotSet', 'Suspended', 'Suspended'],
  ['NonChargeable', 'MFAFailed', 'Suspended', 'Suspended'],
  ['NonChargeable', null, 'Suspended', 'Suspended'],
  ['NonChargeable', 'SomethingNew', 'Suspended SomethingNew', 'Suspended SomethingNew'],
  ['Closed', 'MerchantCanceled', 'Canceled SellerCanceled', 'Closed SellerClosed'],
  ['Closed', 'MerchantClosed', 'Closed SellerClosed', 'Closed SellerClosed'],
  ['Closed', 'AmazonCanceled', 'Canceled AmazonCanceled', 'Canceled AmazonCanceled'],
  ['Closed', 'AmazonClosed', 'Closed AmazonClosed', 'Closed AmazonClosed'],
  ['Closed', 'Expired', 'Closed Expired', 'Closed Expired'],
  ['Closed', 'BuyerCanceled', 'Canceled', 'Closed BuyerClosed'],
  ['Closed', 'BuyerClosed', 'Closed', 'Closed BuyerClosed'],
  ['Closed', null, 'Closed', 'Closed'],
  ['Closed', 'SomethingNew', 'Closed SomethingNew', 'Closed SomethingNew'],
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

test.each<[readonly string[], string]>([
  [['ChargeInProgress', 'PaymentMethodInvalid'], 'Suspended InvalidPaymentMethod'],
  [['MFAFailed', 'PaymentMethodExpired'], 'Suspended InvalidPaymentMethod'],
  [['ChargeInProgress', 'MFAFailed'], 'Suspended'],
])('a Charge Permission that is NonChargeable for %j', (codes, expected) => {
  const reasons = codes.map((reasonCode) => ({ reasonCode }));
  const status = toLegacyStatus('CHARGE_PERMISSION', {
    chargePermissionId: 'S01-1234567-1234567',
    statusDetails: { state: 'NonChargeable', reasons },
  });
  expect('status' in status && short(status.status)).toBe(expected);
});

/** Every pair of a legacy state and reason that facts/states.md section 3 maps to one of v2, there and back. */
test.each<[object: 'OrderReference' | 'BillingAgreement', legacy: string, state: string, reasonCode: string]>([
  ['OrderReference', 'Suspended InvalidPaymentMethod', 'NonChargeable', 'PaymentMethodInvalid'],
  ['OrderReference', 'Canceled SellerCanceled', 'Closed', 'MerchantCanceled'],
  ['OrderReference', 'Canceled AmazonCanceled', 'Closed', 'AmazonCanceled'],
  ['OrderReference', 'Closed SellerClosed', 'Closed', 'MerchantClosed'],
  ['OrderReference', 'Closed AmazonClosed', 'Closed', 'AmazonClosed'],
  ['OrderReference', 'Closed Expired', 'Closed', 'Expired'],
  ['BillingAgreement', 'Suspended InvalidPaymentMethod', 'NonChargeable', 'BillingAddressDeleted'],
  ['BillingAgreement', 'Canceled AmazonCanceled', 'Closed', 'AmazonCanceled'],
  ['BillingAgreement', 'Closed SellerClosed', 'Closed', 'MerchantClosed'],
  ['BillingAgreement', 'Closed BuyerClosed', 'Closed', 'BuyerClosed'],
  ['BillingAgreement', 'Closed AmazonClosed', 'Closed', 'AmazonClosed'],
])('%s %s was %s %s', (object, legacy, state, reasonCode) => {
  const kind = object === 'OrderReference' ? 'orderReference' : 'billingAgreement';
  const [legacyState = '', legacyReason = ''] = legacy.split(' ');
  expect(valueTables[`${kind}State`]?.values[legacyState]?.anyOf).toContain(state);
  expect(valueTables[`${kind}Reason`]?.values).toHaveProperty(legacyReason);
  const chargePermissionId = object === 'OrderReference' ? 'P01-1234567-1234567' : 'B01-1234567-1234567';
  const status = toLegacyStatus('CHARGE_PERMISSION', {
    chargePermissionId,
    statusDetails: { state, reasons: [{ reasonCode }] },
  });
  expect(status).toMatchObject({ object: kind, status: { State: legacyState, ReasonCode: legacyReason } });
});

/** What the catalog says a legacy value becomes must come back as that value. */
test.each(['authorization', 'capture', 'refund'] as const)('states and reasons of a %s, there and back', (kind) => {
  const back = (state: string, reasonCode: string | null): { State: string; ReasonCode?: string } | null => {
    const own = kind === 'capture' ? captured : {};
    const object = { statusDetails: { state, reasonCode }, ...own };
    const status = toLegacyStatus(kind === 'refund' ? 'REFUND' : 'CHARGE', object);
    if (status.object === 'refund') return status.refund;
    return status.object !== 'charge' ? null : kind === 'capture' ? status.capture : status.authorization;
  };
  // Closed of a capture: one that was refunded whole.
  const states = Object.entries(valueTables[`${kind}State`]?.values ?? {}).filter(
    ([legacy]) => !(kind === 'capture' && legacy === 'Closed'),
  );
  for (const [legacy, { anyOf }] of states)
    for (const state of anyOf) expect(back(state, null)).toHaveProperty('State', legacy);
  for (const [legacy, { field, anyOf }] of Object.entries(valueTables[`${kind}Reason`]?.values ?? {}))
    for (const value of anyOf) {
      const isCanceled = /Canceled$|ExpiredUnused/.test(value);
      const status = field === 'state' ? back(value, null) : back(isCanceled ? 'Canceled' : 'Declined', value);
      expect(status).toHaveProperty('ReasonCode', legacy);
    }
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
