import { docs } from '../docs';
import type { Operation } from '../types';
import {
  closeChargePermission,
  closureReason,
  completeCheckoutSession,
  getChargePermission,
  getCheckoutSession,
  noCounterpart,
  noteToBuyer,
  orderAttributes,
  updateCheckoutSession,
} from './fields';

const session = {
  to: 'path.checkoutSessionId',
  because: 'Another value: amazonCheckoutSessionId from the return URL.',
} as const;
const consent = noCounterpart('v2 has no consent token; the Checkout Session itself gives the address.');

export const orderReferenceOperations: readonly Operation[] = [
  {
    name: 'SetOrderReferenceDetails',
    phase: 'checkout',
    automation: 'assisted',
    v2: { ...updateCheckoutSession, constants: { 'paymentDetails.paymentIntent': "'Confirm'" } },
    request: {
      AmazonOrderReferenceId: session,
      'OrderReferenceAttributes.OrderTotal': {
        to: 'body.paymentDetails.chargeAmount',
        via: 'price',
        confidence: 'confirmed',
      },
      'OrderReferenceAttributes.PlatformId': { to: 'body.platformId', confidence: 'confirmed' },
      'OrderReferenceAttributes.SellerNote': noteToBuyer,
      ...orderAttributes('OrderReferenceAttributes.SellerOrderAttributes'),
      'OrderReferenceAttributes.SellerOrderAttributes.SupplementaryData': { to: 'body.supplementaryData' },
      'OrderReferenceAttributes.SellerOrderAttributes.OrderItemCategories': noCounterpart('v2 has no item categories.'),
      'OrderReferenceAttributes.RequestPaymentAuthorization': noCounterpart('v2 asks for authentication by itself.'),
    },
    result: 'SetOrderReferenceDetailsResult',
    guidance:
      'The order is described in the Checkout Session: update it with the amount and checkoutResultReturnUrl once the total is final, then redirect the buyer to amazonPayRedirectUrl. With paymentIntent Confirm your server authorizes as before; AuthorizeWithCapture lets Amazon charge when the session is completed.',
    docs: docs.checkoutSession,
    confidence: 'confirmed',
    effortMinutes: 60,
  },
  {
    name: 'SetOrderAttributes',
    phase: 'checkout',
    automation: 'assisted',
    v2: updateCheckoutSession,
    request: {
      AmazonOrderReferenceId: session,
      'OrderAttributes.OrderTotal': { to: 'body.paymentDetails.chargeAmount', via: 'price', confidence: 'likely' },
      'OrderAttributes.PlatformId': { to: 'body.platformId', confidence: 'confirmed' },
      'OrderAttributes.SellerNote': noteToBuyer,
      ...orderAttributes('OrderAttributes.SellerOrderAttributes'),
      'OrderAttributes.PaymentServiceProviderAttributes': noCounterpart('v2 has no such attributes.'),
      'OrderAttributes.RequestPaymentAuthorization': noCounterpart('v2 asks for authentication by itself.'),
    },
    result: 'SetOrderReferenceDetailsResult',
    guidance:
      'Before the checkout is complete this is updateCheckoutSession; afterwards updateChargePermission changes the merchant metadata, and the amount can no longer change.',
    docs: docs.checkoutSession,
    confidence: 'likely',
    effortMinutes: 60,
  },
  {
    name: 'ConfirmOrderReference',
    phase: 'checkout',
    automation: 'assisted',
    v2: completeCheckoutSession,
    request: {
      AmazonOrderReferenceId: session,
      AuthorizationAmount: { to: 'body.chargeAmount', via: 'price', confidence: 'likely' },
      SuccessUrl: noCounterpart('checkoutResultReturnUrl of the session takes its place.'),
      FailureUrl: noCounterpart('checkoutResultReturnUrl of the session takes its place.'),
      ExpectImmediateAuthorization: noCounterpart('use paymentIntent Authorize.', { confidence: 'unconfirmed' }),
    },
    result: null,
    guidance:
      'One server call becomes a redirect to amazonPayRedirectUrl and completeCheckoutSession on the way back, with the same amount, within 24 hours. A buyer who does not come back is not charged; mark the order paid only after Complete succeeds.',
    docs: docs.checkoutSession,
    confidence: 'confirmed',
    effortMinutes: 120,
  },
  {
    name: 'GetOrderReferenceDetails',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: getChargePermission,
    draftV2: getCheckoutSession,
    request: {
      AmazonOrderReferenceId: { to: 'path.chargePermissionId' },
      AddressConsentToken: consent,
      AccessToken: consent,
    },
    result: 'GetOrderReferenceDetailsResult',
    draftResult: 'DraftOrderReferenceResult',
    guidance:
      'A confirmed order reference is a Charge Permission of the same id. Before the buyer has confirmed, read the Checkout Session. Buyer data is readable for 30 days.',
    docs: docs.chargePermission,
    confidence: 'likely',
    effortMinutes: 20,
  },
  {
    name: 'CancelOrderReference',
    phase: 'post-checkout',
    automation: 'assisted',
    v2: closeChargePermission(true),
    request: {
      AmazonOrderReferenceId: { to: 'path.chargePermissionId' },
      CancelationReason: closureReason('Canceled by the merchant'),
    },
    result: null,
    guidance:
      'Cancel and Close are one call in v2; cancelPendingCharges: true also cancels open authorizations. Legacy refused to cancel an order with a capture, v2 closes it. A draft needs no cancel: the session expires after 24 hours.',
    docs: docs.chargePermission,
    confidence: 'confirmed',
    effortMinutes: 15,
  },
  {
    name: 'CloseOrderReference',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: closeChargePermission(false),
    request: {
      AmazonOrderReferenceId: { to: 'path.chargePermissionId' },
      ClosureReason: closureReason('Closed by the merchant'),
    },
    result: null,
    guidance:
      'cancelPendingCharges: false leaves open authorizations capturable, as Close did. Often the call can go: a one-time Charge Permission closes itself when its balance is used up.',
    docs: docs.chargePermission,
    confidence: 'confirmed',
    effortMinutes: 10,
  },
  {
    name: 'CreateOrderReferenceForId',
    phase: 'post-checkout',
    automation: 'manual',
    v2: null,
    request: {},
    result: 'CreateOrderReferenceForIdResult',
    guidance:
      'There is no child order in v2: call createCharge directly against the recurring Charge Permission, once for every payment.',
    docs: docs.charge,
    confidence: 'likely',
    effortMinutes: 90,
  },
];
