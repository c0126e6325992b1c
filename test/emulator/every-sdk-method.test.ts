import { startEmulator, type Emulator } from '../../src/emulator';
import { createV2Client, key, prepareSession, refusal, usd, type V2Client } from './clients';

/**
 * Every public method of the unmodified SDK, against the facts: v2-rest.md section 2 (paths), captures.md section 2.1 (status
 * on success). A method that a new version of the SDK brings makes the last test fail.
 */
interface Sdk {
  WebStoreClient: { new (config: object): V2Client; prototype: object };
  InStoreClient: { new (config: object): V2Client; prototype: object };
}
const { WebStoreClient, InStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs') as Sdk;

let emulator: Emulator;
let sandbox: V2Client;
let live: V2Client;
let till: V2Client;
beforeAll(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  sandbox = createV2Client(emulator);
  live = createV2Client(emulator, { publicKeyId: 'LIVE-EMULATOR' });
  till = new InStoreClient({
    publicKeyId: 'SANDBOX-EMULATOR',
    privateKey: emulator.credentials.privateKey,
    region: 'us',
    overrideServiceUrl: new URL(emulator.httpsUrl ?? '').host,
  });
});
afterAll(() => emulator.close());

const call = async (client: V2Client, method: string, ...args: unknown[]) => client[method]!(...args);
const ask = async (method: string, ...args: unknown[]) => call(sandbox, method, ...args);

async function permit(): Promise<string> {
  const session = await prepareSession(emulator, sandbox, { intent: 'Confirm' });
  return (await ask('completeCheckoutSession', session, { chargeAmount: usd('94.50') })).data.chargePermissionId;
}
async function charge(captureNow = false): Promise<string> {
  const body = { chargePermissionId: await permit(), chargeAmount: usd('9.50'), captureNow };
  return (await ask('createCharge', body, key())).data.chargeId;
}
async function dispute(): Promise<string> {
  return (await ask('createDispute', { chargeId: await charge(true), filingReason: 'ProductNotReceived' }, key())).data
    .disputeId;
}
const SETTLEMENT = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_';
async function report(): Promise<string> {
  const { data } = await ask('createReport', { reportType: SETTLEMENT }, key());
  await emulator.clock.advance({ seconds: 30 });
  return data.reportId;
}
const schedule = async (): Promise<string> =>
  (
    await ask(
      'createReportSchedule',
      {
        reportType: SETTLEMENT,
        scheduleFrequency: 'PT84H',
        nextReportCreationTime: '20261102T000000Z',
        deleteExistingSchedule: true,
      },
      key(),
    )
  ).data.reportScheduleId;

const company = { uniqueReferenceId: 'tea-1', ledgerCurrency: 'JPY', businessInfo: { businessType: 'CORPORATE' } };
const provided = { ...company, stores: [{ storeName: 'Tea' }] };
const scan = { scanData: 'code', scanReferenceId: 's-1', merchantCOE: 'US', ledgerCurrency: 'USD' };
async function inStoreCharge(): Promise<V2Answer> {
  const { data } = await call(till, 'merchantScan', scan);
  return call(till, 'charge', {
    chargePermissionId: data.chargePermissionId,
    chargeReferenceId: 'c',
    chargeTotal: usd('2'),
  });
}
type V2Answer = Awaited<ReturnType<typeof call>>;

