import https from 'node:https';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator';
import { createSnsVerifier } from '../../src/amazon-pay/sns-verifier';
import { translate } from '../../transforms/ipn/translate';
import {
  amount,
  authorize,
  confirmOrder,
  createLegacyClient,
  createV2Client,
  key,
  legacy,
  prepareSession,
  refusal,
  usd,
} from './clients';
import { agentTo, startHandler, type Handler } from './handler';

let handler: Handler;
let emulator: Emulator;
afterEach(async () => {
  await emulator.close();
  await handler.close();
});

async function start(options: EmulatorOptions = {}): Promise<void> {
  handler = await startHandler();
  emulator = await startEmulator({
    frozenAt: new Date('2026-11-01T12:00:00Z'),
    throttling: false,
    notificationUrl: handler.url,
    ...options,
  });
}

/** What our own handler code makes of what came: verified, then translated to v2. */
async function told(): Promise<string[]> {
  await emulator.settled();
  const verifier = createSnsVerifier({ topics: [emulator.topicArn], agent: agentTo(emulator) });
  const messages = [];
  for (const { body } of handler.received.splice(0)) {
    const verified = await verifier.verify(body);
    const { version, notification, error } = translate(JSON.stringify(verified));
    expect(error).toBeUndefined();
    messages.push(`${version} ${notification?.ObjectType} ${notification?.ObjectId}`);
  }
  return messages;
}

test.each(['1', '2'] as const)(
  'signature version %s of legacy and v2 passes our own verifier',
  async (signatureVersion) => {
    await start({ signatureVersion });
    const old = createLegacyClient(emulator);
    const id = await confirmOrder(emulator, old);
    const { AmazonAuthorizationId } = (await authorize(old, id, { CaptureNow: true })).AuthorizationDetails;
    const chargeId = AmazonAuthorizationId.replace('-A', '-C');
    await emulator.settled();
    expect(handler.received[0]?.headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-type': 'Notification',
    });
    // The order is opened, then charged as a whole; the authorization and the capture are one charge in v2.
    expect(await told()).toEqual([
      `v1 CHARGE_PERMISSION ${id}`,
      `v1 CHARGE ${chargeId}`,
      `v1 CHARGE ${chargeId}`,
      `v1 CHARGE_PERMISSION ${id}`,
    ]);
    const client = createV2Client(emulator);
    const session = await prepareSession(emulator, client);
    const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
    expect(await told()).toEqual([`v2 CHARGE ${data.chargeId}`]);
  },
);

test('the legacy client itself verifies and unwraps what it is sent', async () => {
  await start();
  const old = createLegacyClient(emulator);
  const id = await confirmOrder(emulator, old);
  const { AmazonAuthorizationId } = (await authorize(old, id, { CaptureNow: true })).AuthorizationDetails;
  const refund = await legacy(old, 'refund', {
    AmazonCaptureId: AmazonAuthorizationId.replace('-A', '-C'),
    RefundReferenceId: 'slip-1',
    RefundAmount: amount('4.50'),
  });
  await emulator.clock.advance({ seconds: 30 });
  const last = handler.received.at(-1)?.body ?? '';
  // It fetches the certificate by https from the host of SNS: here the emulator is that host.
  const [request, agent] = [https.request, agentTo(emulator)];
  const redirected = (options: object, ...rest: unknown[]) =>
    (request as (...args: unknown[]) => unknown)({ ...options, agent }, ...rest);
  https.request = redirected as typeof https.request;
  try {
    const message = await new Promise((resolve, reject) =>
      old.parseSNSResponse(JSON.parse(last), (error, value) => (error ? reject(error as Error) : resolve(value))),
    );
    expect(message).toMatchObject({
      NotificationType: 'PaymentRefund',
      ReleaseEnvironment: 'Sandbox',
      NotificationData: {
        AmazonRefundId: refund.RefundDetails.AmazonRefundId,
        RefundReferenceId: 'slip-1',
        RefundStatus: { State: 'Completed' },
        RefundAmount: { Amount: '4.50', CurrencyCode: 'USD' },
      },
    });
  } finally {
    https.request = request;
  }
});

describe('the format', () => {
  const chargeOnce = async (notificationFormat: 'v1' | 'v2' | 'both' | 'matching'): Promise<string[]> => {
    await start({ notificationFormat });
    const client = createV2Client(emulator);
    const session = await prepareSession(emulator, client, { amount: '50.00' });
    await client['completeCheckoutSession']!(session, { chargeAmount: usd('50.00') });
    return (await told()).map((line) => line.split(' ').slice(0, 2).join(' '));
  };
  test.each([
    ['matching', ['v2 CHARGE']],
    ['v2', ['v2 CHARGE']],
    ['v1', ['v1 CHARGE', 'v1 CHARGE_PERMISSION']],
    ['both', ['v1 CHARGE', 'v1 CHARGE_PERMISSION', 'v2 CHARGE']],
  ] as const)('%s', async (format, expected) => {
    expect(await chargeOnce(format)).toEqual(expected);
  });
});

/** One charge of v2, declined later: the charge is told twice. */
async function tellAboutCharge(): Promise<void> {
  const client = createV2Client(emulator);
  const session = await prepareSession(emulator, client);
  await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  await emulator.settled();
}
const attempts = (): (number | null)[] =>
  emulator.notifications.list().flatMap((row) => row.attempts.map(({ status }) => status));

