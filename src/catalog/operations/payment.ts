import { docs } from '../docs';
import type { Operation } from '../types';
import { chargeFields, closureReason, createCharge, getCharge, noCounterpart, reference } from './fields';

const authorizationId = { to: 'path.chargeId', via: 'toChargeId', confidence: 'confirmed' } as const;
const softDescriptor = { to: 'body.softDescriptor', maxLength: 16, confidence: 'confirmed' } as const;

/** Authorize, capture, refund: what works on orders that exist already. */
export const paymentOperations: readonly Operation[] = [
  {
    name: 'Authorize',
    phase: 'post-checkout',
    automation: 'automatic',
    declines: true,
    v2: createCharge,
    request: { AmazonOrderReferenceId: { to: 'body.chargePermissionId', confidence: 'confirmed' }, ...chargeFields },
    result: 'AuthorizeResult',
    guidance:
      'Create Charge on the Charge Permission, which has the id of the order reference. A decline rejects; SoftDeclined and ProcessingFailure may be tried again with a new reference, after the Charge Permission shows Chargeable.',
    docs: docs.deferredTransactions,
    confidence: 'confirmed',
    effortMinutes: 20,
  },
  {
    name: 'GetAuthorizationDetails',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: getCharge,
    request: { AmazonAuthorizationId: authorizationId },
    result: 'GetAuthorizationDetailsResult',
    guidance: 'Authorization and capture are one Charge in v2; its id is the authorization id with C in place of A.',
    docs: docs.charge,
    confidence: 'confirmed',
    effortMinutes: 15,
  },
  {
    name: 'CloseAuthorization',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: {
      sdkMethod: 'cancelCharge',
      http: 'DELETE /v2/charges/{chargeId}/cancel',
      arguments: ['path', 'body', 'headers'],
    },
    request: {
      AmazonAuthorizationId: authorizationId,
      ClosureReason: closureReason('Closed by the merchant', 'body.cancellationReason'),
    },
    result: null,
    guidance: 'Cancel Charge releases the authorized amount; cancellationReason has two l.',
    docs: docs.charge,
    confidence: 'confirmed',
    effortMinutes: 10,
  },
  {
    name: 'Capture',
    phase: 'post-checkout',
    automation: 'automatic',
    declines: true,
    v2: {
      sdkMethod: 'captureCharge',
      http: 'POST /v2/charges/{chargeId}/capture',
      arguments: ['path', 'body', 'headers'],
    },
    request: {
      AmazonAuthorizationId: authorizationId,
      CaptureReferenceId: reference,
      CaptureAmount: { to: 'body.captureAmount', via: 'price', confidence: 'confirmed' },
      SoftDescriptor: softDescriptor,
      SellerCaptureNote: noCounterpart('v2 keeps no note on a capture; keep it with your own order.', {
        simulation: true,
      }),
      ProviderCreditList: noCounterpart('v2 has no provider credits.'),
    },
    result: 'CaptureResult',
    guidance:
      'Capture Charge takes the Charge id: the authorization id with C in place of A. Later than 7 days after the authorization it is asynchronous.',
    docs: docs.charge,
    confidence: 'confirmed',
    effortMinutes: 15,
  },
  {
    name: 'GetCaptureDetails',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: getCharge,
    request: { AmazonCaptureId: { to: 'path.chargeId', confidence: 'likely' } },
    result: 'GetCaptureDetailsResult',
    guidance: 'The capture id is the Charge id.',
    docs: docs.charge,
    confidence: 'confirmed',
    effortMinutes: 15,
  },
  {
    name: 'Refund',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: { sdkMethod: 'createRefund', http: 'POST /v2/refunds', arguments: ['body', 'headers'] },
    request: {
      AmazonCaptureId: { to: 'body.chargeId', confidence: 'likely' },
      RefundReferenceId: reference,
      RefundAmount: { to: 'body.refundAmount', via: 'price', confidence: 'confirmed' },
      SoftDescriptor: softDescriptor,
      SellerRefundNote: noCounterpart('v2 keeps no note on a refund; keep it with your own order.', {
        simulation: true,
      }),
      ProviderCreditReversalList: noCounterpart('v2 has no provider credits.'),
    },
    result: 'RefundResult',
    guidance:
      'Create Refund takes the capture id as chargeId. Refunds are asynchronous, as before: RefundInitiated, then Refunded or Declined.',
    docs: docs.refund,
    confidence: 'confirmed',
    effortMinutes: 15,
  },
  {
    name: 'GetRefundDetails',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: { sdkMethod: 'getRefund', http: 'GET /v2/refunds/{refundId}', arguments: ['path', 'headers'] },
    request: { AmazonRefundId: { to: 'path.refundId', confidence: 'likely' } },
    result: 'GetRefundDetailsResult',
    guidance: 'The refund id stays; the state is RefundInitiated, Refunded or Declined.',
    docs: docs.refund,
    confidence: 'confirmed',
    effortMinutes: 15,
  },
];
