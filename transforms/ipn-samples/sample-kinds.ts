import { legacyNotificationTypes, notifiedObjects } from '../../src/catalog/notifications';

/** One kind of notification that can be made: what it is called, and the message for an object. */
export interface SampleKind {
  /** As on the wire: `PaymentCapture`, `CHARGE`. */
  readonly name: string;
  readonly version: 'v1' | 'v2' | 'sns';
  /** Of the envelope, when it is no notification. */
  readonly confirmation?: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  /** The end of the id of its object, behind the id of the order. */
  readonly suffix: string;
  readonly message: (objectId: string, now: Date, notificationId: string) => Record<string, unknown>;
}

const SELLER = 'A2SAMPLE';
const NAMESPACE = 'https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01';

const price = (name: string, amount: string): string =>
  `<${name}><Amount>${amount}</Amount><CurrencyCode>USD</CurrencyCode></${name}>`;
const status = (name: string, state: string, at: string, reason = ''): string =>
  `<${name}><State>${state}</State><LastUpdateTimestamp>${at}</LastUpdateTimestamp>${reason}</${name}>`;

/** The elements beside the id, by legacy type (facts: ipn.md section 2). */
const DETAILS: Readonly<Record<string, (at: string, order: string) => string>> = {
  PaymentAuthorize: (at) =>
    `<AuthorizationReferenceId>sample-authorization</AuthorizationReferenceId>${price('AuthorizationAmount', '25.0')}${price('CapturedAmount', '0.0')}${price('AuthorizationFee', '0.0')}<IdList/><CreationTimestamp>${at}</CreationTimestamp><ExpirationTimestamp>${at}</ExpirationTimestamp>${status('AuthorizationStatus', 'Open', at)}<OrderItemCategories/><CaptureNow>false</CaptureNow><SoftDescriptor/>`,
  PaymentCapture: (at) =>
    `<CaptureReferenceId>sample-capture</CaptureReferenceId>${price('CaptureAmount', '25.0')}${price('RefundedAmount', '0.0')}${price('CaptureFee', '0.0')}<IdList/><CreationTimestamp>${at}</CreationTimestamp>${status('CaptureStatus', 'Completed', at)}<SoftDescriptor>AMZ*Sample</SoftDescriptor>`,
  PaymentRefund: (at) =>
    `<RefundReferenceId>sample-refund</RefundReferenceId><RefundType>SellerInitiated</RefundType>${price('RefundAmount', '25.0')}${price('FeeRefunded', '0.0')}<CreationTimestamp>${at}</CreationTimestamp>${status('RefundStatus', 'Completed', at)}<SoftDescriptor>AMZ*Sample</SoftDescriptor>`,
  OrderReferenceNotification: (at) =>
    `${price('OrderTotal', '25.0')}<SellerOrderAttributes><SellerId>${SELLER}</SellerId><SellerOrderId>sample-order</SellerOrderId><OrderItemCategories/></SellerOrderAttributes>${status('OrderReferenceStatus', 'Closed', at, '<ReasonCode>SellerClosed</ReasonCode>')}<CreationTimestamp>${at}</CreationTimestamp><ExpirationTimestamp>${at}</ExpirationTimestamp>`,
  BillingAgreementNotification: (at) =>
    `<SellerBillingAgreementAttributes><SellerId>${SELLER}</SellerId><SellerBillingAgreementId>sample-agreement</SellerBillingAgreementId></SellerBillingAgreementAttributes>${status('BillingAgreementStatus', 'Open', at)}<CreationTimestamp>${at}</CreationTimestamp><BillingAgreementConsent>true</BillingAgreementConsent>`,
  'Chargeback Detailed Notification': (at, order) =>
    `<AmazonOrderReferenceId>${order}</AmazonOrderReferenceId><AmazonCaptureReferenceId>sample-capture</AmazonCaptureReferenceId><CreationTimestamp>${at}</CreationTimestamp>${price('ChargebackAmount', '25.0')}<ChargebackState>RECEIVED</ChargebackState><ChargebackReason>Unauthorized Transaction Chargeback</ChargebackReason>`,
  ProviderCredit: (at) =>
    `<SellerId>${SELLER}</SellerId><ProviderSellerId>A2PROVIDER</ProviderSellerId>${price('CreditAmount', '5.0')}${price('CreditReversalAmount', '0.0')}<CreditReversalIdList/><CreationTimestamp>${at}</CreationTimestamp>${status('CreditStatus', 'Closed', at)}`,
  ProviderCreditReversal: (at) =>
    `<SellerId>${SELLER}</SellerId><ProviderSellerId>A2PROVIDER</ProviderSellerId><CreditReversalReferenceId>sample-reversal</CreditReversalReferenceId>${price('CreditReversalAmount', '5.0')}<CreationTimestamp>${at}</CreationTimestamp>${status('CreditReversalStatus', 'Completed', at)}`,
  SolutionProviderEvent: () => '<Type>Registration</Type><Options/>',
};

const SUFFIXES: Readonly<Record<string, string>> = {
  PaymentAuthorize: '-A000001',
  PaymentCapture: '-C000001',
  PaymentRefund: '-R000001',
  ProviderCredit: '-P000001',
  ProviderCreditReversal: '-Q000001',
  CHARGE: '-C000001',
  REFUND: '-R000001',
  CHARGEBACK: '-B000001',
};

const orderOf = (objectId: string): string => /^[A-Z]\d{2}-\d{7}-\d{7}/.exec(objectId)?.[0] ?? 'S01-1234567-1234567';

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const legacyKinds = legacyNotificationTypes.map(({ type, root, details, id }): SampleKind => ({
  name: type,
  version: 'v1',
  suffix: SUFFIXES[type] ?? '',
  message: (objectId, now, notificationId) => ({
    NotificationReferenceId: notificationId,
    NotificationType: type,
    ...(type === 'BillingAgreementNotification' ? { EventType: 'BillingAgreementStatusUpdated' } : {}),
    SellerId: SELLER,
    ReleaseEnvironment: 'Sandbox',
    Version: '2013-01-01',
    NotificationData: `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="${NAMESPACE}"><${details}><${id}>${escape(objectId)}</${id}>${DETAILS[type]?.(now.toISOString(), orderOf(objectId)) ?? ''}</${details}></${root}>`,
    Timestamp: now.toISOString(),
  }),
}));

const currentKinds = Object.keys(notifiedObjects).map((name): SampleKind => ({
  name,
  version: 'v2',
  suffix: SUFFIXES[name] ?? '',
  message: (objectId, _, notificationId) => ({
    MerchantID: SELLER,
    ChargePermissionId: orderOf(objectId),
    ObjectType: name,
    ObjectId: objectId,
    NotificationType: 'STATE_CHANGE',
    NotificationId: notificationId,
    NotificationVersion: 'V2',
  }),
}));

const confirmationKinds = (['SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const).map(
  (name): SampleKind => ({ name, version: 'sns', confirmation: name, suffix: '', message: () => ({}) }),
);

/** Every kind of notification there is, of both versions, and the two messages of SNS about the subscription itself. */
export const sampleKinds: readonly SampleKind[] = [...legacyKinds, ...currentKinds, ...confirmationKinds];

/** The id of a made-up object of a kind. `order` is the id of an order reference. */
export function sampleId({ name, suffix }: SampleKind, order: string): string {
  if (name === 'Chargeback Detailed Notification') return `C0${order.replace(/\D/g, '').slice(2, 13)}`;
  if (name === 'SolutionProviderEvent') return SELLER;
  return name === 'BillingAgreementNotification' ? order.replace(/^S/, 'C') : `${order}${suffix}`;
}
