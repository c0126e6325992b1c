import { chargedInMonth, monthlyLimitOf } from '../ledger/balance';
import { findAddress, findBuyer, findCard } from '../ledger/buyers';
import { toAuthorizationId } from '../ledger/order-ids';
import { constraintsOf } from '../ledger/orders';
import type { Posting } from '../ledger/posting';
import type { Address, Order } from '../ledger/rows';
import { orderStatuses } from '../ledger/statuses';
import { idList, release, status } from './view-elements';
import { element, group, price, time } from './xml';

/** In a draft the merchant sees where, and not who (facts: api-mapping.md section 4.2). */
function destination(address: Address | null, isDraft: boolean): string {
  if (address === null) return '';
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

/** `OrderReference` in a list. */
export function viewOrder(order: Order, name = 'OrderReferenceDetails'): string {
  const { metadata } = order;
  const isDraft = order.status === 'draft';
  const named = orderStatuses[order.status].legacy;
  return group(
    name,
    isDraft
      ? group('OrderReferenceStatus', element('State', named.state))
      : status('OrderReferenceStatus', named, order.statusAt, order.statusText),
    destination(findAddress(order), isDraft),
    time('ExpirationTimestamp', order.expiresAt),
    element('PlatformId', order.platformId),
    idList('IdList', order.chargeIds.map(toAuthorizationId), 'member'),
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
    destination(findAddress(order), isDraft),
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
