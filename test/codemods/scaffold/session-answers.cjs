'use strict';

/** Amazon, with one checkout session that remembers what was done to it: answers for test/stand-in, in one process. */
const ID = '11111111-2222-4333-8444-555555555555';
const session = {
  checkoutSessionId: ID,
  statusDetails: { state: 'Open', reasonCode: null, reasonDescription: null, lastUpdatedTimestamp: '20231012T082501Z' },
  webCheckoutDetails: { checkoutResultReturnUrl: null, amazonPayRedirectUrl: null },
  paymentDetails: { chargeAmount: null },
  buyer: { buyerId: 'B', name: 'Test Buyer', email: 'buyer@example.com', phoneNumber: null },
  shippingAddress: { name: 'Test Buyer', addressLine1: '1 Road', city: 'Seattle', countryCode: 'US' },
  billingAddress: null,
  paymentPreferences: [{ paymentDescriptor: 'Visa ****1111 (Amazon Pay)' }],
  constraints: [],
  chargePermissionId: null,
  chargeId: null,
};
const failure = (status, reasonCode) => ({ status, json: { reasonCode, message: reasonCode } });
const on = (method, path, reply) => ({ when: { method, path: `/v2/${path}$` }, replies: [reply] });

module.exports = [
  on('GET', `checkoutSessions/${ID}`, () => ({ json: session })),
  on('PATCH', `checkoutSessions/${ID}`, (request) => {
    const { webCheckoutDetails, paymentDetails } = JSON.parse(request.body);
    Object.assign(session.webCheckoutDetails, webCheckoutDetails, {
      amazonPayRedirectUrl: 'https://payments.amazon.example/confirm',
    });
    Object.assign(session.paymentDetails, paymentDetails);
    return { json: session };
  }),
  on('POST', `checkoutSessions/${ID}/complete`, (request) => {
    if (session.statusDetails.state !== 'Open') return failure(422, 'InvalidCheckoutSessionStatus');
    const { chargeAmount } = JSON.parse(request.body);
    if (chargeAmount.amount !== session.paymentDetails.chargeAmount?.amount) return failure(409, 'AmountMismatch');
    session.statusDetails.state = 'Completed';
    // A completed session keeps nothing but its ids.
    for (const field of ['webCheckoutDetails', 'paymentDetails', 'buyer', 'shippingAddress']) session[field] = null;
    Object.assign(session, { chargePermissionId: 'S01-1111111-2222222', chargeId: 'S01-1111111-2222222-C333333' });
    return { json: session };
  }),
  on('GET', 'charges/[^/]+', () => ({ json: { statusDetails: { state: 'Authorized', reasonCode: null } } })),
];
