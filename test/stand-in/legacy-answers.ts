import type { Answer, Reply } from './stand-in';
import {
  AUTHORIZATION_ID,
  BILLING_AGREEMENT_ID,
  CAPTURE_ID,
  CHILD_ORDER_REFERENCE_ID,
  ORDER_REFERENCE_ID,
  REFUND_ID,
} from './ids';

/**
 * Answers of MWS OffAmazonPayments, element by element as recorded (facts: captures.md, section 6). Scalars are text
 * and siblings keep the recorded order, which differs between operations.
 */
const NAMESPACE = 'http://mws.amazonservices.com/schema/OffAmazonPayments/2013-01-01';
const REQUEST_ID = '<ResponseMetadata><RequestId>5f20169b-7ab2-11df-bcef-d35615e2b044</RequestId></ResponseMetadata>';
const CREATED = '<CreationTimestamp>2016-08-12T16:05:19.401Z</CreationTimestamp>';
const UPDATED = '<LastUpdateTimestamp>2016-08-12T16:05:21.283Z</LastUpdateTimestamp>';

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const price = (element: string, amount: string, currency = 'USD'): string =>
  `<${element}><CurrencyCode>${currency}</CurrencyCode><Amount>${amount}</Amount></${element}>`;

/** A successful answer: `<CaptureResponse><CaptureResult>…`. */
export function legacyResult(action: string, content: string): Reply {
  return {
    xml: `<?xml version="1.0"?><${action}Response xmlns="${NAMESPACE}"><${action}Result>${content}</${action}Result>${REQUEST_ID}</${action}Response>`,
  };
}

/** An error answer. Throttling has status 503, an empty Type and `RequestID` with a capital D. */
export function legacyError(code: string, message: string, status = 400): Reply {
  const throttled = code === 'RequestThrottled';
  const id = throttled ? 'RequestID' : 'RequestId';
  return {
    status: throttled ? 503 : status,
    xml: `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${throttled ? '' : 'Sender'}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><${id}>5f20169b-7ab2-11df-bcef-d35615e2b044</${id}></ErrorResponse>`,
  };
}

export interface AuthorizationOptions {
  readonly state: 'Open' | 'Pending' | 'Declined' | 'Closed';
  readonly reasonCode?: string;
  readonly softDecline?: boolean;
  readonly amount?: string;
  readonly currencyCode?: string;
}

/** Closed with MaxCapturesProcessed is an authorization that was captured at once. A decline has no IdList and no SoftDescriptor. */
export function authorizationDetails(options: AuthorizationOptions): string {
  const { state, reasonCode, softDecline = false, amount = '94.50', currencyCode = 'USD' } = options;
  const captured = reasonCode === 'MaxCapturesProcessed';
  const declined = state === 'Declined';
  return [
    '<AuthorizationDetails>',
    price('AuthorizationAmount', amount, currencyCode),
    price('CapturedAmount', captured ? amount : '0', currencyCode),
    declined ? '' : '<SoftDescriptor>AMZ*Teapots</SoftDescriptor>',
    '<ExpirationTimestamp>2016-09-11T16:05:19.401Z</ExpirationTimestamp>',
    declined ? '' : `<IdList>${captured ? `<member>${CAPTURE_ID}</member>` : ''}</IdList>`,
    `<SoftDecline>${softDecline}</SoftDecline>`,
    `<AuthorizationStatus>${UPDATED}<State>${state}</State>${reasonCode === undefined ? '' : `<ReasonCode>${reasonCode}</ReasonCode>`}</AuthorizationStatus>`,
    price('AuthorizationFee', '0.00', currencyCode),
    `<CaptureNow>${captured}</CaptureNow>`,
    CREATED,
    '<SellerAuthorizationNote></SellerAuthorizationNote>',
    `<AmazonAuthorizationId>${AUTHORIZATION_ID}</AmazonAuthorizationId>`,
    '<AuthorizationReferenceId>order-1</AuthorizationReferenceId>',
    '</AuthorizationDetails>',
  ].join('');
}

/** The replies that tests choose between. */
export const authorizations = {
  open: legacyResult('Authorize', authorizationDetails({ state: 'Open' })),
  pending: legacyResult('Authorize', authorizationDetails({ state: 'Pending' })),
  captured: legacyResult('Authorize', authorizationDetails({ state: 'Closed', reasonCode: 'MaxCapturesProcessed' })),
  softDeclined: legacyResult(
    'Authorize',
    authorizationDetails({ state: 'Declined', reasonCode: 'InvalidPaymentMethod', softDecline: true }),
  ),
  hardDeclined: legacyResult(
    'Authorize',
    authorizationDetails({ state: 'Declined', reasonCode: 'InvalidPaymentMethod' }),
  ),
  amazonRejected: legacyResult('Authorize', authorizationDetails({ state: 'Declined', reasonCode: 'AmazonRejected' })),
  timedOut: legacyResult('Authorize', authorizationDetails({ state: 'Declined', reasonCode: 'TransactionTimedOut' })),
} as const satisfies Record<string, Reply>;

const status = (element: string, state: string, reasonCode?: string): string =>
  `<${element}>${UPDATED}${reasonCode === undefined ? '' : `<ReasonCode>${reasonCode}</ReasonCode>`}<State>${state}</State></${element}>`;

