/** What a merchant makes of `orders`: a shop with one order, in memory. Works as every module system. */
const BODY = `
const store = { price: { amount: '94.50', currencyCode: 'USD' }, sessionId: null, paid: [], pending: [], failed: [] };
const shop = {
  cartPage: '/cart',
  reviewPage: '/review.html',
  thankYouPage: '/thanks',
  paymentIntent: 'Authorize',
  canHandlePendingAuthorization: false,
};
const orders = {
  currentOrderId: async () => 'order-1',
  amountOf: async () => store.price,
  rememberSession: async (orderId, id) => {
    store.sessionId = id;
  },
  findBySession: async (id) => (id === store.sessionId ? { orderId: 'order-1', isPaid: store.paid.length > 0 } : null),
  markPaid: async (orderId, payment) => {
    if (store.paid.length === 0) store.paid.push(payment);
  },
  markPending: async (orderId, payment) => {
    store.pending.push(payment);
  },
  markFailed: async (orderId, reason) => {
    store.failed.push(reason);
  },
  openSessions: async () => [],
};
`;

export const filledOrders = (isCommonjs: boolean): string =>
  `${BODY}${isCommonjs ? 'module.exports = { orders, shop, store };' : 'export { orders, shop, store };'}\n`;
