import type { RuleExample, RuleExamples } from './rule-example';

const server = `const express = require('express');
const client = require('./amazon-pay');

const app = express();
app.use(express.json());

app.post('/pay', (req, res, next) => {
  client.offAmazonPayments.confirmOrderReference({ AmazonOrderReferenceId: req.body.id }, (err) => {
    if (err) return next(err);
    res.redirect('/thank-you');
  });
});

app.listen(3000);
`;

const besideServer = {
  'package.json': `{ "name": "shop", "private": true, "dependencies": { "amazon-payments": "^0.2.9", "express": "^4.18.0" } }
`,
  'amazon-pay.js': `const payments = require('amazon-payments');

module.exports = payments.connect({
  environment: payments.Environment[process.env.AMAZON_ENVIRONMENT],
  sellerId: process.env.AMAZON_SELLER_ID,
  mwsAccessKey: process.env.MWS_ACCESS_KEY,
  mwsSecretKey: process.env.MWS_SECRET_KEY,
  clientId: process.env.AMAZON_CLIENT_ID,
});
`,
  'server.js': server,
} as const;

/** Subscriptions, so that the scaffold asks for a frequency. */
const besideSubscriptions = {
  ...besideServer,
  'subscribe.js': `const client = require('./amazon-pay');

exports.confirm = (id, done) =>
  client.offAmazonPayments.confirmBillingAgreement({ AmazonBillingAgreementId: id }, (err) => done(err));
`,
} as const;

/** A decision in the orders that the scaffold wrote: what is there, and what a shop with a table of orders writes. */
const decision = (
  before: string,
  after: string,
  options: Partial<Pick<RuleExample, 'file' | 'byHand' | 'beside'>> = {},
): RuleExample => ({
  file: 'amazon-pay/orders.js',
  beside: besideServer,
  ...options,
  scaffold: true,
  before,
  writtenBy: 'hand',
  after,
});