export function captureDetails(state: 'Completed' | 'Pending' | 'Declined' | 'Closed', reasonCode?: string): string {
  return `<CaptureDetails><CaptureReferenceId>order-1</CaptureReferenceId>${price('CaptureFee', '0.00')}<AmazonCaptureId>${CAPTURE_ID}</AmazonCaptureId>${CREATED}<SoftDescriptor>AMZ*Teapots</SoftDescriptor><IdList/>${status('CaptureStatus', state, reasonCode)}<SellerCaptureNote></SellerCaptureNote>${price('RefundedAmount', '0')}${price('CaptureAmount', '94.50')}</CaptureDetails>`;
}

export function refundDetails(state: 'Pending' | 'Completed' | 'Declined', reasonCode?: string): string {
  return `<RefundDetails><RefundReferenceId>order-1</RefundReferenceId><RefundType>SellerInitiated</RefundType><SellerRefundNote></SellerRefundNote>${CREATED}<SoftDescriptor>AMZ*Teapots</SoftDescriptor>${status('RefundStatus', state, reasonCode)}${price('FeeRefunded', '0.00')}${price('RefundAmount', '94.50')}<AmazonRefundId>${REFUND_ID}</AmazonRefundId></RefundDetails>`;
}

const DESTINATION =
  '<Destination><DestinationType>Physical</DestinationType><PhysicalDestination><City>Seattle</City><StateOrRegion>WA</StateOrRegion><PostalCode>98101</PostalCode><CountryCode>US</CountryCode></PhysicalDestination></Destination>';

export function orderReferenceDetails(
  state: 'Draft' | 'Open' | 'Suspended' | 'Canceled' | 'Closed',
  reasonCode?: string,
): string {
  const buyer = state === 'Draft' ? '' : '<Buyer><Name>Test Buyer</Name><Email>buyer@example.com</Email></Buyer>';
  return `<OrderReferenceDetails>${status('OrderReferenceStatus', state, reasonCode)}${DESTINATION}<ExpirationTimestamp>2017-02-08T16:05:19.401Z</ExpirationTimestamp><IdList/><SellerOrderAttributes><SellerOrderId>order-1</SellerOrderId></SellerOrderAttributes>${price('OrderTotal', '94.50')}${buyer}<ReleaseEnvironment>Sandbox</ReleaseEnvironment><AmazonOrderReferenceId>${ORDER_REFERENCE_ID}</AmazonOrderReferenceId>${CREATED}<RequestPaymentAuthorization>false</RequestPaymentAuthorization></OrderReferenceDetails>`;
}

export function billingAgreementDetails(
  state: 'Draft' | 'Open' | 'Suspended' | 'Canceled' | 'Closed',
  reasonCode?: string,
): string {
  return `<BillingAgreementDetails><AmazonBillingAgreementId>${BILLING_AGREEMENT_ID}</AmazonBillingAgreementId>${status('BillingAgreementStatus', state, reasonCode)}${DESTINATION}<BillingAgreementConsent>${state !== 'Draft'}</BillingAgreementConsent><SellerBillingAgreementAttributes/><ReleaseEnvironment>Sandbox</ReleaseEnvironment>${CREATED}<BillingAgreementLimits>${price('CurrentRemainingBalance', '500.00')}${price('AmountLimitPerTimePeriod', '500.00')}</BillingAgreementLimits></BillingAgreementDetails>`;
}

/** Answers of the operations of `amazon-payments`, all going well. Put your own answers before them. */
export const legacyAnswers: readonly Answer[] = Object.entries({
  Authorize: authorizationDetails({ state: 'Open' }),
  AuthorizeOnBillingAgreement: `${authorizationDetails({ state: 'Open' })}<AmazonOrderReferenceId>${CHILD_ORDER_REFERENCE_ID}</AmazonOrderReferenceId>`,
  GetAuthorizationDetails: authorizationDetails({ state: 'Open' }),
  CloseAuthorization: '',
  Capture: captureDetails('Completed'),
  GetCaptureDetails: captureDetails('Completed'),
  Refund: refundDetails('Pending'),
  GetRefundDetails: refundDetails('Completed'),
  SetOrderReferenceDetails: orderReferenceDetails('Draft'),
  GetOrderReferenceDetails: orderReferenceDetails('Open'),
  ConfirmOrderReference: '',
  CancelOrderReference: '',
  CloseOrderReference: '',
  CreateOrderReferenceForId: orderReferenceDetails('Open'),
  SetBillingAgreementDetails: billingAgreementDetails('Draft'),
  GetBillingAgreementDetails: billingAgreementDetails('Open'),
  ValidateBillingAgreement: `<ValidationResult>Success</ValidationResult><BillingAgreementStatus><LastUpdatedTimestamp>2016-08-12T16:05:21.283Z</LastUpdatedTimestamp><State>Open</State></BillingAgreementStatus>`,
  ConfirmBillingAgreement: '',
  CloseBillingAgreement: '',
}).map(([action, content]) => ({ when: { method: 'POST', action }, replies: [legacyResult(action, content)] }));
