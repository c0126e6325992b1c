import { besideClient, type RuleExamples } from '../rule-example';

export const clientExamples: RuleExamples = {
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
    after: `import { client } from './client';
import { send } from './amazon-pay-v2';

const get = (params: any) => send(() => client.getCharge(params.AmazonCaptureId));

// TODO(amazon-pay-v2) node-client/published-answer: readCapture is exported by the published package @shop/payments and hands out an answer of v2 from now on: tell those who install it, and raise the major version.
export async function readCapture(captureId: string) {
  const CaptureDetails = await get({ AmazonCaptureId: captureId });
  return CaptureDetails;
}
`,
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
};
