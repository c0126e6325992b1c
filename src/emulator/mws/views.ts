import { chargedInMonth, monthlyLimitOf } from '../ledger/balance';
import { findBuyer, findCard } from '../ledger/buyers';
import { zero } from '../ledger/money';
import { toAuthorizationId } from '../ledger/order-ids';
import { constraintsOf } from '../ledger/orders';
import type { Posting } from '../ledger/posting';
import type { Address, Charge, Environment, Order, Refund } from '../ledger/rows';
import { captureStatuses, chargeStatuses, orderStatuses, refundStatuses, type Named } from '../ledger/statuses';
import { element, group, price, time } from './xml';

/** The objects of legacy, element by element as recorded (facts: captures.md section 6). Siblings have no order to rely on. */
const status = (name: string, { state, reason }: Named, at: number, text: string | null = null): string =>
  group(
    name,
    time('LastUpdateTimestamp', at),
    element('State', state),
    element('ReasonCode', reason),
    element('ReasonDescription', text),
  );

const release = (environment: Environment): string =>
  element('ReleaseEnvironment', environment === 'live' ? 'Live' : 'Sandbox');

/** `<member>` in answers, `<Id>` in notifications (facts: ipn.md section 2). */
export type ListTag = 'member' | 'Id';
const list = (ids: readonly string[], tag: ListTag): string =>
  ids.length === 0 ? '<IdList/>' : group('IdList', ...ids.map((id) => element(tag, id)));

/** In a draft the merchant sees where, and not who (facts: api-mapping.md section 4.2). */
function destination(address: Address | undefined, isDraft: boolean): string {
  if (address === undefined) return '';
  const where = [
    element('City', address.city),
    element('StateOrRegion', address.stateOrRegion),
    element('PostalCode', address.postalCode),
    element('CountryCode', address.countryCode),
  ];
  const who = [
    element('Name', address.name),
    element('AddressLine1', address.addressLine1),
    element('AddressLine2', address.addressLine2),
    element('AddressLine3', address.addressLine3),
    element('Phone', address.phoneNumber),
  ];
  return group(
    'Destination',
    element('DestinationType', 'Physical'),
    group('PhysicalDestination', ...where, ...(isDraft ? [] : who)),
  );
}

function constraints(order: Order): string {
  const ids = order.status === 'draft' ? constraintsOf(order) : [];
  if (ids.length === 0) return '';
  const entries = ids.map((id) =>
    group('Constraint', element('ConstraintID', id), element('Description', `${id}: see the documents.`)),
  );
  return group('Constraints', ...entries);
}

function buyer(order: Order): string {
  const found = findBuyer(order.buyerId);
  if (order.status === 'draft' || found === null) return '';
  return group(
    'Buyer',
    element('Name', found.name),
    element('Email', found.email),
    element('Phone', found.address.phoneNumber),
  );
}

function paymentDescriptor(order: Order): string {
  const card = findCard(order.card);
  if (card === null) return '';
  return group(
    'PaymentDescriptor',
    element('Name', card.brand),
    element('AccountNumberTail', card.tail),
    element('FullDescriptor', `${card.brand} ****${card.tail}`),
    element('UseAmazonBalanceFirst', false),
  );
}

export function viewOrder(order: Order): string {
  const { metadata } = order;
  const isDraft = order.status === 'draft';
  const named = orderStatuses[order.status].legacy;
  return group(
    'OrderReferenceDetails',
    isDraft
      ? group('OrderReferenceStatus', element('State', named.state))
      : status('OrderReferenceStatus', named, order.statusAt, order.statusText),
    destination(findBuyer(order.buyerId)?.address, isDraft),
    time('ExpirationTimestamp', order.expiresAt),
    element('PlatformId', order.platformId),
    list(order.chargeIds.map(toAuthorizationId), 'member'),
    group(
      'SellerOrderAttributes',
      element('StoreName', metadata.merchantStoreName),
      element('CustomInformation', metadata.customInformation),
      element('SellerOrderId', metadata.merchantReferenceId),
    ),
    paymentDescriptor(order),
    price('OrderTotal', order.total),
    buyer(order),
    release(order.environment),
    element('SellerNote', metadata.noteToBuyer),
    element('AmazonOrderReferenceId', order.id),
    time('CreationTimestamp', order.createdAt),
    element('RequestPaymentAuthorization', false),
    order.agreementId === null
      ? ''
      : group('ParentDetails', element('Type', 'BillingAgreement'), element('Id', order.agreementId)),
    constraints(order),
  );
}

export function agreementLimits(posting: Posting, order: Order, currency = 'USD'): string {
  const most = monthlyLimitOf(posting);
  const start = new Date(posting.now);
  start.setUTCDate(1);
  start.setUTCHours(0, 0, 0, 0);
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + 1);
  const left = Math.max(0, most - chargedInMonth(posting, order, posting.now));
  return group(
    'BillingAgreementLimits',
    price('AmountLimitPerTimePeriod', { minor: most, currency }),
    time('TimePeriodStartDate', start.getTime()),
    time('TimePeriodEndDate', end.getTime()),
    price('CurrentRemainingBalance', { minor: left, currency }),
  );
}

