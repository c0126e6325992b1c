import type { Element, ElementField } from './types';

/**
 * The elements of legacy answers and the v2 objects that take their place (facts: api-mapping.md section 4, captures.md).
 * An envelope (`CaptureResult`) is what a client hands over; its one level disappears in v2.
 */
const element = (name: string, v2Object: Element['v2Object'], fields: Record<string, ElementField>): Element => ({
  name,
  v2Object,
  fields,
});

const envelope = (
  name: string,
  details: string,
  v2Object: Element['v2Object'],
  more: Record<string, ElementField> = {},
): Element => element(name, v2Object, { [details]: { to: '', element: details }, ...more });

const draftOf = (name: string): Record<string, ElementField> => ({ [name]: { to: '', element: `Draft${name}` } });

const gone = (because: string, nested?: string): ElementField => ({
  to: null,
  because,
  ...(nested === undefined ? {} : { element: nested }),
});

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Fields that only change their first letter. */
const sameNames = (...names: readonly string[]): Record<string, ElementField> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      { to: camel(name), ...(name.endsWith('Timestamp') ? { via: 'isoTimestamp' as const } : {}) },
    ]),
  );

/** Fields of text that v2 answers with null where legacy had none. */
const orNull = (fields: Record<string, ElementField>): Record<string, ElementField> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, nullText: true as const }]));

const NO_REFERENCE = 'v2 does not return the reference; keep it with your own order.';
const NO_FEES = 'v2 returns no fees; they are in the settlement report.';
const NO_LIST =
  'v2 lists no captures or refunds: the charge id is the capture id, and refunds must be kept with your own order.';
const REASONS =
  'a Charge Permission has a list: statusDetails.reasons[], each with reasonCode and reasonDescription (null when there is none).';

const status = (name: string, table: string): Element =>
  element(name, null, {
    State: { to: 'state', values: `${table}State` },
    ReasonCode: { to: 'reasonCode', values: `${table}Reason`, nullText: true },
    ReasonDescription: { to: 'reasonDescription', nullText: true },
    LastUpdateTimestamp: { to: 'lastUpdatedTimestamp', via: 'isoTimestamp' },
  });

const permissionStatus = (name: string, table: string): Element =>
  element(name, null, {
    State: { to: 'state', values: `${table}State` },
    ReasonCode: gone(REASONS),
    ReasonDescription: gone(REASONS),
    LastUpdateTimestamp: { to: 'lastUpdatedTimestamp', via: 'isoTimestamp' },
    LastUpdatedTimestamp: { to: 'lastUpdatedTimestamp', via: 'isoTimestamp' },
  });

const address = orNull({
  ...sameNames(
    'Name',
    'AddressLine1',
    'AddressLine2',
    'AddressLine3',
    'City',
    'County',
    'District',
    'StateOrRegion',
    'PostalCode',
    'CountryCode',
  ),
  Phone: { to: 'phoneNumber' },
});

const merchantMetadata = (id: string): Record<string, ElementField> =>
  orNull({
    [id]: { to: 'merchantReferenceId' },
    StoreName: { to: 'merchantStoreName' },
    CustomInformation: { to: 'customInformation' },
  });

const orderDetails: Record<string, ElementField> = {
  ...sameNames('CreationTimestamp', 'ExpirationTimestamp', 'ReleaseEnvironment', 'PlatformId'),
  Buyer: { to: 'buyer', element: 'Buyer', nullable: true },
  Destination: { to: 'shippingAddress', element: 'Destination', nullable: true },
  BillingAddress: { to: 'billingAddress', element: 'BillingAddress', nullable: true },
  SellerNote: { to: 'merchantMetadata.noteToBuyer' },
  Constraints: gone(
    'a Checkout Session has constraints[], always a list of { constraintId, description }; a Charge Permission has none.',
    'Constraints',
  ),
  PaymentDescriptor: gone(
    'paymentPreferences[0].paymentDescriptor is one text to show, and may be missing.',
    'PaymentDescriptor',
  ),
  OrderLanguage: gone('v2 does not return it.'),
  ParentDetails: gone('v2 does not return it; a charge names its chargePermissionId.'),
  IdList: gone('v2 cannot list the charges of a Charge Permission; keep their ids with your own order.', 'IdList'),
};