export const scaffoldExamples: RuleExamples = {
  'scaffold/current-order': decision(
    `  // TODO(amazon-pay-v2) scaffold/current-order: find the unpaid order of this buyer, as the legacy checkout did
  async currentOrderId(request) {
    return notFilledIn('currentOrderId', request);
  },
`,
    `  async currentOrderId(request) {
    const { rows } = await db.query('SELECT id FROM orders WHERE id = $1 AND paid_at IS NULL', [request.session.orderId]);
    return rows.length === 0 ? null : rows[0].id;
  },
`,
  ),
  'scaffold/amount': decision(
    `  // TODO(amazon-pay-v2) scaffold/amount: read the amount from your own order, never from the browser
  async amountOf(orderId) {
    return notFilledIn('amountOf', orderId);
  },
`,
    `  async amountOf(orderId) {
    const { rows } = await db.query('SELECT total_cents FROM orders WHERE id = $1', [orderId]);
    const [{ total_cents: cents }] = rows;
    return { amount: Math.floor(cents / 100) + '.' + String(cents % 100).padStart(2, '0'), currencyCode: 'EUR' };
  },
`,
  ),
  'scaffold/session-store': decision(
    `  // TODO(amazon-pay-v2) scaffold/session-store: store the session id with the order
  async rememberSession(orderId, checkoutSessionId) {
    return notFilledIn('rememberSession', orderId, checkoutSessionId);
  },
`,
    `  async rememberSession(orderId, checkoutSessionId) {
    await db.query('UPDATE orders SET checkout_session_id = $2 WHERE id = $1', [orderId, checkoutSessionId]);
  },
`,
  ),
  'scaffold/payment-state': decision(
    `  // TODO(amazon-pay-v2) scaffold/payment-state: mark the order as paid, once, and keep chargePermissionId and chargeId
  async markPaid(orderId, payment) {
    return notFilledIn('markPaid', orderId, payment);
  },
`,
    `  async markPaid(orderId, payment) {
    const { rowCount } = await db.query(
      'UPDATE orders SET paid_at = now(), charge_permission_id = $2, charge_id = $3 WHERE id = $1 AND paid_at IS NULL',
      [orderId, payment.chargePermissionId, payment.chargeId],
    );
    if (rowCount === 1) await mails.orderPaid(orderId);
  },
`,
  ),
  'scaffold/sweep': decision(
    `  // TODO(amazon-pay-v2) scaffold/sweep: list them, and call checkout.sweep() every hour
  async openSessions() {
    return notFilledIn('openSessions');
  },
`,
    `  async openSessions() {
    const { rows } = await db.query(
      'SELECT id, checkout_session_id FROM orders WHERE checkout_session_id IS NOT NULL AND paid_at IS NULL AND failed_at IS NULL',
    );
    return rows.map((row) => ({ orderId: row.id, checkoutSessionId: row.checkout_session_id }));
  },
`,
  ),
  'scaffold/frequency': decision(
    `  // TODO(amazon-pay-v2) scaffold/frequency: no legacy field says it; Amazon shows it to the buyer and bills nothing by itself
  async frequencyOf(orderId) {
    return notFilledIn('frequencyOf', orderId);
  },
`,
    `  async frequencyOf(orderId) {
    const { rows } = await db.query('SELECT plans.months FROM plans JOIN orders ON orders.plan_id = plans.id WHERE orders.id = $1', [orderId]);
    return rows.length === 0 ? null : { unit: 'Month', value: String(rows[0].months) };
  },
`,
    { beside: besideSubscriptions },
  ),
  'scaffold/pages': decision(
    `  // TODO(amazon-pay-v2) scaffold/pages: name the page after the order; no route, page or template that was read says it
  thankYouPage: '/thank-you',
`,
    `  thankYouPage: '/orders/done',
`,
  ),
  'scaffold/payment-intent': decision(
    `  // TODO(amazon-pay-v2) scaffold/payment-intent: Authorize reserves the amount, and you capture when you ship; AuthorizeWithCapture takes it at once. nothing that was read says when the legacy checkout took the money.
  paymentIntent: 'Authorize',
`,
    `  // This shop sells downloads: there is no later moment at which it would capture.
  paymentIntent: 'AuthorizeWithCapture',
`,
  ),
  'scaffold/ledger-currency': decision(
    `  // TODO(amazon-pay-v2) scaffold/ledger-currency: the currency of your Amazon Pay account, USD, EUR, GBP or JPY
  ledgerCurrency: 'USD',
`,
    `  ledgerCurrency: 'EUR',
`,
    { file: 'amazon-pay/checkout.js' },
  ),
  'scaffold/shop-url': decision(
    `  // TODO(amazon-pay-v2) scaffold/shop-url: set AMAZON_PAY_SHOP_URL to the public https address of the shop, which is registered in Seller Central
  shopUrl: process.env.AMAZON_PAY_SHOP_URL,
`,
    `  shopUrl: process.env.AMAZON_PAY_SHOP_URL,
`,
    { file: 'amazon-pay/checkout.js', byHand: 'Set the variable wherever the shop runs, then delete the comment.' },
  ),
  'scaffold/mount': {
    file: 'server.js',
    beside: besideServer,
    scaffold: true,
    before: server,
    writtenBy: 'migrate',
    after: `const express = require('express');
const { amazonPay } = require('./amazon-pay/routes');
const client = require('./amazon-pay');
const { send, toCallback } = require('./amazon-pay-v2');

const app = express();
app.use(express.json());

app.use('/amazon-pay', amazonPay);
app.post('/pay', (req, res, next) => {
  // TODO(amazon-pay-v2) node-client/operation-call: this runs on checkoutResultReturnUrl after the redirect, within 24 hours; pass the Checkout Session id that Amazon appends to checkoutReviewReturnUrl (amazonCheckoutSessionId), not an order reference or billing agreement id; chargeAmount must equal the amount of the session; mark the order paid only after it resolves. Add chargeAmount: { amount, currencyCode } to the second argument, which legacy did not ask for: the call cannot complete the order without the amount of the session.
  toCallback(send(() => client.completeCheckoutSession(req.body.id, {})), (err) => {
    if (err) return next(err);
    res.redirect('/thank-you');
  });
});

app.listen(3000);
`,
  },
};
