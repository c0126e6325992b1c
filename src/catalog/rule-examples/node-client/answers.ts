import { besideClient, type RuleExamples } from '../rule-example';

export const answersExamples: RuleExamples = {
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
    done(null, (capture.refundedAmount?.amount ?? '0'), capture.refundedAmount?.currencyCode ?? capture.chargeAmount.currencyCode);
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
};