const details: readonly Element[] = [
  element('AuthorizationDetails', 'charge', {
    ...sameNames('CreationTimestamp', 'ExpirationTimestamp', 'SoftDescriptor'),
    AmazonAuthorizationId: { to: 'chargeId' },
    AuthorizationReferenceId: gone(NO_REFERENCE),
    AuthorizationAmount: { to: 'chargeAmount', element: 'Price' },
    CapturedAmount: { to: 'captureAmount', element: 'Price', nullable: true, wasZero: true },
    AuthorizationFee: gone(NO_FEES, 'Price'),
    IdList: gone(NO_LIST, 'IdList'),
    AuthorizationStatus: { to: 'statusDetails', element: 'AuthorizationStatus' },
    SoftDecline: { to: 'statusDetails.reasonCode', values: 'softDecline' },
    CaptureNow: gone('a charge does not return captureNow; its state says whether it is captured.'),
    SellerAuthorizationNote: gone('v2 keeps no note on a charge.'),
    AuthorizationBillingAddress: gone('read billingAddress of the Charge Permission.', 'Address'),
    AddressVerificationCode: gone('v2 does not return it.'),
    OrderItemCategories: gone('v2 has no item categories.'),
  }),
  element('CaptureDetails', 'charge', {
    ...sameNames('CreationTimestamp', 'SoftDescriptor', 'ConversionRate'),
    AmazonCaptureId: { to: 'chargeId' },
    CaptureReferenceId: gone(NO_REFERENCE),
    CaptureAmount: { to: 'captureAmount', element: 'Price', nullable: true },
    RefundedAmount: { to: 'refundedAmount', element: 'Price', nullable: true, wasZero: true },
    ConvertedAmount: { to: 'convertedAmount', element: 'Price', nullable: true },
    CaptureFee: gone(NO_FEES, 'Price'),
    IdList: gone(NO_LIST, 'IdList'),
    CaptureStatus: { to: 'statusDetails', element: 'CaptureStatus' },
    SellerCaptureNote: gone('v2 keeps no note on a capture.'),
    ProviderCreditSummaryList: gone('v2 has no provider credits.'),
  }),
  element('RefundDetails', 'refund', {
    ...sameNames('CreationTimestamp', 'SoftDescriptor'),
    AmazonRefundId: { to: 'refundId' },
    RefundReferenceId: gone(NO_REFERENCE),
    RefundAmount: { to: 'refundAmount', element: 'Price' },
    RefundedAmount: { to: 'refundAmount', element: 'Price' },
    FeeRefunded: gone(NO_FEES, 'Price'),
    RefundType: gone('v2 does not say what kind of refund it is.'),
    RefundStatus: { to: 'statusDetails', element: 'RefundStatus' },
    SellerRefundNote: gone('v2 keeps no note on a refund.'),
    ConvertedAmount: gone('v2 does not return it.', 'Price'),
    ConversionRate: gone('v2 does not return it.'),
  }),
  element('OrderReferenceDetails', 'chargePermission', {
    ...orderDetails,
    AmazonOrderReferenceId: { to: 'chargePermissionId' },
    OrderReferenceStatus: { to: 'statusDetails', element: 'OrderReferenceStatus' },
    OrderTotal: { to: 'limits.amountLimit', element: 'Price', nullable: true, confidence: 'likely' },
    SellerOrderAttributes: { to: 'merchantMetadata', element: 'SellerOrderAttributes', nullable: true },
    RequestPaymentAuthorization: gone('v2 does not return it.'),
  }),
  element('BillingAgreementDetails', 'chargePermission', {
    ...orderDetails,
    AmazonBillingAgreementId: { to: 'chargePermissionId' },
    BillingAgreementStatus: { to: 'statusDetails', element: 'BillingAgreementStatus' },
    // Not guarded: a balance that is missing must throw as before, and not compare as NaN.
    BillingAgreementLimits: { to: 'limits', element: 'BillingAgreementLimits', confidence: 'likely' },
    SellerBillingAgreementAttributes: {
      to: 'merchantMetadata',
      element: 'SellerBillingAgreementAttributes',
      nullable: true,
    },
    BillingAgreementConsent: gone('a completed Checkout Session is the consent.'),
    BillingAgreementType: { to: 'chargePermissionType', confidence: 'likely' },
    SubscriptionAmount: { to: 'recurringMetadata.amount', element: 'Price', nullable: true, confidence: 'likely' },
  }),
];

/** What is not confirmed yet is a Checkout Session in v2. */
const drafts: readonly Element[] = [
  element('DraftOrderReferenceDetails', 'checkoutSession', {
    ...orderDetails,
    AmazonOrderReferenceId: { to: 'checkoutSessionId' },
    OrderReferenceStatus: { to: 'statusDetails', element: 'DraftStatus' },
    OrderTotal: { to: 'paymentDetails.chargeAmount', element: 'Price', nullable: true, confidence: 'likely' },
    SellerOrderAttributes: { to: 'merchantMetadata', element: 'SellerOrderAttributes', nullable: true },
    RequestPaymentAuthorization: gone('v2 does not return it.'),
  }),
  element('DraftBillingAgreementDetails', 'checkoutSession', {
    ...orderDetails,
    AmazonBillingAgreementId: { to: 'checkoutSessionId' },
    BillingAgreementStatus: { to: 'statusDetails', element: 'DraftStatus' },
    BillingAgreementLimits: gone('a Checkout Session has no limits.', 'BillingAgreementLimits'),
    SellerBillingAgreementAttributes: {
      to: 'merchantMetadata',
      element: 'SellerBillingAgreementAttributes',
      nullable: true,
    },
    BillingAgreementConsent: gone('a completed Checkout Session is the consent.'),
    BillingAgreementType: { to: 'chargePermissionType', confidence: 'likely' },
    SubscriptionAmount: { to: 'recurringMetadata.amount', element: 'Price', nullable: true, confidence: 'likely' },
  }),
  element('DraftStatus', null, {
    State: { to: 'state', values: 'draftState' },
    ReasonCode: { to: 'reasonCode', values: 'draftReason' },
    ReasonDescription: { to: 'reasonDescription' },
    LastUpdateTimestamp: { to: 'lastUpdatedTimestamp', via: 'isoTimestamp' },
    LastUpdatedTimestamp: { to: 'lastUpdatedTimestamp', via: 'isoTimestamp' },
  }),
  envelope('DraftOrderReferenceResult', 'OrderReferenceDetails', 'checkoutSession', draftOf('OrderReferenceDetails')),
  envelope(
    'DraftBillingAgreementResult',
    'BillingAgreementDetails',
    'checkoutSession',
    draftOf('BillingAgreementDetails'),
  ),
];

