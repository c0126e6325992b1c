import { besideClient, type RuleExamples } from './rule-example';

export const nodeClientExamples: RuleExamples = {
  'node-client/construction': {
    file: 'amazon-pay.js',
    before: `const payments = require('amazon-payments');

module.exports = payments.connect({
  environment: payments.Environment.ProductionEU,
  sellerId: process.env.AMAZON_SELLER_ID,
  mwsAccessKey: process.env.MWS_ACCESS_KEY,
  mwsSecretKey: process.env.MWS_SECRET_KEY,
  clientId: process.env.AMAZON_CLIENT_ID,
});
`,
    writtenBy: 'migrate',
    after: `const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');
const { withRetry } = require('./amazon-pay-v2');

module.exports = withRetry(new WebStoreClient({
  publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,
  privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,
  region: 'eu',
  sandbox: false,
}));
`,
    byHand:
      'withRetry is in amazon-pay-v2.js, a file that migrate writes beside yours: the SDK itself never tries again. Keys that the code had no use for any more, such as mwsSecretKey, may go from your settings after the cutover.',
  },
  'node-client/import': {
    file: 'capture.mjs',
    before: `import { connect, Environment } from 'amazon-payments';

const client = connect({ environment: Environment.SandboxEU, sellerId: 'A1', clientId: 'c' });

export const read = (captureId, done) =>
  client.offAmazonPayments.getCaptureDetails({ AmazonCaptureId: captureId }, (err, result) => {
    if (err) return done(err);
    done(null, result.CaptureDetails.CaptureStatus.State === 'Completed');
  });
`,
    writtenBy: 'migrate',
    after: `import { WebStoreClient } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import { send, toCallback, withRetry } from './amazon-pay-v2.mjs';

const client = withRetry(new WebStoreClient({
  publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,
  privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,
  region: 'eu',
  sandbox: true,
}));

export const read = (captureId, done) =>
  toCallback(send(() => client.getCharge(captureId)), (err, result) => {
    if (err) return done(err);
    done(null, result.statusDetails.state === 'Captured');
  });
`,
  },
  'node-client/operation-call': {
    file: 'capture.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.capture = (order, done) => {
  client.offAmazonPayments.capture(
    {
      AmazonAuthorizationId: order.authorizationId,
      CaptureReferenceId: order.id,
      CaptureAmount: { Amount: order.total, CurrencyCode: 'EUR' },
    },
    (err, result) => {
      if (err) return done(err);
      if (result.CaptureDetails.CaptureStatus.State === 'Declined') return done(new Error('declined'));
      done(null, result.CaptureDetails.AmazonCaptureId);
    },
  );
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const { idempotencyKey, price, sendCharge, toCallback, toChargeId } = require('./amazon-pay-v2');

exports.capture = (order, done) => {
  toCallback(sendCharge(() => client.captureCharge(
    toChargeId(order.authorizationId),
    { captureAmount: price(order.total, 'EUR') },
    { 'x-amz-pay-idempotency-key': idempotencyKey('Capture', order.id) }
  )), (err, result) => {
      if (err) return done(err);
      if (result.statusDetails.state === 'Declined') return done(new Error('declined'));
      done(null, result.chargeId);
    });
};
`,
    byHand:
      'sendCharge answers a decline, which v2 rejects, as a charge that is Declined, so that the test of the state stays true. By hand: turn the authorization id into the Charge id (its 21st character, A, becomes C; refuse what is no such id), send the amount as text, and give an idempotency key that is never the one of another operation.',
  },
  'node-client/operation-reference': {
    file: 'refund.js',
    beside: besideClient,
    before: `const { promisify } = require('util');
const client = require('./amazon-pay');

const refund = promisify(client.offAmazonPayments.refund).bind(client.offAmazonPayments);

exports.refund = async (order, slip) => {
  const { RefundDetails } = await refund({
    AmazonCaptureId: order.captureId,
    RefundReferenceId: slip.id,
    RefundAmount: { Amount: slip.amount, CurrencyCode: 'EUR' },
  });
  return RefundDetails.AmazonRefundId;
};
`,
    writtenBy: 'migrate',
    after: `const { promisify } = require('util');
const client = require('./amazon-pay');
const { idempotencyKey, send, toPrice } = require('./amazon-pay-v2');

const refund = (params) => send(() => client.createRefund(
  {
    chargeId: params.AmazonCaptureId,
    refundAmount: toPrice(params.RefundAmount),
    softDescriptor: params.SoftDescriptor,
  },
  { 'x-amz-pay-idempotency-key': idempotencyKey('Refund', params.RefundReferenceId) }
));

exports.refund = async (order, slip) => {
  const RefundDetails = await refund({
    AmazonCaptureId: order.captureId,
    RefundReferenceId: slip.id,
    RefundAmount: { Amount: slip.amount, CurrencyCode: 'EUR' },
  });
  return RefundDetails.refundId;
};
`,
  },
  'node-client/result-read': {
    file: 'refunded.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.refunded = (order, done) => {
  client.offAmazonPayments.getCaptureDetails({ AmazonCaptureId: order.captureId }, (err, result) => {
    if (err) return done(err);
    const { CaptureDetails: capture } = result;
    done(null, capture.RefundedAmount.Amount, capture.RefundedAmount.CurrencyCode);
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const { send, toCallback } = require('./amazon-pay-v2');

exports.refunded = (order, done) => {
  toCallback(send(() => client.getCharge(order.captureId)), (err, result) => {
    if (err) return done(err);
    const capture = result;
    done(null, (capture.refundedAmount?.amount ?? '0'), capture.refundedAmount?.currencyCode);
  });
};
`,
  },
  'node-client/state-comparison': {
    file: 'is-authorized.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.isAuthorized = (order, done) => {
  client.offAmazonPayments.getAuthorizationDetails(
    { AmazonAuthorizationId: order.authorizationId },
    (err, result) => {
      if (err) return done(err);
      done(null, result.AuthorizationDetails.AuthorizationStatus.State === 'Open');
    },
  );
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const { send, toCallback, toChargeId } = require('./amazon-pay-v2');

exports.isAuthorized = (order, done) => {
  toCallback(send(() => client.getCharge(toChargeId(order.authorizationId))), (err, result) => {
      if (err) return done(err);
      done(null, result.statusDetails.state === 'Authorized');
    });
};
`,
    byHand:
      'Closed needs thought where migrate leaves a TODO: in legacy both a captured authorization and one that expired or was closed are Closed; in v2 the first is Captured (or CaptureInitiated), the other Canceled.',
  },
  'node-client/error-code': {
    file: 'close.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.close = (order, done) => {
  client.offAmazonPayments.closeOrderReference({ AmazonOrderReferenceId: order.referenceId }, (err) => {
    if (err && err.name === 'RequestThrottled') return done(null, 'later');
    done(err, 'closed');
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const { send, toCallback } = require('./amazon-pay-v2');

exports.close = (order, done) => {
  toCallback(send(() => client.closeChargePermission(
    order.referenceId,
    { closureReason: 'Closed by the merchant', cancelPendingCharges: false }
  )), (err) => {
    if (err && err.reasonCode === 'TooManyRequests') return done(null, 'later');
    done(err, 'closed');
  });
};
`,
  },
  'node-client/request-field': {
    file: 'capture.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.capture = (order, done) => {
  client.offAmazonPayments.capture(
    {
      AmazonAuthorizationId: order.authorizationId,
      CaptureReferenceId: order.id,
      CaptureAmount: { Amount: order.total, CurrencyCode: 'EUR' },
      SellerCaptureNote: 'Parcel 1 of ' + order.parcels,
    },
    (err) => done(err),
  );
};
`,
    writtenBy: 'hand',
    after: `const { idempotencyKey, price, toChargeId } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');

exports.capture = async (order) => {
  const note = 'Parcel 1 of ' + order.parcels;
  await client.captureCharge(
    toChargeId(order.authorizationId),
    { captureAmount: price(order.total, 'EUR') },
    { 'x-amz-pay-idempotency-key': idempotencyKey('Capture', order.id) },
  );
  // v2 keeps no note on a capture: it stays with the order.
  await orders.addNote(order.id, note);
};
`,
    byHand:
      'migrate rewrites the call around the parameter and leaves a TODO in its place. A note that was only for your records goes into your own database; one for the buyer has noteToBuyer of the Checkout Session (255 characters); sandbox simulations become the header x-amz-pay-simulation-code.',
  },
  'node-client/computed-operation': {
    file: 'details.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.details = (kind, id, done) => {
  client.offAmazonPayments['get' + kind + 'Details']({ ['Amazon' + kind + 'Id']: id }, done);
};
`,
    writtenBy: 'hand',
    after: `const { toChargeId } = require('./amazon-pay-v2');
const client = require('./amazon-pay');

const reads = {
  OrderReference: (id) => client.getChargePermission(id),
  Authorization: (id) => client.getCharge(toChargeId(id)),
  Capture: (id) => client.getCharge(id),
  Refund: (id) => client.getRefund(id),
};

exports.details = async (kind, id) => (await reads[kind](id)).data;
`,
    byHand:
      'Its callers get a promise of the v2 object now, which is rejected when the call fails: change them together with it.',
  },
  'node-client/unknown-operation': {
    file: 'void.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.release = (order, done) => {
  client.offAmazonPayments.voidAuthorization({ AmazonAuthorizationId: order.authorizationId }, done);
};
`,
    writtenBy: 'hand',
    after: `const { toChargeId } = require('./amazon-pay-v2');
