import type { RequestField, V2Operation } from '../types';

/** Parameters that several operations share. */

/** The legacy reference keeps a repeated request from acting twice; v2 has the idempotency key for that. */
export const reference: RequestField = {
  to: 'header.x-amz-pay-idempotency-key',
  via: 'idempotencyKey',
  legacyMaxLength: 32,
  maxLength: 32,
  confidence: 'confirmed',
};

export const noCounterpart = (because: string, more: Partial<RequestField> = {}): RequestField => ({
  to: null,
  because,
  ...more,
});

/** Notes that buyers read; v2 shows 255 characters where legacy took 1024. */
export const noteToBuyer: RequestField = {
  to: 'body.merchantMetadata.noteToBuyer',
  via: 'text',
  legacyMaxLength: 1024,
  maxLength: 255,
  simulation: true,
  confidence: 'confirmed',
};

/** What Authorize and AuthorizeOnBillingAgreement have in common with Create Charge. */
export const chargeFields: Readonly<Record<string, RequestField>> = {
  AuthorizationReferenceId: reference,
  AuthorizationAmount: { to: 'body.chargeAmount', via: 'price', confidence: 'confirmed' },
  CaptureNow: { to: 'body.captureNow', via: 'boolean', confidence: 'confirmed' },
  TransactionTimeout: {
    to: 'body.canHandlePendingAuthorization',
    via: 'pendingAuthorization',
    // Legacy authorizes asynchronously unless told otherwise (1440 minutes), v2 synchronously: absent is not absent.
    whenAbsent: 'true',
    because: 'Only the choice between synchronous (0) and asynchronous remains; the number of minutes is lost.',
    confidence: 'confirmed',
  },
  SoftDescriptor: { to: 'body.softDescriptor', maxLength: 16, onlyWith: 'captureNow', confidence: 'confirmed' },
  SellerAuthorizationNote: noCounterpart('v2 keeps no note on a charge; keep it with your own order.', {
    simulation: true,
  }),
  ProviderCreditList: noCounterpart('v2 has no provider credits.'),
  SupplementaryData: noCounterpart('v2 takes no supplementary data on a charge.'),
  OrderItemCategories: noCounterpart('v2 has no item categories.'),
  ExpectImmediateAuthorization: noCounterpart('v2 has no such switch.', { confidence: 'unconfirmed' }),
};

/** `SellerOrderAttributes` and its kind, with the prefix under which they stand. */
export const orderAttributes = (prefix: string, id = 'SellerOrderId'): Record<string, RequestField> => ({
  [`${prefix}.${id}`]: { to: 'body.merchantMetadata.merchantReferenceId', maxLength: 256, confidence: 'confirmed' },
  [`${prefix}.StoreName`]: {
    to: 'body.merchantMetadata.merchantStoreName',
    via: 'text',
    maxLength: 50,
    confidence: 'confirmed',
  },
  [`${prefix}.CustomInformation`]: { to: 'body.merchantMetadata.customInformation', confidence: 'confirmed' },
});

export const closureReason = (text: string, to: RequestField['to'] = 'body.closureReason'): RequestField => ({
  to,
  via: 'text',
  legacyMaxLength: to === 'body.closureReason' ? 1024 : 255,
  maxLength: 255,
  whenAbsent: `'${text}'`,
  simulation: true,
  confidence: 'likely',
});

export const getCheckoutSession: V2Operation = {
  sdkMethod: 'getCheckoutSession',
  http: 'GET /v2/checkoutSessions/{checkoutSessionId}',
  arguments: ['path', 'headers'],
};

export const getChargePermission: V2Operation = {
  sdkMethod: 'getChargePermission',
  http: 'GET /v2/chargePermissions/{chargePermissionId}',
  arguments: ['path', 'headers'],
};

export const updateCheckoutSession: V2Operation = {
  sdkMethod: 'updateCheckoutSession',
  http: 'PATCH /v2/checkoutSessions/{checkoutSessionId}',
  arguments: ['path', 'body', 'headers'],
};

export const completeCheckoutSession: V2Operation = {
  sdkMethod: 'completeCheckoutSession',
  http: 'POST /v2/checkoutSessions/{checkoutSessionId}/complete',
  arguments: ['path', 'body', 'headers'],
};

export const closeChargePermission = (cancelPendingCharges: boolean): V2Operation => ({
  sdkMethod: 'closeChargePermission',
  http: 'DELETE /v2/chargePermissions/{chargePermissionId}/close',
  arguments: ['path', 'body', 'headers'],
  constants: { cancelPendingCharges: String(cancelPendingCharges) },
});

export const createCharge: V2Operation = {
  sdkMethod: 'createCharge',
  http: 'POST /v2/charges',
  arguments: ['body', 'headers'],
};

export const getCharge: V2Operation = {
  sdkMethod: 'getCharge',
  http: 'GET /v2/charges/{chargeId}',
  arguments: ['path', 'headers'],
};
