import type { ValueMapping, ValueTable } from './types';

/** Legacy states and reasons, and what each is in v2 (facts: states.md section 3). */
type Row = [
  field: ValueMapping['field'],
  anyOf: readonly string[],
  precision?: ValueMapping['precision'],
  because?: string,
  onlyWith?: string,
];

function table(name: string, field: ValueTable['field'], rows: Record<string, Row>): ValueTable {
  const values = Object.entries(rows).map(
    ([legacy, [field, anyOf, precision = 'exact', because, onlyWith]]): [string, ValueMapping] => [
      legacy,
      {
        field,
        anyOf,
        precision,
        confidence: 'likely',
        ...(because === undefined ? {} : { because }),
        ...(onlyWith === undefined ? {} : { onlyWith }),
      },
    ],
  );
  return { name, field, values: Object.fromEntries(values) };
}

const ATYPICAL: Row = ['reasonCode', [], 'none', 'StopShipmentAtypicalAuth has no v2 counterpart.'];
const PERMISSION_REASON = 'Reasons of a Charge Permission are a list: statusDetails.reasons[].reasonCode.';
const FULLY_REFUNDED =
  'A fully refunded capture is Closed in legacy and Captured in v2; refundedAmount tells how much went back.';

const tables: readonly ValueTable[] = [
  table('authorizationState', 'state', {
    Pending: ['state', ['AuthorizationInitiated']],
    Open: ['state', ['Authorized']],
    Declined: ['state', ['Declined']],
    // Closed is success after a capture, and the end of an unused authorization: v2 tells them apart.
    Closed: [
      'state',
      ['Captured', 'CaptureInitiated', 'Canceled'],
      'wider',
      'A captured authorization and one that expired or was closed are both Closed in legacy; v2 says Captured for the first and Canceled for the others.',
    ],
  }),
  table('authorizationReason', 'reasonCode', {
    InvalidPaymentMethod: ['reasonCode', ['SoftDeclined', 'HardDeclined']],
    AmazonRejected: ['reasonCode', ['AmazonRejected']],
    ProcessingFailure: ['reasonCode', ['ProcessingFailure']],
    TransactionTimedOut: ['reasonCode', ['TransactionTimedOut']],
    MaxCapturesProcessed: ['state', ['Captured', 'CaptureInitiated']],
    ExpiredUnused: ['reasonCode', ['ExpiredUnused']],
    SellerClosed: ['reasonCode', ['MerchantCanceled']],
    AmazonClosed: ['reasonCode', ['AmazonCanceled']],
    OrderReferenceCanceled: ['reasonCode', ['ChargePermissionCanceled']],
    StopShipmentAtypicalAuth: ATYPICAL,
  }),
  table('captureState', 'state', {
    Pending: ['state', ['CaptureInitiated']],
    Completed: ['state', ['Captured'], 'wider', FULLY_REFUNDED],
    // Every capture that is paid is Captured: what a shop does after a full refund would be done to all of them.
    Closed: ['state', ['Captured'], 'wider', FULLY_REFUNDED, 'Completed'],
    Declined: ['state', ['Declined']],
  }),
  table('captureReason', 'reasonCode', {
    AmazonRejected: ['reasonCode', ['AmazonRejected']],
    ProcessingFailure: ['reasonCode', ['ProcessingFailure']],
    MaxAmountRefunded: [
      'reasonCode',
      [],
      'none',
      'Compare refundedAmount with captureAmount; another refund fails with TransactionAmountExceeded.',
    ],
    MaxRefundsProcessed: ['reasonCode', [], 'none', 'Another refund fails with TransactionCountExceeded.'],
    AmazonClosed: ['reasonCode', [], 'none', 'A captured charge stays Captured in v2.'],
    StopShipmentAtypicalAuth: ATYPICAL,
  }),
  table('refundState', 'state', {
    Pending: ['state', ['RefundInitiated']],
    Completed: ['state', ['Refunded']],
    Declined: ['state', ['Declined']],
  }),
  table('refundReason', 'reasonCode', {
    AmazonRejected: ['reasonCode', ['AmazonRejected']],
    ProcessingFailure: ['reasonCode', ['ProcessingFailure']],
  }),
  table('orderReferenceState', 'state', {
    Draft: ['state', [], 'none', 'A draft is a Checkout Session in state Open.'],
    Open: [
      'state',
      ['Chargeable'],
      'wider',
      'While an authorization of the full amount is open, the Charge Permission is NonChargeable with reason ChargeInProgress.',
    ],
    Suspended: [
      'state',
      ['NonChargeable'],
      'wider',
      'NonChargeable also covers ChargeInProgress, which is no problem of the payment method.',
    ],
    Canceled: [
      'state',
      ['Closed'],
      'wider',
      'Canceled and Closed are both Closed in v2; statusDetails.reasons tells MerchantCanceled from MerchantClosed.',
      'Closed',
    ],
    Closed: [
      'state',
      ['Closed'],
      'wider',
      'Canceled and Closed are both Closed in v2; statusDetails.reasons tells them apart.',
    ],
  }),
  table('orderReferenceReason', 'reasons', {
    InvalidPaymentMethod: ['reasonCode', [], 'none', PERMISSION_REASON],
    SellerCanceled: ['reasonCode', [], 'none', PERMISSION_REASON],
    SellerClosed: ['reasonCode', [], 'none', PERMISSION_REASON],
    AmazonClosed: ['reasonCode', [], 'none', PERMISSION_REASON],
    AmazonCanceled: ['reasonCode', [], 'none', PERMISSION_REASON],
    Stale: ['reasonCode', [], 'none', 'An unconfirmed session is Canceled with reason Expired.'],
    Expired: ['reasonCode', [], 'none', PERMISSION_REASON],
    MaxAmountCharged: ['reasonCode', [], 'none', PERMISSION_REASON],
    MaxAuthorizationsProcessed: ['reasonCode', [], 'none', PERMISSION_REASON],
    MaxAuthorizationsCaptured: ['reasonCode', [], 'none', PERMISSION_REASON],
  }),
  table('billingAgreementState', 'state', {
    Draft: ['state', [], 'none', 'A draft is a Checkout Session in state Open.'],
    Open: ['state', ['Chargeable'], 'wider', 'NonChargeable with reason ChargeInProgress is an open agreement too.'],
    Suspended: ['state', ['NonChargeable'], 'wider', 'NonChargeable also covers ChargeInProgress.'],
    Canceled: [
      'state',
      ['Closed'],
      'wider',
      'Canceled and Closed are both Closed in v2; statusDetails.reasons tells them apart.',
      'Closed',
    ],
    Closed: [
      'state',
      ['Closed'],
      'wider',
      'Canceled and Closed are both Closed in v2; statusDetails.reasons tells BuyerClosed from MerchantClosed.',
    ],
  }),
  table('billingAgreementReason', 'reasons', {
    InvalidPaymentMethod: ['reasonCode', [], 'none', PERMISSION_REASON],
    SellerClosed: ['reasonCode', [], 'none', PERMISSION_REASON],
    BuyerClosed: ['reasonCode', [], 'none', PERMISSION_REASON],
    AmazonClosed: ['reasonCode', [], 'none', PERMISSION_REASON],
    AmazonCanceled: ['reasonCode', [], 'none', PERMISSION_REASON],
    Stale: ['reasonCode', [], 'none', 'An unconfirmed session is Canceled with reason Expired.'],
  }),
  table('draftState', 'state', {
    Draft: ['state', ['Open']],
    Open: ['state', ['Completed']],
    Canceled: ['state', ['Canceled']],
    Suspended: [
      'state',
      [],
      'none',
      'A Checkout Session is Open, Completed or Canceled; Suspended is a Charge Permission that is NonChargeable.',
    ],
    Closed: [
      'state',
      [],
      'none',
      'A Checkout Session is Open, Completed or Canceled; Closed is a state of the Charge Permission.',
    ],
  }),
  table('draftReason', 'reasonCode', {
    Stale: ['reasonCode', ['Expired']],
    AmazonCanceled: ['reasonCode', ['AmazonCanceled']],
    SellerCanceled: [
      'reasonCode',
      [],
      'none',
      'The merchant cannot cancel a Checkout Session; it expires after 24 hours.',
    ],
  }),
  // The old client hands booleans over as text.
  table('softDecline', 'reasonCode', {
    true: ['reasonCode', ['SoftDeclined']],
    false: ['reasonCode', ['HardDeclined']],
  }),
];

/** Tables of legacy values by name: `authorizationState`, `captureReason`, … */
export const valueTables: Readonly<Record<string, ValueTable>> = Object.fromEntries(
  tables.map((row) => [row.name, row]),
);