const client = require('./amazon-pay');

exports.release = (order) =>
  client.cancelCharge(toChargeId(order.authorizationId), { cancellationReason: 'The order was cancelled' });
`,
    byHand:
      'Find out what the code was to do and whether it is ever reached: it cannot have worked. Here releasing an authorization was meant, which is cancelCharge.',
  },
  'node-client/login': {
    file: 'login.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.signIn = (req, res, next) => {
  client.api.getProfile(req.query.access_token, (err, profile) => {
    if (err) return next(err);
    req.session.buyer = { id: profile.user_id, name: profile.name, email: profile.email };
    res.redirect('/account');
  });
};
`,
    writtenBy: 'hand',
    after: `const client = require('./amazon-pay');

// The signInReturnUrl of a button with product type SignIn.
exports.signIn = async (req, res, next) => {
  try {
    const { data: buyer } = await client.getBuyer(req.query.buyerToken);
    req.session.buyer = { id: buyer.buyerId, name: buyer.name, email: buyer.email };
    res.redirect('/account');
  } catch (err) {
    next(err);
  }
};
`,
    byHand:
      'buyerId has the form of the user_id of Login with Amazon. That both are equal for one merchant is likely, not confirmed: check it with an account of your own before you match old customers by it.',
  },
  'node-client/reports': {
    file: 'settlement.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.settlement = (reportId, done) => {
  client.reports.getReport({ ReportId: reportId }, (err, report) => done(err, report && report.Response));
};
`,
    writtenBy: 'hand',
    after: `const client = require('./amazon-pay');