export function viewAgreement(posting: Posting, order: Order): string {
  const { metadata } = order;
  const isDraft = order.status === 'draft';
  const named = orderStatuses[order.status].legacy;
  return group(
    'BillingAgreementDetails',
    element('AmazonBillingAgreementId', order.id),
    isDraft
      ? group('BillingAgreementStatus', element('State', named.state))
      : status('BillingAgreementStatus', named, order.statusAt, order.statusText),
    destination(findBuyer(order.buyerId)?.address, isDraft),
    element('BillingAgreementConsent', order.consent),
    constraints(order),
    group(
      'SellerBillingAgreementAttributes',
      element('SellerBillingAgreementId', metadata.merchantReferenceId),
      element('StoreName', metadata.merchantStoreName),
      element('CustomInformation', metadata.customInformation),
    ),
    buyer(order),
    release(order.environment),
    element('SellerNote', metadata.noteToBuyer),
    time('CreationTimestamp', order.createdAt),
    agreementLimits(posting, order),
  );
}

const descriptor = (text: string | null): string => (text === null ? 'AMZ*Emulator' : `AMZ*${text}`);

export function authorizationContent(charge: Charge, tag: ListTag): string {
  const named = chargeStatuses[charge.status].legacy;
  const isDeclined = named.state === 'Declined';
  const hasCapture = captureStatuses[charge.status] !== undefined;
  const { currency } = charge.amount;
  // `captured` of a rejected capture is null: nothing was taken.
  const captured = charge.captured ?? zero(currency);
  const softDecline = element('SoftDecline', charge.status === 'softDeclined');
  const state = status('AuthorizationStatus', named, charge.statusAt, charge.statusText);
  return [
    price('AuthorizationAmount', charge.amount),
    price('CapturedAmount', captured),
    isDeclined ? '' : element('SoftDescriptor', descriptor(charge.softDescriptor)),
    time('ExpirationTimestamp', charge.expiresAt),
    isDeclined ? '' : list(hasCapture ? [charge.id] : [], tag),
    ...(tag === 'Id' ? [state, softDecline] : [softDecline, state]),
    price('AuthorizationFee', zero(currency)),
    element('CaptureNow', charge.captureNow),
    time('CreationTimestamp', charge.createdAt),
    element('SellerAuthorizationNote', charge.note ?? (tag === 'member' ? '' : null)),
    element('AmazonAuthorizationId', toAuthorizationId(charge.id)),
    element('AuthorizationReferenceId', charge.reference ?? charge.id.slice(-6)),
  ].join('');
}

export const viewAuthorization = (charge: Charge): string =>
  group('AuthorizationDetails', authorizationContent(charge, 'member'));

/** Completed, until as much was given back as was taken: then Closed, which is no failure (facts: states.md section 1). */
function captureStatus(charge: Charge): Named {
  const named = captureStatuses[charge.status] ?? { state: 'Pending' };
  if (charge.status !== 'captured') return named;
  if (charge.refunded >= (charge.captured?.minor ?? 0)) return { state: 'Closed', reason: 'MaxAmountRefunded' };
  return charge.refundIds.length >= 10 ? { state: 'Closed', reason: 'MaxRefundsProcessed' } : named;
}

export function captureContent(charge: Charge, tag: ListTag): string {
  const amount = charge.captured ?? charge.amount;
  return [
    element('CaptureReferenceId', charge.captureReference ?? charge.reference ?? charge.id.slice(-6)),
    price('CaptureFee', zero(amount.currency)),
    element('AmazonCaptureId', charge.id),
    time('CreationTimestamp', charge.capturedAt ?? charge.statusAt),
    element('SoftDescriptor', descriptor(charge.softDescriptor)),
    list(charge.refundIds, tag),
    status('CaptureStatus', captureStatus(charge), charge.statusAt),
    element('SellerCaptureNote', charge.captureNote ?? (tag === 'member' ? '' : null)),
    price('RefundedAmount', { ...amount, minor: charge.refunded }),
    price('CaptureAmount', amount),
  ].join('');
}

export const viewCapture = (charge: Charge): string => group('CaptureDetails', captureContent(charge, 'member'));

export const refundContent = (refund: Refund, tag: ListTag): string =>
  [
    element('RefundReferenceId', refund.reference ?? refund.id.slice(-6)),
    element('RefundType', 'SellerInitiated'),
    element('SellerRefundNote', refund.note ?? (tag === 'member' ? '' : null)),
    time('CreationTimestamp', refund.createdAt),
    element('SoftDescriptor', descriptor(refund.softDescriptor)),
    status('RefundStatus', refundStatuses[refund.status].legacy, refund.statusAt),
    price('FeeRefunded', zero(refund.amount.currency)),
    price('RefundAmount', refund.amount),
    element('AmazonRefundId', refund.id),
  ].join('');

export const viewRefund = (refund: Refund): string => group('RefundDetails', refundContent(refund, 'member'));

export const orderContent = (order: Order, sellerId: string): string =>
  [
    element('AmazonOrderReferenceId', order.id),
    price('OrderTotal', order.total),
    group(
      'SellerOrderAttributes',
      element('SellerId', sellerId),
      element('SellerOrderId', order.metadata.merchantReferenceId),
      '<OrderItemCategories/>',
    ),
    status('OrderReferenceStatus', orderStatuses[order.status].legacy, order.statusAt),
    time('CreationTimestamp', order.createdAt),
    time('ExpirationTimestamp', order.expiresAt),
  ].join('');

export const agreementContent = (posting: Posting, order: Order, sellerId: string): string =>
  [
    element('AmazonBillingAgreementId', order.id),
    group(
      'SellerBillingAgreementAttributes',
      element('SellerId', sellerId),
      element('SellerBillingAgreementId', order.metadata.merchantReferenceId),
    ),
    status('BillingAgreementStatus', orderStatuses[order.status].legacy, order.statusAt),
    time('CreationTimestamp', order.createdAt),
    agreementLimits(posting, order),
    element('BillingAgreementConsent', order.consent),
  ].join('');
