import { docs } from '../docs';
import type { Operation } from '../types';
import {
  chargeFields,
  closeChargePermission,
  closureReason,
  completeCheckoutSession,
  createCharge,
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

export const billingAgreementOperations: readonly Operation[] = [
  {
    name: 'SetBillingAgreementDetails',
    phase: 'checkout',
    automation: 'assisted',
    v2: updateCheckoutSession,
    request: {
      AmazonBillingAgreementId: session,
      'BillingAgreementAttributes.PlatformId': { to: 'body.platformId', confidence: 'confirmed' },
      'BillingAgreementAttributes.SellerNote': noteToBuyer,
      ...orderAttributes('BillingAgreementAttributes.SellerBillingAgreementAttributes', 'SellerBillingAgreementId'),
      'BillingAgreementAttributes.SubscriptionAmount': {
        to: 'body.recurringMetadata.amount',
        via: 'price',
        confidence: 'likely',
      },
      'BillingAgreementAttributes.BillingAgreementType': noCounterpart(
        'chargePermissionType of the session (Recurring or PaymentMethodOnFile) takes its place.',
        { confidence: 'likely' },
      ),
    },
    result: 'SetBillingAgreementDetailsResult',
    guidance:
      'A subscription is a Checkout Session with chargePermissionType Recurring and recurringMetadata.frequency, which no legacy field supplies: decide unit and value.',
    docs: docs.checkoutSession,
    confidence: 'confirmed',
    effortMinutes: 60,
  },
  {
    name: 'ConfirmBillingAgreement',
    phase: 'checkout',
    automation: 'assisted',
    v2: completeCheckoutSession,
    request: {
      AmazonBillingAgreementId: session,
      SuccessUrl: noCounterpart('checkoutResultReturnUrl of the session takes its place.'),
      FailureUrl: noCounterpart('checkoutResultReturnUrl of the session takes its place.'),
    },
    result: null,
    guidance:
      'One server call becomes a redirect and completeCheckoutSession within 24 hours. Keep the chargePermissionId of the answer: it takes the place of the billing agreement id.',
    docs: docs.checkoutSession,
    confidence: 'confirmed',
    effortMinutes: 120,
  },
  {
    name: 'GetBillingAgreementDetails',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: getChargePermission,
    draftV2: getCheckoutSession,
    request: {
      AmazonBillingAgreementId: { to: 'path.chargePermissionId', confidence: 'likely' },
      AddressConsentToken: noCounterpart('v2 has no consent token; the Checkout Session itself gives the address.'),
      AccessToken: noCounterpart('v2 has no access token.'),
    },
    result: 'GetBillingAgreementDetailsResult',
    draftResult: 'DraftBillingAgreementResult',
    guidance:
      'A confirmed billing agreement is a recurring Charge Permission of the same id. Before that, read the Checkout Session.',
    docs: docs.chargePermission,
    confidence: 'likely',
    effortMinutes: 20,
  },
  {
    name: 'ValidateBillingAgreement',
    phase: 'post-checkout',
    automation: 'manual',
    v2: null,
    request: {},
    result: 'ValidateBillingAgreementResult',
    guidance:
      'v2 does not validate ahead: read getChargePermission and look at statusDetails (Chargeable, or NonChargeable with reasons), which does not test the payment method live.',
    docs: docs.chargePermission,
    confidence: 'likely',
    effortMinutes: 30,
  },
  {
    name: 'AuthorizeOnBillingAgreement',
    phase: 'post-checkout',
    automation: 'automatic',
    declines: true,
    v2: createCharge,
    request: {
      AmazonBillingAgreementId: { to: 'body.chargePermissionId', confidence: 'likely' },
      ...chargeFields,
      SellerNote: noteToBuyer,
      ...orderAttributes('SellerOrderAttributes'),
      PlatformId: { to: 'body.platformId', confidence: 'confirmed' },
      InheritShippingAddress: noCounterpart('v2 has no such switch.'),
    },
    result: 'AuthorizeOnBillingAgreementResult',
    guidance:
      'Each cycle is a Create Charge on the recurring Charge Permission; Amazon bills nothing by itself. A decline rejects, with SoftDeclined or HardDeclined as the reason.',
    docs: docs.charge,
    confidence: 'confirmed',
    effortMinutes: 20,
  },
  {
    name: 'CloseBillingAgreement',
    phase: 'post-checkout',
    automation: 'automatic',
    v2: closeChargePermission(false),
    request: {
      AmazonBillingAgreementId: { to: 'path.chargePermissionId', confidence: 'likely' },
      ClosureReason: closureReason('Closed by the merchant'),
    },
    result: null,
    guidance: 'The Charge Permission of the subscription is closed; open authorizations stay capturable, as before.',
    docs: docs.chargePermission,
    confidence: 'likely',
    effortMinutes: 10,
  },
];
