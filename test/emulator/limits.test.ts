import { startEmulator, type Emulator } from '../../src/emulator';
import {
  amount,
  authorize,
  confirmOrder,
  createLegacyClient,
  createV2Client,
  key,
  legacy,
  prepareSession,
  reference,
  refusal,
  usd,
  type LegacyClient,
  type V2Client,
} from './clients';

/** Counts, amounts and times (facts: states.md, v2-rest.md section 7, captures.md section 7). */
let emulator: Emulator;
let client: V2Client;
let old: LegacyClient;

beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false });
  client = createV2Client(emulator);
  old = createLegacyClient(emulator);
});
afterEach(() => emulator.close());

async function permit(total = '94.50'): Promise<string> {
  const session = await prepareSession(emulator, client, { intent: 'Confirm', amount: total });
  return (await client['completeCheckoutSession']!(session, { chargeAmount: usd(total) })).data.chargePermissionId;
}
const charge = (id: string, value: string, more: object = {}): Promise<unknown> =>
  refusal(client['createCharge']!({ chargePermissionId: id, chargeAmount: usd(value), ...more }, key()));
async function captured(value: string): Promise<string> {
  const session = await prepareSession(emulator, client, { intent: 'AuthorizeWithCapture', amount: value });
  return (await client['completeCheckoutSession']!(session, { chargeAmount: usd(value) })).data.chargeId;
}
const refund = (chargeId: string, value: string): Promise<unknown> =>
  refusal(client['createRefund']!({ chargeId, refundAmount: usd(value) }, key()));

test('25 charges on one permission, and in legacy the order is closed with the last', async () => {
  const id = await permit();
  for (let index = 0; index < 25; index += 1) expect(await charge(id, '1.00')).toMatchObject({ status: 201 });
  expect(await charge(id, '1.00')).toBe('422 TransactionCountExceeded');
  expect(emulator.order(id)).toMatchObject({
    legacy: 'Closed (MaxAuthorizationsProcessed)',
    v2: 'Closed (AmazonClosed)',
  });
  expect(emulator.order(id)?.charges).toHaveLength(25);
});

test('ten refunds of one charge', async () => {
  const id = await captured('94.50');
  for (let index = 0; index < 10; index += 1) expect(await refund(id, '1.00')).toMatchObject({ status: 201 });
  expect(await refund(id, '1.00')).toBe('422 TransactionCountExceeded');
  const { CaptureDetails } = await legacy(old, 'getCaptureDetails', { AmazonCaptureId: id });
  expect(CaptureDetails.CaptureStatus).toMatchObject({ State: 'Closed', ReasonCode: 'MaxRefundsProcessed' });
});

test.each([
  ['100.00', '115.00', '115.01'],
  ['1000.00', '1075.00', '1075.01'],
])('of %s at most %s can be given back', async (total, most, tooMuch) => {
  expect(await refund(await captured(total), tooMuch)).toBe('400 TransactionAmountExceeded');
  const id = await captured(total);
  expect(await refund(id, most)).toMatchObject({ status: 201 });
  expect(await refund(id, '0.01')).toBe('400 TransactionAmountExceeded');
});

test('amounts and balances add up to the cent', async () => {
  const id = await permit('0.30');
  for (const value of ['0.10', '0.20'])
    expect(await charge(id, value, { captureNow: true })).toMatchObject({ status: 201 });
  expect(emulator.order(id)).toMatchObject({ balance: '0.00 USD', legacy: 'Closed (MaxAmountCharged)' });
});

test('what a cancelled charge reserved can be charged again, and what a partial capture left as well', async () => {
  const id = await permit('10.00');
  const first = (await charge(id, '10.00')) as { data: { chargeId: string } };
  expect(await charge(id, '1.00')).toBe('422 InvalidChargePermissionStatus');
  await client['cancelCharge']!(first.data.chargeId, { cancellationReason: 'r' });
  const second = (await charge(id, '10.00')) as typeof first;
  await client['captureCharge']!(second.data.chargeId, { captureAmount: usd('4.00') }, key());
  expect(await charge(id, '6.01')).toBe('400 TransactionAmountExceeded');
  expect(await charge(id, '6.00')).toMatchObject({ status: 201 });
});

test('yen have no decimals', async () => {
  const body = {
    storeId: 's',
    webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example' },
    paymentDetails: { chargeAmount: { amount: '100.5', currencyCode: 'JPY' } },
  };
  expect(await refusal(client['createCheckoutSession']!(body, key()))).toBe('400 InvalidParameterValue');
});

test('a charge of v2 expires after 30 days in the sandbox too', async () => {
  const id = await permit();
  const { data } = (await charge(id, '94.50')) as { data: { chargeId: string } };
  await emulator.clock.advance({ days: 29 });
  expect((await client['getCharge']!(data.chargeId)).data.statusDetails.state).toBe('Authorized');
  await emulator.clock.advance({ days: 1 });
  expect((await client['getCharge']!(data.chargeId)).data.statusDetails).toMatchObject({
    state: 'Canceled',
    reasonCode: 'ExpiredUnused',
  });
});