const parts: readonly Element[] = [
  status('AuthorizationStatus', 'authorization'),
  status('CaptureStatus', 'capture'),
  status('RefundStatus', 'refund'),
  permissionStatus('OrderReferenceStatus', 'orderReference'),
  permissionStatus('BillingAgreementStatus', 'billingAgreement'),
  element('Price', 'price', sameNames('Amount', 'CurrencyCode')),
  element('Buyer', 'buyer', orNull({ ...sameNames('Name', 'Email'), Phone: { to: 'phoneNumber' } })),
  element('Destination', 'address', {
    PhysicalDestination: { to: '', element: 'Address' },
    DestinationType: gone('v2 has no destination type; PayOnly sessions have no address.'),
  }),
  element('BillingAddress', 'address', {
    PhysicalAddress: { to: '', element: 'Address' },
    AddressType: gone('v2 has no address type.'),
  }),
  element('Address', 'address', address),
  element('SellerOrderAttributes', null, {
    ...merchantMetadata('SellerOrderId'),
    OrderItemCategories: gone('v2 has no item categories.'),
    SupplementaryData: gone('a Charge Permission does not return it.'),
  }),
  element('SellerBillingAgreementAttributes', null, merchantMetadata('SellerBillingAgreementId')),
  element('BillingAgreementLimits', null, {
    AmountLimitPerTimePeriod: { to: 'amountLimit', element: 'Price', nullable: true },
    CurrentRemainingBalance: { to: 'amountBalance', element: 'Price' },
    TimePeriodStartDate: gone('v2 returns no period.'),
    TimePeriodEndDate: gone('v2 returns no period.'),
  }),
  element('PaymentDescriptor', null, {
    Name: gone('only the text to show is left: paymentPreferences[0].paymentDescriptor.'),
    AccountNumberTail: gone('only the text to show is left: paymentPreferences[0].paymentDescriptor.'),
    FullDescriptor: gone('read paymentPreferences[0].paymentDescriptor.'),
    UseAmazonBalanceFirst: gone('v2 does not return it.'),
  }),
  element('Constraints', null, {
    Constraint: { to: null, list: true, because: 'read constraints[] of the Checkout Session.' },
  }),
  element('IdList', null, {
    member: { to: null, list: true, because: NO_LIST },
    Id: { to: null, list: true, because: NO_LIST },
  }),
];

const envelopes: readonly Element[] = [
  envelope('AuthorizeResult', 'AuthorizationDetails', 'charge'),
  envelope('GetAuthorizationDetailsResult', 'AuthorizationDetails', 'charge'),
  envelope('AuthorizeOnBillingAgreementResult', 'AuthorizationDetails', 'charge', {
    AmazonOrderReferenceId: gone('there is no child order in v2; the charge names its chargePermissionId.'),
  }),
  envelope('CaptureResult', 'CaptureDetails', 'charge'),
  envelope('GetCaptureDetailsResult', 'CaptureDetails', 'charge'),
  envelope('RefundResult', 'RefundDetails', 'refund'),
  envelope('GetRefundDetailsResult', 'RefundDetails', 'refund'),
  envelope(
    'SetOrderReferenceDetailsResult',
    'OrderReferenceDetails',
    'checkoutSession',
    draftOf('OrderReferenceDetails'),
  ),
  envelope('GetOrderReferenceDetailsResult', 'OrderReferenceDetails', 'chargePermission'),
  envelope('CreateOrderReferenceForIdResult', 'OrderReferenceDetails', 'chargePermission'),
  envelope(
    'SetBillingAgreementDetailsResult',
    'BillingAgreementDetails',
    'checkoutSession',
    draftOf('BillingAgreementDetails'),
  ),
  envelope('GetBillingAgreementDetailsResult', 'BillingAgreementDetails', 'chargePermission'),
  element('ValidateBillingAgreementResult', null, {
    ValidationResult: gone('read statusDetails of the Charge Permission: Chargeable, or NonChargeable with reasons.'),
    FailureReasonCode: gone('read statusDetails.reasons of the Charge Permission.'),
    BillingAgreementStatus: gone('read statusDetails of the Charge Permission.'),
  }),
];

/** Every element of a legacy answer by its name. */
export const elements: Readonly<Record<string, Element>> = Object.fromEntries(
  [...envelopes, ...details, ...drafts, ...parts].map((row) => [row.name, row]),
);
