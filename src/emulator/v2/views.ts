import { limits } from '../../catalog/limits';
import { balanceOf, chargedInMonth, isChargeInProgress, monthlyLimitOf } from '../ledger/balance';
import { findAddress, findBuyer, findCard } from '../ledger/buyers';
import { writeAmount, type Money } from '../ledger/money';
import { DAY, type Posting } from '../ledger/posting';
import type { Buyer, Charge, Dispute, Environment, Order, Refund } from '../ledger/rows';
import { chargeStatuses, disputeStatuses, orderStatuses, refundStatuses, type Named } from '../ledger/statuses';

/**
 * The objects of v2 as they are answered: keys in the recorded order, null for what is not set, times in the basic form,
 * amounts as text (facts: captures.md section 2).
 */
export type Json = Record<string, unknown>;

export const basicTime = (instant: number): string => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');
export const price = (money: Money | null): Json | null =>
  money === null ? null : { amount: writeAmount(money), currencyCode: money.currency };
export const release = (environment: Environment): string => (environment === 'live' ? 'Live' : 'Sandbox');

export const statusDetails = (named: Named, description: string | null, at: number): Json => ({
  state: named.state,
  reasonCode: named.reason ?? null,
  reasonDescription: description,
  lastUpdatedTimestamp: basicTime(at),
});

export const buyerView = (buyer: Buyer): Json => ({
  buyerId: buyer.id,
  name: buyer.name,
  email: buyer.email,
  phoneNumber: buyer.address.phoneNumber,
  primeMembershipTypes: null,
});

export const preference = (tail: string | null): Json | null => {
  const card = findCard(tail);
  return card === null ? null : { paymentDescriptor: `${card.brand} ****${card.tail} (Amazon Pay)` };
};

const softDescriptor = (text: string | null, storeName: string | null): string | null =>
  text === null && storeName === null ? null : `AMZ*${(text ?? storeName ?? '').slice(0, 16)}`;

export function viewCharge({ store }: Pick<Posting, 'store'>, charge: Charge): Json {
  const named = chargeStatuses[charge.status].v2;
  const { captured } = charge;
  return {
    chargeId: charge.id,
    chargeAmount: price(charge.amount),
    chargePermissionId: charge.permissionId,
    captureAmount: price(captured),
    refundedAmount: captured === null ? null : price({ ...captured, minor: charge.refunded }),
    softDescriptor:
      captured === null
        ? null
        : softDescriptor(
            charge.softDescriptor,
            store.get('orders', charge.permissionId)?.metadata.merchantStoreName ?? null,
          ),
    providerMetadata: { providerReferenceId: null },
    convertedAmount: null,
    conversionRate: null,
    channel: charge.channel,
    chargeInitiator: charge.chargeInitiator,
    statusDetails: statusDetails(named, charge.statusText, charge.statusAt),
    creationTimestamp: basicTime(charge.createdAt),
    expirationTimestamp: basicTime(charge.expiresAt),
    releaseEnvironment: release(charge.environment),
    merchantMetadata: charge.metadata,
    platformId: null,
    webCheckoutDetails: null,
  };
}

export const viewRefund = (refund: Refund): Json => ({
  refundId: refund.id,
  chargeId: refund.chargeId,
  creationTimestamp: basicTime(refund.createdAt),
  refundAmount: price(refund.amount),
  statusDetails: statusDetails(refundStatuses[refund.status].v2, null, refund.statusAt),
  softDescriptor: softDescriptor(refund.softDescriptor, null),
  releaseEnvironment: release(refund.environment),
});

function permissionStatus(posting: Posting, order: Order): Json {
  const named: Named = isChargeInProgress(posting, order)
    ? { state: 'NonChargeable', reason: 'ChargeInProgress' }
    : (orderStatuses[order.status].v2 ?? { state: 'Closed' });
  const reasons =
    named.reason === undefined ? null : [{ reasonCode: named.reason, reasonDescription: order.statusText }];
  return { state: named.state, reasons, lastUpdatedTimestamp: basicTime(order.statusAt) };
}

function limitsOf(posting: Posting, order: Order): Json {
  if (order.type === 'OneTime')
    return { amountLimit: price(order.total), amountBalance: price(balanceOf(posting, order)) };
  const firstId = order.chargeIds[0];
  const currency =
    (firstId === undefined ? undefined : posting.store.get('charges', firstId)?.amount.currency) ??
    order.recurring.amount?.currency ??
    'USD';
  const most = monthlyLimitOf(posting);
  const left = Math.max(0, most - chargedInMonth(posting, order, posting.now));
  return { amountLimit: price({ minor: most, currency }), amountBalance: price({ minor: left, currency }) };
}

/** Buyer and address can be read for 30 days: after the creation of a one-time order, after the end of a recurring one. */
function buyerOf({ now }: Posting, order: Order): Buyer | null {
  const since = order.type === 'OneTime' ? order.createdAt : order.status === 'open' ? now : order.statusAt;
  return now - since > limits.buyerDataDays * DAY ? null : findBuyer(order.buyerId);
}

export function viewPermission(posting: Posting, order: Order): Json {
  const buyer = buyerOf(posting, order);
  const { frequency, amount } = order.recurring;
  return {
    chargePermissionId: order.id,
    chargePermissionReferenceId: null,
    platformId: order.platformId,
    buyer: buyer === null ? null : buyerView(buyer),
    shippingAddress: buyer === null ? null : findAddress(order),
    billingAddress: null,
    paymentPreferences: [preference(order.card) ?? { paymentDescriptor: null }],
    statusDetails: permissionStatus(posting, order),
    creationTimestamp: basicTime(order.createdAt),
    expirationTimestamp: order.expiresAt === null ? null : basicTime(order.expiresAt),
    merchantMetadata: order.metadata,
    releaseEnvironment: release(order.environment),
    limits: limitsOf(posting, order),
    chargePermissionType: order.type,
    recurringMetadata: { frequency, amount: price(amount) },
    presentmentCurrency: order.total?.currency ?? null,
  };
}

export const viewBuyer = (buyer: Buyer): Json => ({
  buyerId: buyer.id,
  name: buyer.name,
  email: buyer.email,
  postalCode: buyer.address.postalCode,
  countryCode: buyer.address.countryCode,
  phoneNumber: buyer.address.phoneNumber,
  shippingAddress: buyer.address,
  billingAddress: null,
  primeMembershipTypes: null,
});

export const viewDispute = (dispute: Dispute): Json => ({
  disputeId: dispute.id,
  chargeId: dispute.chargeId,
  disputeType: 'Chargeback',
  disputeAmount: price(dispute.amount),
  filingReason: dispute.filingReason,
  resolutionAuthority: 'Amazon',
  statusDetails: {
    resolution: dispute.resolution,
    state: disputeStatuses[dispute.status],
    reasonCode: dispute.reason,
    reasonDescription: dispute.statusText,
    lastUpdatedTimestamp: basicTime(dispute.statusAt),
  },
  merchantResponseDeadline: basicTime(dispute.deadline),
  merchantEvidences: dispute.evidences,
  providerMetadata: { providerDisputeId: dispute.providerDisputeId },
  creationTimestamp: basicTime(dispute.createdAt),
  releaseEnvironment: release(dispute.environment),
});