/** By method: a good call, and the status it is answered with. */
const good: Readonly<Record<string, readonly [status: number, run: () => Promise<V2Answer>]>> = {
  apiCall: [200, async () => ask('apiCall', { method: 'GET', urlFragment: `chargePermissions/${await permit()}` })],
  getAuthorizationToken: [200, () => call(live, 'getAuthorizationToken', 'amzn.mws.4ea38b7b', 'A2MERCHANT')],
  deliveryTrackers: [
    200,
    async () =>
      ask('deliveryTrackers', {
        amazonOrderReferenceId: await permit(),
        deliveryDetails: [{ trackingNumber: '1Z999AA10123456789', carrierCode: 'UPS' }],
      }),
  ],
  getBuyer: [200, () => ask('getBuyer', emulator.people.signInToShop())],
  createCheckoutSession: [
    201,
    () =>
      ask(
        'createCheckoutSession',
        { storeId: 's', webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' } },
        key(),
      ),
  ],
  getCheckoutSession: [200, async () => ask('getCheckoutSession', await prepareSession(emulator, sandbox))],
  updateCheckoutSession: [
    200,
    async () => ask('updateCheckoutSession', await prepareSession(emulator, sandbox), { platformId: 'P' }),
  ],
  completeCheckoutSession: [
    200,
    async () => ask('completeCheckoutSession', await prepareSession(emulator, sandbox), { chargeAmount: usd('94.50') }),
  ],
  finalizeCheckoutSession: [
    200,
    async () =>
      ask('finalizeCheckoutSession', await prepareSession(emulator, sandbox), {
        chargeAmount: usd('10'),
        totalOrderAmount: usd('10'),
        paymentIntent: 'Confirm',
        canHandlePendingAuthorization: false,
        supplementaryData: 'text',
      }),
  ],
  getChargePermission: [200, async () => ask('getChargePermission', await permit())],
  updateChargePermission: [
    200,
    async () => ask('updateChargePermission', await permit(), { merchantMetadata: { noteToBuyer: 'more tea' } }),
  ],
  closeChargePermission: [200, async () => ask('closeChargePermission', await permit(), { closureReason: 'done' })],
  createCharge: [
    201,
    async () => ask('createCharge', { chargePermissionId: await permit(), chargeAmount: usd('1.00') }, key()),
  ],
  getCharge: [200, async () => ask('getCharge', await charge())],
  updateCharge: [
    200,
    async () =>
      ask('updateCharge', await charge(), { statusDetails: { state: 'Canceled', reasonCode: 'ExpiredUnused' } }, key()),
  ],
  captureCharge: [200, async () => ask('captureCharge', await charge(), { captureAmount: usd('9.50') }, key())],
  cancelCharge: [200, async () => ask('cancelCharge', await charge(), { cancellationReason: 'no' })],
  createRefund: [
    201,
    async () => ask('createRefund', { chargeId: await charge(true), refundAmount: usd('1.00') }, key()),
  ],
  getRefund: [
    200,
    async () => {
      const { data } = await ask('createRefund', { chargeId: await charge(true), refundAmount: usd('1.00') }, key());
      return ask('getRefund', data.refundId);
    },
  ],
  getReports: [200, async () => (await report(), ask('getReports', { reportTypes: [SETTLEMENT], pageSize: '5' }))],
  getReportById: [200, async () => ask('getReportById', await report())],
  getReportDocument: [
    200,
    async () => ask('getReportDocument', (await ask('getReportById', await report())).data.reportDocumentId),
  ],
  getReportSchedules: [200, async () => (await schedule(), ask('getReportSchedules', [SETTLEMENT]))],
  getReportScheduleById: [200, async () => ask('getReportScheduleById', await schedule())],
  createReport: [201, () => ask('createReport', { reportType: SETTLEMENT, startTime: '20261001T000000Z' }, key())],
  createReportSchedule: [
    201,
    () =>
      ask(
        'createReportSchedule',
        {
          reportType: SETTLEMENT,
          scheduleFrequency: 'PT84H',
          nextReportCreationTime: '20230618T150630Z',
          deleteExistingSchedule: true,
        },
        key(),
      ),
  ],
  cancelReportSchedule: [200, async () => ask('cancelReportSchedule', await schedule())],
  registerAmazonPayAccount: [201, () => ask('registerAmazonPayAccount', company)],
  updateAmazonPayAccount: [
    204,
    async () => {
      const { data } = await ask('registerAmazonPayAccount', company);
      return ask('updateAmazonPayAccount', data.merchantAccountId, { businessInfo: { businessType: 'INDIVIDUAL' } });
    },
  ],
  deleteAmazonPayAccount: [
    202,
    async () => ask('deleteAmazonPayAccount', (await ask('registerAmazonPayAccount', company)).data.merchantAccountId),
  ],
  createMerchantAccount: [201, () => ask('createMerchantAccount', provided)],
  updateMerchantAccount: [
    200,
    async () => {
      const { data } = await ask('createMerchantAccount', provided);
      const headers = { 'x-amz-pay-authtoken': data.authorizationToken };
      return ask('updateMerchantAccount', data.merchantAccountId, { businessInfo: {} }, headers);
    },
  ],
  merchantAccountClaim: [
    303,
    async () => {
      const { data } = await ask('createMerchantAccount', provided);
      return ask('merchantAccountClaim', data.merchantAccountId, { uniqueReferenceId: 'tea-1' });
    },
  ],
  createDispute: [
    200,
    async () => ask('createDispute', { chargeId: await charge(true), filingReason: 'Other' }, key()),
  ],
  getDispute: [200, async () => ask('getDispute', await dispute())],
  updateDispute: [
    200,
    async () =>
      ask(
        'updateDispute',
        await dispute(),
        { statusDetails: { resolution: 'MerchantWon', state: 'Resolved', reasonCode: 'MerchantAcceptedDispute' } },
        key(),
      ),
  ],
  contestDispute: [
    200,
    async () =>
      ask('contestDispute', await dispute(), { merchantEvidences: [{ evidenceType: 'TrackingNumber' }] }, key()),
  ],
  uploadFile: [200, () => ask('uploadFile', { type: 'jpg', purpose: 'disputeEvidence' }, key())],
  merchantScan: [200, () => call(till, 'merchantScan', scan)],
  charge: [200, inStoreCharge],
  refund: [
    200,
    async () => {
      const { data } = await inStoreCharge();
      return call(till, 'refund', { chargeId: data.chargeId, refundReferenceId: 'r', refundTotal: usd('2') });
    },
  ],
};

test.each(Object.entries(good).map(([method, [status, run]]) => [method, status, run] as const))(
  '%s is answered with %s',
  async (_, status, run) => {
    expect((await run()).status).toBe(status);
  },
);

/** By method: a call about nothing that exists, or that lacks what it needs. */
const bad: Readonly<Record<string, readonly [says: string, run: () => Promise<V2Answer>]>> = {
  apiCall: ['404 ResourceNotFound', () => ask('apiCall', { method: 'GET', urlFragment: 'charges/none' })],
  getAuthorizationToken: ['405 UnsupportedOperation', () => ask('getAuthorizationToken', 'amzn.mws.4ea38b7b', 'A2')],
  deliveryTrackers: ['400 MissingParameterValue', () => ask('deliveryTrackers', {})],
  getBuyer: ['404 ResourceNotFound', () => ask('getBuyer', 'nobody')],
  createCheckoutSession: ['400 MissingHeader', () => ask('createCheckoutSession', {}, {})],
  getCheckoutSession: ['404 ResourceNotFound', () => ask('getCheckoutSession', '0')],
  updateCheckoutSession: ['404 ResourceNotFound', () => ask('updateCheckoutSession', '0', {})],
  completeCheckoutSession: [
    '404 ResourceNotFound',
    () => ask('completeCheckoutSession', '0', { chargeAmount: usd('1') }),
  ],
  finalizeCheckoutSession: ['404 ResourceNotFound', () => ask('finalizeCheckoutSession', '0', {})],
  getChargePermission: ['404 ResourceNotFound', () => ask('getChargePermission', 'S01-0000000-0000000')],
  updateChargePermission: ['404 ResourceNotFound', () => ask('updateChargePermission', 'S01-0000000-0000000', {})],
  closeChargePermission: ['400 MissingParameterValue', async () => ask('closeChargePermission', await permit(), {})],
  createCharge: [
    '404 ResourceNotFound',
    () => ask('createCharge', { chargePermissionId: 'x', chargeAmount: usd('1') }, key()),
  ],
  getCharge: ['404 ResourceNotFound', () => ask('getCharge', 'none')],
  updateCharge: [
    '400 InvalidParameterValue',
    async () => ask('updateCharge', await charge(), { statusDetails: { state: 'Captured' } }, key()),
  ],
  captureCharge: ['400 MissingHeader', async () => ask('captureCharge', await charge(), { captureAmount: usd('1') })],
  cancelCharge: ['400 MissingParameterValue', async () => ask('cancelCharge', await charge(), {})],
  createRefund: ['404 ResourceNotFound', () => ask('createRefund', { chargeId: 'x', refundAmount: usd('1') }, key())],
  getRefund: ['404 ResourceNotFound', () => ask('getRefund', 'none')],
  getReports: ['400 InvalidParameterValue', () => ask('getReports', { pageSize: '1000' })],
  getReportById: ['404 ResourceNotFound', () => ask('getReportById', '59007019641')],
  getReportDocument: ['404 ResourceNotFound', () => ask('getReportDocument', '61516019327')],
  // An empty list is the answer to a type that is none.
  getReportScheduleById: ['404 ResourceNotFound', () => ask('getReportScheduleById', '1')],
  createReport: [
    '400 InvalidParameterValue',
    () => ask('createReport', { reportType: '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_' }, key()),
  ],
  createReportSchedule: [
    '400 InvalidRequest',
    async () => {
      await schedule();
      const body = { reportType: SETTLEMENT, scheduleFrequency: 'PT84H', nextReportCreationTime: '20261102T000000Z' };
      return ask('createReportSchedule', body, key());
    },
  ],
  cancelReportSchedule: ['404 ResourceNotFound', () => ask('cancelReportSchedule', '1')],
  registerAmazonPayAccount: ['400 MissingParameterValue', () => ask('registerAmazonPayAccount', {})],
  updateAmazonPayAccount: ['404 ResourceNotFound', () => ask('updateAmazonPayAccount', 'A0', {})],
  deleteAmazonPayAccount: ['404 ResourceNotFound', () => ask('deleteAmazonPayAccount', 'A0')],
  createMerchantAccount: [
    '400 InvalidParameterValue',
    () => ask('createMerchantAccount', { ...provided, ledgerCurrency: 'TEA' }),
  ],
  updateMerchantAccount: [
    '403 InvalidAuthorizationToken',
    () => ask('updateMerchantAccount', 'A0', {}, { 'x-amz-pay-authtoken': 'made up' }),
  ],
  merchantAccountClaim: ['404 ResourceNotFound', () => ask('merchantAccountClaim', 'A0', { uniqueReferenceId: 'x' })],
  createDispute: [
    '422 InvalidChargeStatus',
    async () => ask('createDispute', { chargeId: await charge(), filingReason: 'Other' }, key()),
  ],
  getDispute: ['404 ResourceNotFound', () => ask('getDispute', 'S01-0000000-0000000-B000000')],
  updateDispute: [
    '404 ResourceNotFound',
    () => ask('updateDispute', 'x', { statusDetails: { state: 'Closed' } }, key()),
  ],
  contestDispute: ['400 MissingParameterValue', async () => ask('contestDispute', await dispute(), {}, key())],
  uploadFile: ['400 MissingParameterValue', () => ask('uploadFile', {}, key())],
  merchantScan: ['400 MissingParameterValue', () => call(till, 'merchantScan', {})],
  charge: [
    '404 ResourceNotFound',
    () => call(till, 'charge', { chargePermissionId: 'x', chargeReferenceId: 'c', chargeTotal: usd('2') }),
  ],
  refund: [
    '404 ResourceNotFound',
    () => call(till, 'refund', { chargeId: 'x', refundReferenceId: 'r', refundTotal: usd('2') }),
  ],
};

test.each(Object.entries(bad).map(([method, [says, run]]) => [method, says, run] as const))(
  '%s is refused with %s',
  async (_, says, run) => {
    expect(await refusal(run())).toBe(says);
  },
);

test('no method of the SDK is left out', () => {
  const methods = [WebStoreClient, InStoreClient].flatMap(({ prototype }) => [
    ...Object.getOwnPropertyNames(prototype),
    ...Object.getOwnPropertyNames(Object.getPrototypeOf(prototype)),
  ]);
  const local = ['constructor', 'getSignedHeaders', 'generateButtonSignature'];
  const remote = [...new Set(methods)].filter((name) => !local.includes(name)).sort();
  expect(Object.keys(good).sort()).toEqual(remote);
  expect(Object.keys(bad).sort()).toEqual(remote.filter((name) => name !== 'getReportSchedules'));
});

test('getSignedHeaders and generateButtonSignature make what the emulator takes', async () => {
  const options = { method: 'GET', urlFragment: `chargePermissions/${await permit()}` };
  const headers = (await (sandbox['getSignedHeaders'] as (one: object) => object)(options)) as Record<string, string>;
  const answer = await fetch(`${emulator.url}/${options.urlFragment}`, { headers });
  expect(answer.status).toBe(200);
  const payloadJSON = JSON.stringify({
    storeId: 's',
    webCheckoutDetails: { checkoutReviewReturnUrl: 'https://a.example' },
  });
  const body = new URLSearchParams({
    payloadJSON,
    signature: sandbox.generateButtonSignature(payloadJSON),
    publicKeyId: 'SANDBOX-EMULATOR',
  });
  const started = await fetch(`${emulator.url}/checkout/start`, { method: 'POST', body, redirect: 'manual' });
  expect(started.headers.get('location')).toContain('/checkout/sign-in');
});
