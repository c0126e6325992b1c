import { besideClient, type RuleExamples } from '../rule-example';

export const callsExamples: RuleExamples = {
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
    after: `const client = require('./amazon-pay');
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
};