test('a capture after seven days is taken later', async () => {
  const id = await permit();
  const { data } = (await charge(id, '94.50')) as { data: { chargeId: string } };
  await emulator.clock.advance({ days: 8 });
  const capture = await client['captureCharge']!(data.chargeId, { captureAmount: usd('94.50') }, key());
  expect(capture.data.statusDetails.state).toBe('CaptureInitiated');
  expect(await refund(data.chargeId, '1.00')).toBe('422 InvalidChargeStatus');
  await emulator.clock.advance({ seconds: 30 });
  expect((await client['getCharge']!(data.chargeId)).data.statusDetails.state).toBe('Captured');
});

test('a permission ends after 180 days; its buyer can be read for 30, its session for as long', async () => {
  const session = await prepareSession(emulator, client, { intent: 'Confirm' });
  const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  const read = async () => (await client['getChargePermission']!(data.chargePermissionId)).data;
  expect((await read()).buyer.name).toBe('Susie Smith');
  await emulator.clock.advance({ days: 31 });
  expect((await read()).buyer).toBeNull();
  expect(await refusal(client['getCheckoutSession']!(session))).toBe('404 ResourceNotFound');
  await emulator.clock.advance({ days: 149 });
  expect((await read()).statusDetails).toMatchObject({ state: 'Closed', reasons: [{ reasonCode: 'Expired' }] });
});

test('the buyer who leaves is charged in neither API', async () => {
  const draft = emulator.people.startOrderReference();
  const session = await prepareSession(emulator, client);
  await emulator.clock.advance({ days: 1 });
  expect(emulator.order(draft)).toMatchObject({ legacy: 'Canceled (Stale)', charges: [] });
  expect(emulator.sessions()).toMatchObject([{ id: session, state: 'Canceled (Expired)', orderId: null }]);
});

test('closed permissions take metadata that they lack, and keep what they have', async () => {
  const id = await permit();
  await client['closeChargePermission']!(id, { closureReason: 'done' });
  const update = (merchantMetadata: object): Promise<unknown> =>
    refusal(client['updateChargePermission']!(id, { merchantMetadata }));
  expect(await update({ customInformation: 'new' })).toMatchObject({
    data: { merchantMetadata: { customInformation: 'new' } },
  });
  expect(await update({ merchantReferenceId: 'another' })).toBe('422 ChargePermissionNotModifiable');
});

describe('simulation codes', () => {
  const simulate = (code: string) => key({ 'x-amz-pay-simulation-code': code });
  test.each(['SoftDeclined', 'HardDeclined', 'AmazonRejected', 'TransactionTimedOut'])(
    'Create Charge: %s',
    async (code) => {
      const body = { chargePermissionId: await permit(), chargeAmount: usd('1.00') };
      expect(await refusal(client['createCharge']!(body, simulate(code)))).toBe(`422 ${code}`);
    },
  );

  test('Capture Charge: AmazonRejected is decided later', async () => {
    const id = await permit();
    const { data } = (await charge(id, '94.50')) as { data: { chargeId: string } };
    const capture = await client['captureCharge']!(
      data.chargeId,
      { captureAmount: usd('94.50') },
      simulate('AmazonRejected'),
    );
    expect(capture.data.statusDetails.state).toBe('CaptureInitiated');
    await emulator.clock.advance({ seconds: 30 });
    expect(emulator.order(id)?.charges[0]).toMatchObject({ v2: 'Declined (AmazonRejected)', captured: null });
  });

  test('Close Charge Permission: AmazonClosed', async () => {
    const id = await permit();
    const closed = await client['closeChargePermission']!(id, { closureReason: 'r' }, simulate('AmazonClosed'));
    expect(closed.data.statusDetails.reasons[0].reasonCode).toBe('AmazonClosed');
  });

  test('one that the call does not know, and any in live', async () => {
    const body = { chargePermissionId: await permit(), chargeAmount: usd('1.00') };
    expect(await refusal(client['createCharge']!(body, simulate('Bored')))).toBe(
      '400 InvalidSandboxSimulationSpecified',
    );
    const live = createV2Client(emulator, { publicKeyId: 'LIVE-EMULATOR' });
    const inLive = refusal(live['createCharge']!(body, simulate('HardDeclined')));
    expect(await inLive).toBe('400 InvalidSandboxSimulationSpecified');
  });
});

test('a legacy refund of an authorization id says that the transaction is invalid', async () => {
  const id = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, id, { CaptureNow: true })).AuthorizationDetails;
  const answer = await legacy(old, 'refund', {
    AmazonCaptureId: AmazonAuthorizationId,
    RefundReferenceId: reference(),
    RefundAmount: amount('1.00'),
  });
  expect(answer).toBe('InvalidCaptureId');
});
