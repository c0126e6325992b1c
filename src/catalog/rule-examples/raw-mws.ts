import type { RuleExamples } from './rule-example';

/** A sender as hand-made integrations have it: it signs, posts and parses any action. */
const sender = `const crypto = require('crypto');
const { XMLParser } = require('fast-xml-parser');

const HOST = 'mws-eu.amazonservices.com';
const PATH = '/OffAmazonPayments/2013-01-01';

exports.mws = async function mws(action, params) {
  const query = {
    ...params,
    Action: action,
    SellerId: process.env.AMAZON_SELLER_ID,
    AWSAccessKeyId: process.env.MWS_ACCESS_KEY,
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Version: '2013-01-01',
  };
  const text = Object.keys(query).sort().map((key) => key + '=' + encodeURIComponent(query[key])).join('&');
  const signature = crypto
    .createHmac('sha256', process.env.MWS_SECRET_KEY)
    .update(['POST', HOST, PATH, text].join('\\n'))
    .digest('base64');
  const body = text + '&Signature=' + encodeURIComponent(signature);
  const response = await fetch('https://' + HOST + PATH, { method: 'POST', body });
  return new XMLParser().parse(await response.text());
};
`;

const client = `const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');
const { withRetry } = require('./amazon-pay-v2');

// The SDK signs, and knows its host by the region.
exports.client = withRetry(
  new WebStoreClient({
    publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,
    privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,
    region: 'eu',
    sandbox: false,
  }),
);
`;

export const rawMwsExamples: RuleExamples = {
  'raw-mws/request': {
    file: 'capture.js',
    beside: { 'mws.js': sender },
    before: `const { mws } = require('./mws');

exports.capture = (order) =>
  mws('Capture', {
    AmazonAuthorizationId: order.authorizationId,
    CaptureReferenceId: order.id,
    'CaptureAmount.Amount': order.total,
    'CaptureAmount.CurrencyCode': 'EUR',
  });
`,
    writtenBy: 'hand',
    after: `const { idempotencyKey, price, toChargeId } = require('./amazon-pay-v2');
const { client } = require('./client');

exports.capture = async (order) => {
  const { data: charge } = await client.captureCharge(
    toChargeId(order.authorizationId),
    { captureAmount: price(order.total, 'EUR') },
    { 'x-amz-pay-idempotency-key': idempotencyKey('Capture', order.id) },
  );
  return charge;
};
`,
    byHand:
      'migrate rewrites such a call by itself where everything is known: the action, the parameters, and what is read of the answer. Here the answer is handed on, so that its readers have to be looked at, too.',
  },
  'raw-mws/reports': {
    file: 'settlement.js',
    before: `const { mws } = require('./mws');

exports.request = (from, to) =>
  mws('RequestReport', {
    ReportType: '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_',
    StartDate: from,
    EndDate: to,
  });

exports.settlement = (reportId) => mws('GetReport', { ReportId: reportId });
`,
    writtenBy: 'hand',
    after: `const { idempotencyKey } = require('./amazon-pay-v2');
const { client } = require('./client');

exports.request = (from, to) =>
  client.createReport(
    { reportType: '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_', startTime: from, endTime: to },
    { 'x-amz-pay-idempotency-key': idempotencyKey('RequestReport', from + to) },
  );

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
      'List the reports with getReports: whether ids of MWS reports are ids of v2 is not confirmed. What reads the file stays, because its contents are the same.',
  },
  'raw-mws/executor': {
    file: 'mws.js',
    before: sender,
    writtenBy: 'hand',
    after: client,
    byHand:
      'Move its callers one by one to a client of the v2 SDK. withRetry stands in the file amazon-pay-v2.js, which migrate writes as soon as it rewrites a call; without it, try 429 and 5xx again yourself, with the same idempotency key.',
  },
  'raw-mws/response-read': {
    file: 'state.js',
    beside: { 'mws.js': sender },
    before: `const { mws } = require('./mws');

exports.read = async (captureId) => {
  const body = await mws('GetCaptureDetails', { AmazonCaptureId: captureId });
  const details = body.GetCaptureDetailsResponse.GetCaptureDetailsResult.CaptureDetails;
  return { isCaptured: details.CaptureStatus.State === 'Completed', fee: details.CaptureFee.Amount };
};
`,
    writtenBy: 'hand',
    after: `const { client } = require('./client');

exports.read = async (captureId) => {
  const { data: charge } = await client.getCharge(captureId);
  // Fees are in the settlement report.
  return { isCaptured: charge.statusDetails.state === 'Captured' };
};
`,
  },
  'raw-mws/signing': {
    file: 'mws.js',
    before: sender,
    writtenBy: 'hand',
    after: client,
  },
  'raw-mws/address': {
    file: 'allowed-hosts.js',
    beside: { 'mws.js': sender },
    before: `const { mws } = require('./mws');

exports.hosts = new Set(['mws-eu.amazonservices.com', 'api.shop.example']);
exports.mws = mws;
`,
    writtenBy: 'hand',
    after: `exports.hosts = new Set(['pay-api.amazon.eu', 'api.shop.example']);
`,
  },
};
