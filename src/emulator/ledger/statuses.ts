/**
 * Every status that an object of the ledger can have, and what each API calls it (facts: states.md section 3). The ledger
 * keeps the finer of the two: legacy tells MaxAmountCharged from AmazonClosed, v2 tells Captured from Canceled.
 */
export interface Named {
  readonly state: string;
  readonly reason?: string;
}

interface Row<Legacy, V2> {
  /** Of the order reference, the billing agreement, the authorization or the refund. */
  readonly legacy: Legacy;
  /** Of the Charge Permission, the Charge or the Refund. Null: v2 has no such state. */
  readonly v2: V2;
}

const row = (legacy: string, v2: string): Row<Named, Named> => ({ legacy: named(legacy), v2: named(v2) });
const legacyOnly = (legacy: string): Row<Named, null> => ({ legacy: named(legacy), v2: null });

function named(text: string): Named {
  const [state = '', reason] = text.split(' ');
  return reason === undefined ? { state } : { state, reason };
}

/** Order references, billing agreements and Charge Permissions. A draft exists in legacy only. */
export const orderStatuses = {
  draft: legacyOnly('Draft'),
  open: row('Open', 'Chargeable'),
  suspended: row('Suspended InvalidPaymentMethod', 'NonChargeable PaymentMethodInvalid'),
  sellerCanceled: row('Canceled SellerCanceled', 'Closed MerchantCanceled'),
  stale: legacyOnly('Canceled Stale'),
  amazonCanceled: row('Canceled AmazonCanceled', 'Closed AmazonCanceled'),
  expired: row('Closed Expired', 'Closed Expired'),
  maxAmountCharged: row('Closed MaxAmountCharged', 'Closed AmazonClosed'),
  maxAuthorizationsProcessed: row('Closed MaxAuthorizationsProcessed', 'Closed AmazonClosed'),
  maxAuthorizationsCaptured: row('Closed MaxAuthorizationsCaptured', 'Closed AmazonClosed'),
  amazonClosed: row('Closed AmazonClosed', 'Closed AmazonClosed'),
  sellerClosed: row('Closed SellerClosed', 'Closed MerchantClosed'),
  buyerClosed: row('Closed BuyerClosed', 'Closed BuyerClosed'),
} as const satisfies Record<string, Row<Named, Named | null>>;
export type OrderStatus = keyof typeof orderStatuses;

/** A charge is the authorization and the capture of legacy in one. */
export const chargeStatuses = {
  pending: row('Pending', 'AuthorizationInitiated'),
  authorized: row('Open', 'Authorized'),
  capturePending: row('Closed MaxCapturesProcessed', 'CaptureInitiated'),
  captured: row('Closed MaxCapturesProcessed', 'Captured'),
  captureClosed: row('Closed MaxCapturesProcessed', 'Captured'),
  captureRejected: row('Closed MaxCapturesProcessed', 'Declined AmazonRejected'),
  captureFailed: row('Closed MaxCapturesProcessed', 'Declined ProcessingFailure'),
  softDeclined: row('Declined InvalidPaymentMethod', 'Declined SoftDeclined'),
  hardDeclined: row('Declined InvalidPaymentMethod', 'Declined HardDeclined'),
  amazonRejected: row('Declined AmazonRejected', 'Declined AmazonRejected'),
  processingFailure: row('Declined ProcessingFailure', 'Declined ProcessingFailure'),
  timedOut: row('Declined TransactionTimedOut', 'Declined TransactionTimedOut'),
  expiredUnused: row('Closed ExpiredUnused', 'Canceled ExpiredUnused'),
  sellerClosed: row('Closed SellerClosed', 'Canceled MerchantCanceled'),
  amazonClosed: row('Closed AmazonClosed', 'Canceled AmazonCanceled'),
  orderCanceled: row('Closed OrderReferenceCanceled', 'Canceled ChargePermissionCanceled'),
} as const satisfies Record<string, Row<Named, Named>>;
export type ChargeStatus = keyof typeof chargeStatuses;

/** The capture of legacy, which a charge has once money was asked for. */
export const captureStatuses: Readonly<Partial<Record<ChargeStatus, Named>>> = {
  capturePending: { state: 'Pending' },
  captured: { state: 'Completed' },
  captureClosed: { state: 'Closed', reason: 'AmazonClosed' },
  captureRejected: { state: 'Declined', reason: 'AmazonRejected' },
  captureFailed: { state: 'Declined', reason: 'ProcessingFailure' },
};

export const refundStatuses = {
  pending: row('Pending', 'RefundInitiated'),
  refunded: row('Completed', 'Refunded'),
  rejected: row('Declined AmazonRejected', 'Declined AmazonRejected'),
  failed: row('Declined ProcessingFailure', 'Declined ProcessingFailure'),
} as const satisfies Record<string, Row<Named, Named>>;
export type RefundStatus = keyof typeof refundStatuses;

/** Sessions exist in v2 only (facts: states.md section 2). */
export const sessionStatuses = {
  open: { state: 'Open' },
  completed: { state: 'Completed' },
  buyerCanceled: { state: 'Canceled', reason: 'BuyerCanceled' },
  expired: { state: 'Canceled', reason: 'Expired' },
  amazonCanceled: { state: 'Canceled', reason: 'AmazonCanceled' },
  declined: { state: 'Canceled', reason: 'Declined' },
} as const satisfies Record<string, Named>;
export type SessionStatus = keyof typeof sessionStatuses;

/** facts: captures.md section 2.6. Reason and resolution stand with each dispute. */
export const disputeStatuses = {
  actionRequired: 'ActionRequired',
  underReview: 'UnderReview',
  resolved: 'Resolved',
  closed: 'Closed',
} as const;
export type DisputeStatus = keyof typeof disputeStatuses;

/** Legacy only. Of these states no more than two were ever seen (facts: states.md section 1). */
export const providerCreditStatuses = {
  opened: { state: 'Opened' },
  maxAmountReversed: { state: 'Closed', reason: 'MaxAmountReversed' },
} as const satisfies Record<string, Named>;
export type ProviderCreditStatus = keyof typeof providerCreditStatuses;

export const providerCreditReversalStatuses = {
  completed: { state: 'Completed' },
} as const satisfies Record<string, Named>;
export type ProviderCreditReversalStatus = keyof typeof providerCreditReversalStatuses;
