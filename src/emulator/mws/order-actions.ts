import { LedgerError } from '../ledger/ledger-error';
import type { Money } from '../ledger/money';
import {
  cancelOrder,
  changeMetadata,
  closeOrder,
  confirmOrder,
  openOrder,
  setDetails,
  type OrderDetails,
} from '../ledger/orders';
import { stepOrder } from '../ledger/posting';
import { orderStatuses } from '../ledger/statuses';
import type { MerchantMetadata, Order } from '../ledger/rows';
import type { Parameters } from './parameters';
import { findAgreement, findOrder, type Action } from './request';
import { readSimulation } from './simulation';
import { viewAgreement, viewOrder } from './view-order';
import { element, group, time } from './xml';

/** What is given of `OrderReferenceAttributes`, `OrderAttributes` or `BillingAgreementAttributes`. */
function detailsOf(parameters: Parameters, prefix: string, seller: string, sellerId: string): OrderDetails {
  const total: Money | null = parameters.optionalMoney(`${prefix}.OrderTotal`);
  const platformId = parameters.optional(`${prefix}.PlatformId`);
  const metadata: Partial<Record<keyof MerchantMetadata, string | null>> = {
    noteToBuyer: parameters.optional(`${prefix}.SellerNote`, 1024),
    merchantReferenceId: parameters.optional(`${prefix}.${seller}.${sellerId}`, 127),
    merchantStoreName: parameters.optional(`${prefix}.${seller}.StoreName`),
    customInformation: parameters.optional(`${prefix}.${seller}.CustomInformation`, 1024),
  };
  return {
    ...(total === null ? {} : { total }),
    ...(platformId === null ? {} : { platformId }),
    metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null)),
  };
}

const orderDetails = (parameters: Parameters, prefix: string): OrderDetails =>
  detailsOf(parameters, prefix, 'SellerOrderAttributes', 'SellerOrderId');

const isAlive = ({ status }: Order): boolean => status === 'draft' || status === 'open' || status === 'suspended';

/** Operations on order references and billing agreements, by action. */
export const orderActions: Readonly<Record<string, Action>> = {
  SetOrderReferenceDetails: (request) =>
    viewOrder(
      setDetails(request.posting, findOrder(request), orderDetails(request.parameters, 'OrderReferenceAttributes')),
    ),
  SetOrderAttributes: (request) => {
    const order = findOrder(request);
    const details = orderDetails(request.parameters, 'OrderAttributes');
    if (order.status === 'draft') return viewOrder(setDetails(request.posting, order, details));
    return viewOrder(changeMetadata(request.posting, order, { metadata: details.metadata ?? {} }));
  },
  GetOrderReferenceDetails: (request) => viewOrder(findOrder(request)),
  // Without a Result element (facts: captures.md section 6).
  ConfirmOrderReference: (request) => {
    const { id } = confirmOrder(request.posting, findOrder(request));
    // Where the confirmation flow of the widgets leads afterwards.
    const url = request.parameters.optional('SuccessUrl');
    if (url !== null)
      request.posting.store.put('answers', { id: `confirmation:${id}`, request: '', status: 200, body: url });
    return null;
  },
  CancelOrderReference: (request) => {
    cancelOrder(request.posting, findOrder(request), request.parameters.optional('CancelationReason', 1024));
    return '';
  },
  CloseOrderReference: (request) => {
    const { posting, parameters, environment } = request;
    const order = findOrder(request);
    const reason = parameters.optional('ClosureReason', 1024);
    if (readSimulation('CloseOrderReference', reason, environment) === null) closeOrder(posting, order, reason);
    else stepOrder(posting, order, 'closeByAmazon');
    return '';
  },
  CreateOrderReferenceForId: (request) => {
    const { posting, parameters, environment } = request;
    const agreement = findAgreement(request, 'Id');
    stepOrder(posting, agreement, 'authorize');
    const { total, metadata } = orderDetails(parameters, 'OrderReferenceAttributes');
    const draft = openOrder(posting, {
      environment,
      madeBy: 'legacy',
      type: 'OneTime',
      status: 'draft',
      buyerId: agreement.buyerId,
      address: agreement.address,
      card: agreement.card,
      total: total ?? null,
      metadata: { ...agreement.metadata, merchantReferenceId: null, ...metadata },
      agreementId: agreement.id,
    });
    return viewOrder(parameters.flag('ConfirmNow') ? confirmOrder(posting, draft) : draft);
  },
  SetBillingAgreementDetails: (request) => {
    const details = detailsOf(
      request.parameters,
      'BillingAgreementAttributes',
      'SellerBillingAgreementAttributes',
      'SellerBillingAgreementId',
    );
    return viewAgreement(request.posting, setDetails(request.posting, findAgreement(request), details));
  },
  GetBillingAgreementDetails: (request) => viewAgreement(request.posting, findAgreement(request)),
  ConfirmBillingAgreement: (request) => {
    confirmOrder(request.posting, findAgreement(request));
    return '';
  },
  // Of an agreement that has ended there is nothing to validate: that this is an error is our choice.
  ValidateBillingAgreement: (request) => {
    const agreement = findAgreement(request);
    if (!isAlive(agreement)) throw new LedgerError('InvalidAgreementStatus', `${agreement.id} has ended.`);
    const isValid = agreement.status !== 'suspended';
    return [
      group(
        'BillingAgreementStatus',
        time('LastUpdatedTimestamp', agreement.statusAt),
        element('State', orderStatuses[agreement.status].legacy.state),
      ),
      element('ValidationResult', isValid ? 'Success' : 'Failure'),
      element('FailureReasonCode', isValid ? null : 'InvalidPaymentMethod'),
    ].join('');
  },
  CloseBillingAgreement: (request) => {
    closeOrder(request.posting, findAgreement(request), request.parameters.optional('ClosureReason', 1024));
    return '';
  },
};
