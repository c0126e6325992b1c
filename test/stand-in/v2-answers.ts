import type { Answer, Reply } from './stand-in';
import { BILLING_AGREEMENT_ID, CAPTURE_ID, CHECKOUT_SESSION_ID, ORDER_REFERENCE_ID, REFUND_ID } from './ids';

/** Answers of Checkout v2 with the keys that were recorded (facts: captures.md, section 2): unset values are null. */
const NOW = '20231012T082501Z';
const status = (state: string, reasonCode: string | null = null): Record<string, unknown> => ({
  state,
  reasonCode,
  reasonDescription: null,
  lastUpdatedTimestamp: NOW,
});
const usd = (amount: string): { amount: string; currencyCode: string } => ({ amount, currencyCode: 'USD' });
const NO_METADATA = { merchantReferenceId: null, merchantStoreName: null, noteToBuyer: null, customInformation: null };

export type ChargeState =
  'AuthorizationInitiated' | 'Authorized' | 'CaptureInitiated' | 'Captured' | 'Canceled' | 'Declined';

export function charge(state: ChargeState, overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const captured = state === 'Captured';
  return {
    chargeId: CAPTURE_ID,
    chargeAmount: usd('94.50'),
    chargePermissionId: ORDER_REFERENCE_ID,
    captureAmount: captured ? usd('94.50') : null,
    refundedAmount: captured ? usd('0.00') : null,
    softDescriptor: captured ? 'AMZ*Teapots' : null,
    providerMetadata: { providerReferenceId: null },
    convertedAmount: null,
    conversionRate: null,
    channel: null,
    chargeInitiator: null,
    statusDetails: status(state),
    creationTimestamp: NOW,
    expirationTimestamp: '20231111T082501Z',
    releaseEnvironment: 'Sandbox',
    merchantMetadata: NO_METADATA,
    platformId: null,
    webCheckoutDetails: null,
    ...overrides,
  };
}

export function refund(
  state: 'RefundInitiated' | 'Refunded' | 'Declined',
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    refundId: REFUND_ID,
    chargeId: CAPTURE_ID,
    creationTimestamp: NOW,
    refundAmount: usd('94.50'),
    statusDetails: status(state),
    softDescriptor: 'AMZ*Teapots',
    releaseEnvironment: 'Sandbox',
    ...overrides,
  };
}

export type ChargePermissionState = 'Chargeable' | 'NonChargeable' | 'Closed';

/** `reasons` is null, not an empty list, when there is none. */
export function chargePermission(
  state: ChargePermissionState,
  reasons: readonly { reasonCode: string; reasonDescription: string }[] | null = null,
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    chargePermissionId: ORDER_REFERENCE_ID,
    chargePermissionReferenceId: null,
    platformId: null,
    buyer: {
      buyerId: 'amzn1.account.TEST',
      name: 'Test Buyer',
      email: 'buyer@example.com',
      phoneNumber: null,
      primeMembershipTypes: null,
    },
    shippingAddress: null,
    billingAddress: null,
    paymentPreferences: [{ paymentDescriptor: null }],
    statusDetails: { state, reasons, lastUpdatedTimestamp: NOW },
    creationTimestamp: NOW,
    expirationTimestamp: '20240409T082501Z',
    merchantMetadata: { ...NO_METADATA, merchantReferenceId: 'order-1' },
    releaseEnvironment: 'Sandbox',
    limits: { amountLimit: usd('94.50'), amountBalance: usd('94.50') },
    chargePermissionType: 'OneTime',
    recurringMetadata: { frequency: null, amount: null },
    presentmentCurrency: 'USD',
    ...overrides,
  };
}

/** A completed session answers null for everything but these five. */
export function completedCheckoutSession(): Record<string, unknown> {
  return {
    checkoutSessionId: CHECKOUT_SESSION_ID,
    webCheckoutDetails: null,
    productType: null,
    paymentDetails: null,
    buyer: null,
    shippingAddress: null,
    constraints: null,
    statusDetails: status('Completed'),
    chargePermissionId: ORDER_REFERENCE_ID,
    chargeId: CAPTURE_ID,
    creationTimestamp: NOW,
    expirationTimestamp: null,
    storeId: null,
    releaseEnvironment: null,
  };
}

/** Every recorded error body has exactly these two keys. */
export function v2Error(httpStatus: number, reasonCode: string, message = `${reasonCode} in a test`): Reply {
  return { status: httpStatus, json: { reasonCode, message }, headers: { 'x-amz-pay-request-id': 'test-request-id' } };
}

export const createdCharges = {
  authorized: { status: 201, json: charge('Authorized') },
  captured: { status: 201, json: charge('Captured') },
  pending: { status: 201, json: charge('AuthorizationInitiated') },
  softDeclined: v2Error(422, 'SoftDeclined'),
  hardDeclined: v2Error(422, 'HardDeclined'),
  amazonRejected: v2Error(422, 'AmazonRejected'),
  timedOut: v2Error(422, 'TransactionTimedOut'),
  processingFailure: v2Error(500, 'ProcessingFailure'),
} as const satisfies Record<string, Reply>;

export const throttled: Reply = v2Error(429, 'TooManyRequests');

const agreement = chargePermission('Chargeable', null, {
  chargePermissionId: BILLING_AGREEMENT_ID,
  chargePermissionType: 'Recurring',
  expirationTimestamp: null,
});

const answer = (method: string, path: string, reply: Reply): Answer => ({
  when: { method, path: `^(/live|/sandbox)?/v2/${path}$` },
  replies: [reply],
});
const ok = (json: unknown): Reply => ({ json });

/** Answers of the calls that legacy operations become, all going well. Put your own answers before them. */
export const v2Answers: readonly Answer[] = [
  answer('POST', 'charges', createdCharges.authorized),
  answer('GET', 'charges/[^/]+', ok(charge('Authorized'))),
  answer('POST', 'charges/[^/]+/capture', ok(charge('Captured'))),
  answer(
    'DELETE',
    'charges/[^/]+/cancel',
    ok(charge('Canceled', { statusDetails: status('Canceled', 'MerchantCanceled') })),
  ),
  answer('POST', 'refunds', { status: 201, json: refund('RefundInitiated') }),
  answer('GET', 'refunds/[^/]+', ok(refund('Refunded'))),
  answer('GET', 'chargePermissions/[BC][^/]+', ok(agreement)),
  answer('GET', 'chargePermissions/[^/]+', ok(chargePermission('Chargeable'))),
  answer('PATCH', 'chargePermissions/[^/]+', ok(chargePermission('Chargeable'))),
  answer(
    'DELETE',
    'chargePermissions/[^/]+/close',
    ok(chargePermission('Closed', [{ reasonCode: 'MerchantClosed', reasonDescription: 'Closed in a test' }])),
  ),
  answer('POST', 'checkoutSessions/[^/]+/complete', ok(completedCheckoutSession())),
  answer('GET', 'checkoutSessions/[^/]+', ok(completedCheckoutSession())),
];