describe('retries', () => {
  test('v2: every hour for three hours, while the answer is 5xx', async () => {
    await start();
    handler.answers.push(500, 503, 500, 500, 500);
    await tellAboutCharge();
    await emulator.clock.advance({ days: 1 });
    expect(attempts()).toEqual([500, 503, 500, 500]);
    expect(emulator.notifications.list()[0]?.state).toBe('given up');
  });

  test('legacy: every hour for 14 days', async () => {
    await start();
    handler.answers.push(...Array.from({ length: 400 }, () => 500));
    await confirmOrder(emulator, createLegacyClient(emulator));
    await emulator.clock.advance({ days: 15 });
    expect(attempts()).toHaveLength(14 * 24 + 1);
  });

  test('a 4xx ends them for good', async () => {
    await start();
    handler.answers.push(400);
    await tellAboutCharge();
    await emulator.clock.advance({ days: 1 });
    expect(attempts()).toEqual([400]);
  });

  test('they end when it arrives', async () => {
    await start();
    handler.answers.push(500);
    await tellAboutCharge();
    await emulator.clock.advance({ days: 1 });
    expect(attempts()).toEqual([500, 200]);
  });

  test('nobody listens', async () => {
    await start();
    await handler.close();
    await tellAboutCharge();
    expect(emulator.notifications.list()).toMatchObject([{ state: 'given up', attempts: [{ status: null }] }]);
  });
});

describe('on request', () => {
  test('a message comes twice', async () => {
    await start();
    emulator.notifications.faults.duplicate = 1;
    await tellAboutCharge();
    const ids = handler.received.map(({ headers }) => headers['x-amz-sns-message-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('a message is lost', async () => {
    await start();
    emulator.notifications.faults.lose = 1;
    await tellAboutCharge();
    expect(handler.received).toEqual([]);
    expect(emulator.notifications.list()).toMatchObject([{ state: 'lost' }]);
  });

  test('messages come in another order', async () => {
    await start();
    emulator.notifications.faults.hold = true;
    await tellAboutCharge();
    await tellAboutCharge();
    expect(handler.received).toEqual([]);
    const inOrder = emulator.notifications.list().map(({ objectId }) => objectId);
    emulator.notifications.release('reverse');
    const came = (await told()).map((line) => line.split(' ')[2]);
    expect(came).toEqual([...inOrder].reverse());
  });
});

test('the payment method, the buyer, a chargeback and a refund are told about', async () => {
  await start();
  const client = createV2Client(emulator);
  const session = await prepareSession(emulator, client, { recurring: true, intent: 'AuthorizeWithCapture' });
  const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
  const { chargePermissionId: permission, chargeId } = data;
  await told();
  const body = { chargePermissionId: permission, chargeAmount: usd('1.00') };
  await refusal(client['createCharge']!(body, key({ 'x-amz-pay-simulation-code': 'HardDeclined' })));
  expect((await told()).slice(1)).toEqual([`v2 CHARGE_PERMISSION ${permission}`]);
  emulator.people.changePaymentMethod(permission);
  expect(await told()).toEqual([`v2 CHARGE_PERMISSION ${permission}`]);
  const refund = await client['createRefund']!({ chargeId, refundAmount: usd('1.00') }, key());
  expect(await told()).toEqual([]);
  await emulator.clock.advance({ seconds: 30 });
  expect(await told()).toEqual([`v2 REFUND ${refund.data.refundId}`]);
  const dispute = emulator.people.chargeBack(chargeId);
  expect(await told()).toEqual([`v2 CHARGEBACK ${dispute}`]);
  emulator.people.closeAgreement(permission);
  expect(await told()).toEqual([`v2 CHARGE_PERMISSION ${permission}`]);
});

describe('what a buyer changes of an agreement', () => {
  const messages = (): Record<string, string>[] =>
    handler.received.splice(0).map(({ body }) => JSON.parse((JSON.parse(body) as { Message: string }).Message));

  test('is told by legacy with what changed, and by v2 as ATTRIBUTE_CHANGE', async () => {
    await start({ notificationFormat: 'both' });
    const id = emulator.people.startBillingAgreement();
    emulator.people.changeAddress(id, 1);
    await legacy(createLegacyClient(emulator), 'confirmBillingAgreement', { AmazonBillingAgreementId: id });
    await emulator.settled();
    // A draft is nobody's business.
    expect(messages()).toMatchObject([
      { EventType: 'BillingAgreementStatusUpdated' },
      { NotificationType: 'STATE_CHANGE' },
    ]);
    emulator.people.changePaymentMethod(id, '4444');
    await emulator.settled();
    const about = { ObjectType: 'CHARGE_PERMISSION', ObjectId: id, NotificationType: 'ATTRIBUTE_CHANGE' };
    expect(messages()).toMatchObject([{ EventType: 'PaymentMethodUpdated' }, about]);
    emulator.people.changeAddress(id, 0);
    await emulator.settled();
    expect(messages()).toMatchObject([{ EventType: 'AddressUpdated' }, about]);
    // The same again is no change.
    emulator.people.changeAddress(id, 0);
    await emulator.settled();
    expect(messages()).toEqual([]);
  });

  test('is told as its new state when that changes with it', async () => {
    await start({ notificationFormat: 'both' });
    const old = createLegacyClient(emulator);
    const id = await confirmOrder(emulator, old);
    const note = '{"SandboxSimulation":{"State":"Declined","ReasonCode":"InvalidPaymentMethod"}}';
    await authorize(old, id, { SellerAuthorizationNote: note });
    await emulator.settled();
    messages();
    emulator.people.changePaymentMethod(id, '4444');
    await emulator.settled();
    expect(messages().map((one) => one['NotificationType'])).toEqual(['OrderReferenceNotification', 'STATE_CHANGE']);
  });
});