exports.settlement = async (reportId) => {
  const { data: report } = await client.getReportById(reportId);
  const { data: document } = await client.getReportDocument(report.reportDocumentId);
  // The link is valid for 30 seconds.
  const answer = await fetch(document.url);
  if (!answer.ok) throw new Error('The report could not be downloaded: ' + answer.status);
  return answer.text();
};
`,
    byHand:
      'List the reports with getReports: whether ids of MWS reports are ids of v2 is not confirmed. The types of reports keep their names, and what is in them stays: the import of the file need not change. One schedule per type of report; there is no acknowledging and no counting.',
  },
  'node-client/escape': {
    file: 'log.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');
const audit = require('./audit');

exports.capture = (order, done) => {
  client.offAmazonPayments.getCaptureDetails({ AmazonCaptureId: order.captureId }, (err, result) => {
    if (err) return done(err);
    audit.write(order.id, result.CaptureDetails);
    done(null);
  });
};
`,
    writtenBy: 'hand',
    after: `const client = require('./amazon-pay');
const audit = require('./audit');

exports.capture = async (order) => {
  const { data: charge } = await client.getCharge(order.captureId);
  // What the audit reads, by its own names: a change of Amazon's names ends here.
  audit.write(order.id, { id: charge.chargeId, state: charge.statusDetails.state });
};
`,
    byHand:
      'Go to the receiver (here audit.write) and see what it does with the value. If it reads fields, give it the ones of v2; if it only stores the object, say in its documentation from when on it is a v2 object. Then delete the TODO.',
  },
  'node-client/v2-id': {
    file: 'close.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.close = (order, done) => {
  client.offAmazonPayments.getAuthorizationDetails({ AmazonAuthorizationId: order.authorizationId }, (err, result) => {
    if (err) return done(err);
    const { AmazonAuthorizationId } = result.AuthorizationDetails;
    client.callMwsMethod('CloseAuthorization', '2013-01-01', { AmazonAuthorizationId }, done);
  });
};
`,
    writtenBy: 'hand',
    after: `const client = require('./amazon-pay');

exports.close = async (order) => {
  const { data: charge } = await client.getCharge(order.chargeId);
  await client.cancelCharge(charge.chargeId, { cancellationReason: 'Closed by the shop' });
};
`,
    byHand:
      'Make the second call a v2 call as well. Where it has to stay, for orders that legacy took, keep the ids of both kinds in columns of their own and let the order decide which call is made.',
  },
  'node-client/published-answer': {
    file: 'src/capture.ts',
    beside: {
      'package.json': `{ "name": "@shop/payments", "version": "3.1.0", "main": "dist/index.js", "types": "dist/index.d.ts", "dependencies": { "amazon-payments": "^0.2.9" } }
`,
      'src/index.ts': `export * from './capture';
`,
      'src/client.ts': `import { connect, Environment } from 'amazon-payments';

