import { fill } from '../fill';
import type { LegacyCheckout } from '../legacy/read-legacy';
import { fillShop } from './shop';

/** The emitted `orders`: the one file that only the merchant can fill in. */
const ORDERS = String.raw`/**
 * What only this shop knows: its orders and its pages. Fill in every function; until then each of them throws, and no
 * order can be placed. checkout-flow calls them, and says when.
 */
⟦import type { Price } from '@amazonpay/amazon-pay-api-sdk-nodejs';
«requestType»

/** What is to be kept with a paid order: captures, refunds and notifications name these ids. */
export interface Payment {
  checkoutSessionId: string;
  chargePermissionId: string | null;
  chargeId: string | null;
  /** State of the charge at Amazon: Authorized, Captured, AuthorizationInitiated, …; null without a charge. */
  state: string | null;
}

export interface Orders {
  currentOrderId(request: ShopRequest): Promise<string | null>;
  amountOf(orderId: string): Promise<Price>;
  rememberSession(orderId: string, checkoutSessionId: string): Promise<void>;
  findBySession(checkoutSessionId: string): Promise<{ orderId: string; isPaid: boolean } | null>;
  markPaid(orderId: string, payment: Payment): Promise<void>;
  markPending(orderId: string, payment: Payment): Promise<void>;
  markFailed(orderId: string, reason: string): Promise<void>;
  openSessions(): Promise<{ orderId: string; checkoutSessionId: string }[]>;
«frequencyType»
}

export interface Shop {
  cartPage: string;
  reviewPage: string;
  thankYouPage: string;
  paymentIntent: 'Authorize' | 'AuthorizeWithCapture';
  canHandlePendingAuthorization: boolean;
}
⟧
export const shop⟦: Shop⟧ = {
  // Pages of the shop. A reason is added as ?amazonPay=…, the order as ?order=…
«cartSaid»
  cartPage: '«cartPage»',
«reviewSaid»
  reviewPage: '«reviewPage»',
«thankYouSaid»
  thankYouPage: '«thankYouPage»',
«intentSaid»
  paymentIntent: '«paymentIntent»',
  // false: the answer is known while the buyer waits. true: an authorization may be pending for 24 hours, and markPending is called.
  canHandlePendingAuthorization: «pending»,
};

export const orders⟦: Orders⟧ = {
  /** The id of the order that the buyer of this request is about to pay, by session or cookie; null when there is none. */
  // TODO(amazon-pay-v2) scaffold/current-order: find the unpaid order of this buyer, as the legacy checkout did
  async currentOrderId(request) {
    return notFilledIn('currentOrderId', request);
  },

  /** What the order costs now, shipping included: { amount: '94.50', currencyCode: 'EUR' }. Asked again before charging. */
  // TODO(amazon-pay-v2) scaffold/amount: read the amount from your own order, never from the browser
  async amountOf(orderId) {
    return notFilledIn('amountOf', orderId);
  },

  /**
   * Keeps the session with the order, in place of an earlier one: a session that is replaced is never charged. A session
   * belongs to one order, so the column is unique.
   */
  // TODO(amazon-pay-v2) scaffold/session-store: store the session id with the order
  async rememberSession(orderId, checkoutSessionId) {
    return notFilledIn('rememberSession', orderId, checkoutSessionId);
  },

  /** The order with exactly this session, { orderId, isPaid }, or null. */
  // TODO(amazon-pay-v2) scaffold/session-store: find the order by its session id
  async findBySession(checkoutSessionId) {
    return notFilledIn('findBySession', checkoutSessionId);
  },

  /**
   * The charge is authorized or captured. Called more than once for one payment (double click, reload, sweep): it must
   * do its work once, as with UPDATE … WHERE id = ? AND paid_at IS NULL. Keep the ids, chargePermissionId in a column
   * that is unique, and send the mail only when a row was changed.
   */
  // TODO(amazon-pay-v2) scaffold/payment-state: mark the order as paid, once, and keep chargePermissionId and chargeId
  async markPaid(orderId, payment) {
    return notFilledIn('markPaid', orderId, payment);
  },

  /** The authorization is not decided yet; a notification (IPN) will tell. Keep the ids, and ship nothing. */
  // TODO(amazon-pay-v2) scaffold/payment-state: mark the order as waiting for its payment
  async markPending(orderId, payment) {
    return notFilledIn('markPending', orderId, payment);
  },

  /** Canceled, declined or expired (BuyerCanceled, Declined, Expired, …): the order is open again. Never undo a paid one. */
  // TODO(amazon-pay-v2) scaffold/payment-state: give the order back to the buyer, unpaid
  async markFailed(orderId, reason) {
    return notFilledIn('markFailed', orderId, reason);
  },

  /** Orders that were placed and are neither paid nor failed, for sweep(): [{ orderId, checkoutSessionId }]. */
  // TODO(amazon-pay-v2) scaffold/sweep: list them, and call checkout.sweep() every hour
  async openSessions() {
    return notFilledIn('openSessions');
  },
«frequencyFunction»
};

function notFilledIn(name⟦: string⟧, ...given⟦: unknown[]⟧)⟦: never⟧ {
  throw new Error('Fill in ' + name + ' in orders, called with ' + JSON.stringify(given.map(String)));
}
`;

const RECURRING_ORDERS = {
  type: `  frequencyOf(orderId: string): Promise<Frequency | null>;
`,
  declaration: `
export interface Frequency {
  unit: 'Year' | 'Month' | 'Week' | 'Day' | 'Variable';
  value: string;
}
`,
  function: `
  /** How often the subscription in this order is charged, { unit: 'Month', value: '1' }; null for a one-time order. */
  // TODO(amazon-pay-v2) scaffold/frequency: no legacy field says it; Amazon shows it to the buyer and bills nothing by itself
  async frequencyOf(orderId) {
    return notFilledIn('frequencyOf', orderId);
  },
`,
} as const;

/** The `orders` module of a shop, with what its legacy checkout did as defaults. */
export function fillOrders(legacy: LegacyCheckout, requestType: string): string {
  const { isRecurring, paymentIntent, isAsynchronous, pages } = legacy;
  return fill(ORDERS, {
    requestType: `${requestType}\n${isRecurring ? RECURRING_ORDERS.declaration : ''}`,
    frequencyType: isRecurring ? RECURRING_ORDERS.type : '',
    frequencyFunction: isRecurring ? RECURRING_ORDERS.function : '',
    ...fillShop(pages, paymentIntent, '  '),
    pending: String(isAsynchronous),
  });
}
