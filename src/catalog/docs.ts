/** Pages of Amazon's documentation that guidance points to. */
const API = 'https://developer.amazon.com/docs/amazon-pay-api-v2';
const CHECKOUT = 'https://developer.amazon.com/docs/amazon-pay-checkout';

export const docs = {
  charge: `${API}/charge.html`,
  chargePermission: `${API}/charge-permission.html`,
  checkoutSession: `${API}/checkout-session.html`,
  refund: `${API}/refund.html`,
  buyer: `${API}/buyer.html`,
  reports: `${API}/reports.html`,
  errors: `${API}/error-handling.html`,
  idempotency: `${API}/idempotency.html`,
  deferredTransactions: `${CHECKOUT}/deferred-transactions.html`,
  asynchronousProcessing: `${CHECKOUT}/asynchronous-processing.html`,
  notifications: `${CHECKOUT}/set-up-instant-payment-notifications.html`,
  upgrade: `${CHECKOUT}/upgrading-to-v2-checkout.html`,
  keys: `${CHECKOUT}/get-set-up-for-integration.html`,
  addScript: `${CHECKOUT}/amazon-pay-script.html`,
  addButton: `${CHECKOUT}/add-the-amazon-pay-button.html`,
  signIn: `${CHECKOUT}/amazon-sign-in.html`,
} as const;