export const client = connect({ environment: Environment.ProductionEU, sellerId: 'A1', clientId: 'c' });
`,
    },
    before: `import { promisify } from 'util';
import { client } from './client';

const get = promisify(client.offAmazonPayments.getCaptureDetails).bind(client.offAmazonPayments);

export async function readCapture(captureId: string) {
  const { CaptureDetails } = await get({ AmazonCaptureId: captureId });
  return CaptureDetails;
}
`,
    writtenBy: 'migrate',
    after: `import { promisify } from 'util';
import { client } from './client';
import { send } from './amazon-pay-v2';

const get = (params: any) => send(() => client.getCharge(params.AmazonCaptureId));

// TODO(amazon-pay-v2) node-client/published-answer: readCapture is exported by the published package @shop/payments and hands out an answer of v2 from now on: tell those who install it, and raise the major version.
export async function readCapture(captureId: string) {
  const CaptureDetails = await get({ AmazonCaptureId: captureId });
  return CaptureDetails;
}
`,
  },
  'node-client/amount-arithmetic': {
    file: 'capture.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.capture = (order, done) => {
  client.offAmazonPayments.capture(
    {
      AmazonAuthorizationId: order.authorizationId,
      CaptureReferenceId: order.id,
      CaptureAmount: { Amount: order.price * order.count + 4.9, CurrencyCode: 'EUR' },
    },
    (err) => done(err),
  );
};
`,
    writtenBy: 'hand',
    after: `const { idempotencyKey, toChargeId } = require('./amazon-pay-v2');
const client = require('./amazon-pay');

exports.capture = async (order) => {
  const cents = order.priceInCents * order.count + 490;
  await client.captureCharge(
    toChargeId(order.authorizationId),
    { captureAmount: { amount: formatCents(cents), currencyCode: 'EUR' } },
    { 'x-amz-pay-idempotency-key': idempotencyKey('Capture', order.id) },
  );
};

const formatCents = (cents) => Math.floor(cents / 100) + '.' + String(cents % 100).padStart(2, '0');
`,
    byHand:
      'Compute in the smallest unit (cents; yen have none smaller) from the database on, and write the text in one place.',
  },
  'node-client/stand-in': {
    file: 'test/store.test.js',
    beside: {
      ...besideClient,
      'store.js': `const client = require('./amazon-pay');

exports.refund = (order, done) => {
  client.offAmazonPayments.refund(
    {
      AmazonCaptureId: order.captureId,
      RefundReferenceId: order.id,
      RefundAmount: { Amount: order.total, CurrencyCode: 'EUR' },
    },
    (err, result) => done(err, result && result.RefundDetails.AmazonRefundId),
  );
};
`,
    },
    before: `const store = require('../store');

jest.mock('../amazon-pay', () => ({
  offAmazonPayments: {
    refund: (params, done) => done(null, { RefundDetails: { AmazonRefundId: 'R1' } }),
  },
}));

it('refunds', (done) => {
  store.refund({ id: 'o1', captureId: 'S01-1111111-1111111-C111111', total: '5.00' }, (err, id) => {
    expect(id).toBe('R1');
    done(err);
  });
});
`,
    writtenBy: 'hand',
    after: `const store = require('../store');

jest.mock('../amazon-pay', () => ({
  createRefund: async () => ({ data: { refundId: 'R1' } }),
}));

it('refunds', (done) => {
  store.refund({ id: 'o1', captureId: 'S01-1111111-1111111-C111111', total: '5.00' }, (err, id) => {
    expect(id).toBe('R1');
    done(err);
  });
});
`,
    byHand:
      'Or use the emulator in place of a double: it answers as Amazon does, declines and throttling included, and the same test runs before and after the migration.',
  },
  'node-client/type-reference': {
    file: 'src/capture.ts',
    before: `import { AmazonPayClient } from 'amazon-pay-async';

export async function isCaptured(client: AmazonPayClient, captureId: string): Promise<boolean> {
  const { CaptureDetails } = await client.offAmazonPayments.getCaptureDetails({ AmazonCaptureId: captureId });
  return CaptureDetails.CaptureStatus.State === 'Completed';
}
`,
    beside: {
      'package.json': `{ "name": "shop", "private": true, "dependencies": { "amazon-pay-async": "^2.1.0" } }
`,
    },
    writtenBy: 'migrate',
    after: `import { WebStoreClient } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import { send } from './amazon-pay-v2';

export async function isCaptured(client: WebStoreClient, captureId: string): Promise<boolean> {
  const CaptureDetails = await send(() => client.getCharge(captureId));
  return CaptureDetails.statusDetails.state === 'Captured';
}
`,
  },
};
