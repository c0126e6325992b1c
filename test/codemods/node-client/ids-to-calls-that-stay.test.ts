import { join } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { codemod as rawMws } from '../../../codemods/raw-mws';
import { migrateTexts, readTree } from '../run-codemod';

const input = readTree(join(__dirname, '../../../fixtures/codemods/node-client/ids-to-calls-that-stay/input'));

it('says once, at a call that stays, that the origin of its id is not seen', async () => {
  const { findings } = await migrateTexts(codemod, input);
  const unseen = findings.filter(({ message }) => message.includes('is not seen'));
  expect(unseen.map(({ path, legacy }) => `${path} ${legacy.operation ?? legacy.name}`)).toEqual([
    'capture.js client.offAmazonPayments[operation]',
    'remember.js ValidateBillingAgreement',
  ]);
});

it('says it at a request that is signed by hand, too, once other calls of the package answer in v2', async () => {
  const { findings } = await migrateTexts(rawMws, input);
  const request = findings.find(({ legacy }) => legacy.operation === 'GetAuthorizationDetails');
  expect(request?.message).toContain('only for objects whose AmazonAuthorizationId legacy gave');
  const alone = await migrateTexts(
    rawMws,
    new Map([
      ['post.js', input.get('post.js') ?? ''],
      ['raw.js', "require('./post').post({ Action: 'GetAuthorizationDetails', AmazonAuthorizationId: id })"],
    ]),
  );
  const only = alone.findings.find(({ legacy }) => legacy.operation === 'GetAuthorizationDetails');
  expect(only?.message).not.toContain('legacy gave');
});

it('lists an id of a rewritten request that reaches a request which stays', async () => {
  const files = new Map([
    [
      'mws.js',
      `const crypto = require('crypto');
const HOST = 'mws.amazonservices.com';
const PATH = '/OffAmazonPayments/2013-01-01';
async function mws(action, params) {
  const query = { ...params, Action: action, Version: '2013-01-01', SellerId: process.env.SELLER_ID };
  const text = new URLSearchParams(query).toString();
  const signature = crypto.createHmac('sha256', process.env.MWS_SECRET_KEY).update(text).digest('base64');
  return parse(await (await fetch('https://' + HOST + PATH, { method: 'POST', body: text + '&Signature=' + signature })).text());
}
exports.read = async (id) => {
  const body = await mws('GetCaptureDetails', { AmazonCaptureId: id });
  const captureId = body.GetCaptureDetailsResponse.GetCaptureDetailsResult.CaptureDetails.AmazonCaptureId;
  return mws('GetCaptureDetails', { ...more, AmazonCaptureId: captureId });
};
`,
    ],
  ]);
  const { files: after, findings } = await migrateTexts(rawMws, files);
  expect(after.get('mws.js')).toContain('getCharge(id)');
  expect(findings.filter(({ rule }) => rule === 'node-client/v2-id')).toHaveLength(1);
  expect(after.get('mws.js')).toContain(
    'TODO(amazon-pay-v2) node-client/v2-id: captureId comes from a call that is v2',
  );
});
