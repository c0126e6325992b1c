import { startEmulator, type Emulator } from '../../src/emulator';
import { createV2Client, key, prepareSession, refusal, usd, type V2Answer, type V2Client } from './clients';

/** Finalize, reports, disputes and tokens: what follows from the calls that every-sdk-method.test.ts makes once. */
let emulator: Emulator;
let sandbox: V2Client;
let live: V2Client;
beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  sandbox = createV2Client(emulator);
  live = createV2Client(emulator, { publicKeyId: 'LIVE-EMULATOR' });
});
afterEach(() => emulator.close());

const ask = (method: string, ...args: unknown[]): Promise<V2Answer> => sandbox[method]!(...args);
const SETTLEMENT = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_';

async function permit(): Promise<string> {
  const session = await prepareSession(emulator, sandbox, { intent: 'Confirm' });
  return (await ask('completeCheckoutSession', session, { chargeAmount: usd('94.50') })).data.chargePermissionId;
}
async function capture(): Promise<string> {
  const body = { chargePermissionId: await permit(), chargeAmount: usd('9.50'), captureNow: true };
  return (await ask('createCharge', body, key())).data.chargeId;
}
async function dispute(): Promise<string> {
  return (await ask('createDispute', { chargeId: await capture(), filingReason: 'Other' }, key())).data.disputeId;
}

test('what is finalized is completed with that amount, once the buyer has paid', async () => {
  const id = await prepareSession(emulator, sandbox);
  const { data } = await ask('finalizeCheckoutSession', id, {
    chargeAmount: usd('10'),
    paymentIntent: 'AuthorizeWithCapture',
  });
  expect(data).toMatchObject({ cartDetails: null, paymentDetails: { chargeAmount: usd('10') }, constraints: [] });
  expect(await refusal(ask('completeCheckoutSession', id, { chargeAmount: usd('94.50') }))).toBe('409 AmountMismatch');
  const done = await ask('completeCheckoutSession', id, { chargeAmount: usd('10') });
  expect(emulator.order(done.data.chargePermissionId)?.charges).toMatchObject([{ captured: '10.00 USD' }]);
});

test('a report is made after a while, in pages, and its link is good for 30 seconds', async () => {
  const chargeId = await capture();
  await ask('createRefund', { chargeId, refundAmount: usd('1.00') }, key());
  const { data } = await ask('createReport', { reportType: SETTLEMENT }, key());
  expect((await ask('getReportById', data.reportId)).data.processingStatus).toBe('IN_PROGRESS');
  await emulator.clock.advance({ seconds: 30 });
  const { reportDocumentId, processingStatus } = (await ask('getReportById', data.reportId)).data;
  expect(processingStatus).toBe('COMPLETED');
  const { url, compressionAlgorithm } = (await ask('getReportDocument', reportDocumentId)).data;
  expect(compressionAlgorithm).toBe('N/A');
  const text = await (await fetch(url)).text();
  expect(text).toContain(`"Capture","${chargeId}"`);
  expect(text).toContain('"Refund"');
  await emulator.clock.advance({ seconds: 31 });
  expect((await fetch(url)).status).toBe(403);
  await ask('createReport', { reportType: SETTLEMENT }, key());
  const first = (await ask('getReports', { pageSize: '1' })).data;
  const second = (await ask('getReports', { pageSize: '1', nextToken: first.nextToken })).data;
  expect(first.reports[0].processingStatus).toBe('IN_PROGRESS');
  expect(second).toMatchObject({ reports: [{ reportId: data.reportId }], nextToken: null });
  expect((await ask('getReports', { createdSince: '20300101T000000Z' })).data).toEqual({
    reports: [],
    nextToken: null,
  });
});

test('a schedule makes its reports by itself', async () => {
  const body = { reportType: SETTLEMENT, scheduleFrequency: 'PT84H', nextReportCreationTime: '20261102T000000Z' };
  const id = (await ask('createReportSchedule', body, key())).data.reportScheduleId;
  await emulator.clock.advance({ hours: 84 * 2 });
  expect((await ask('getReports', { pageSize: '100' })).data.reports.length).toBe(2);
  expect((await ask('getReportScheduleById', id)).data).toMatchObject({ scheduleFrequency: 'PT84H' });
  await ask('cancelReportSchedule', id);
  await emulator.clock.advance({ hours: 84 });
  expect((await ask('getReports', { pageSize: '100' })).data.reports.length).toBe(2);
});

test('evidence is announced, sent, and stands with the dispute', async () => {
  const { data: file } = await ask('uploadFile', { type: 'jpg', purpose: 'disputeEvidence' }, key());
  expect((await fetch(file.url, { method: 'PUT', body: 'picture' })).status).toBe(200);
  const evidence = { evidenceType: 'TrackingNumber', fileId: file.id, evidenceText: 'delivered' };
  const id = await dispute();
  const { data } = await ask('contestDispute', id, { merchantEvidences: [evidence] }, key());
  expect(data).toMatchObject({
    statusDetails: { state: 'UnderReview', reasonCode: null },
    merchantEvidences: [evidence],
  });
  emulator.people.decideDispute(id, 'MerchantWon');
  expect((await ask('getDispute', id)).data.statusDetails).toMatchObject({
    state: 'Resolved',
    resolution: 'MerchantWon',
    reasonCode: 'InvestigatorResolved',
  });
  expect(await refusal(ask('contestDispute', id, { merchantEvidences: [evidence] }, key()))).toBe(
    '422 InvalidChargeStatus',
  );
});

test('who does not answer a dispute in 11 days loses it', async () => {
  const id = await dispute();
  await emulator.clock.advance({ days: 11 });
  expect((await ask('getDispute', id)).data.statusDetails).toMatchObject({
    resolution: 'BuyerWon',
    reasonCode: 'MerchantResponseDeadlineExpired',
  });
});

test('a token of another merchant is needed where one is sent', async () => {
  const { data } = await live['getAuthorizationToken']!('amzn.mws.1', 'A2MERCHANT');
  const id = await permit();
  const headers = { 'x-amz-pay-authtoken': data.authorizationToken };
  expect((await ask('getChargePermission', id, headers)).status).toBe(200);
  const forged = { 'x-amz-pay-authtoken': `${data.authorizationToken}x` };
  expect(await refusal(ask('getChargePermission', id, forged))).toBe('403 InvalidAuthorizationToken');
});
