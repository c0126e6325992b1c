'use strict';

/** amazon-pay/orders.js of the shop of fixtures/browser-shop, as its merchant fills it in. */
const { orders: all, find } = require('../lib/orders');

const shop = {
  cartPage: '/cart.html',
  reviewPage: '/checkout.html',
  thankYouPage: '/thank-you.html',
  paymentIntent: 'AuthorizeWithCapture',
  canHandlePendingAuthorization: false,
};

const orders = {
  async currentOrderId(request) {
    const order = find(request.orderId);
    return order.state === 'paid' ? null : order.id;
  },
  async amountOf(orderId) {
    return { amount: find(orderId).total, currencyCode: find(orderId).currency };
  },
  async rememberSession(orderId, checkoutSessionId) {
    Object.assign(find(orderId), { checkoutSessionId, state: 'placed' });
  },
  async findBySession(checkoutSessionId) {
    const order = [...all.values()].find((one) => one.checkoutSessionId === checkoutSessionId);
    return order === undefined ? null : { orderId: order.id, isPaid: order.state === 'paid' };
  },
  async markPaid(orderId, payment) {
    const order = find(orderId);
    if (order.state === 'paid') return;
    Object.assign(order, payment, { state: 'paid', timesPaid: (order.timesPaid || 0) + 1 });
  },
  async markPending(orderId) {
    find(orderId).state = 'pending';
  },
  async markFailed(orderId, reason) {
    const order = find(orderId);
    if (order.state !== 'paid') Object.assign(order, { state: 'open', reason });
  },
  async openSessions() {
    return [...all.values()]
      .filter(({ state }) => state === 'placed')
      .map(({ id, checkoutSessionId }) => ({ orderId: id, checkoutSessionId }));
  },
};

module.exports = { shop, orders };
