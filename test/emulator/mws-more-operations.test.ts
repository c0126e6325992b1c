import { operations } from '../../src/catalog/operations';
import { startEmulator, type Emulator } from '../../src/emulator';
import {
  action,
  amount,
  authorize,
  confirmOrder,
  createLegacyClient,
  legacy,
  reference,
  type LegacyClient,
} from './clients';
import { startHandler } from './handler';

/** Operations of MWS that `amazon-payments` has no method for (facts: api-mapping.md section 8, ipn.md section 2). */
let emulator: Emulator;
let client: LegacyClient;
beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: new Date('2026-11-01T12:00:00Z'), throttling: false, httpsPort: false });
  client = createLegacyClient(emulator);
});
afterEach(() => emulator.close());

test.each(Object.keys(operations))('%s is known', async (name) => {
  const answer = await action(client, name, {});
  // Without parameters it is either refused for what it lacks, or done.
  expect(typeof answer === 'string' ? answer : 'done').toMatch(/^(done|MissingParameter)$/);
});

test('an action that is none is refused', async () => {
  expect(await action(client, 'MakeTea', {})).toBe('InvalidParameterValue');
});

const list = (more: object = {}): ReturnType<typeof action> =>
  action(client, 'ListOrderReference', { QueryId: 'order-1', QueryIdType: 'SellerOrderId', ...more });
const idsOf = (answer: { OrderReferenceList: unknown }): string[] => {
  const { OrderReference = [] } = (answer.OrderReferenceList || {}) as { OrderReference?: object | object[] };
  return [OrderReference].flat().map((one) => (one as { AmazonOrderReferenceId: string }).AmazonOrderReferenceId);
};

test('orders are listed by the number of the merchant, in pages, by state and time', async () => {
  const ids = [];
  for (let index = 0; index < 5; index += 1) {
    ids.push(await confirmOrder(emulator, client));
    await emulator.clock.advance({ hours: 1 });
  }
  await legacy(client, 'closeOrderReference', { AmazonOrderReferenceId: ids[0], ClosureReason: 'sold out' });
  expect(idsOf(await list())).toEqual(ids);
  expect(idsOf(await list({ QueryId: 'order-2' }))).toEqual([]);
  expect(idsOf(await list({ SortOrder: 'Descending' }))).toEqual([...ids].reverse());
  expect(idsOf(await list({ 'OrderReferenceStatusListFilter.OrderReferenceStatus.1': 'Closed' }))).toEqual([ids[0]]);
  expect(idsOf(await list({ 'CreatedTimeRange.StartTime': '2026-11-01T15:30:00Z' }))).toEqual([ids[4]]);
  const first = await list({ PageSize: 2 });
  const second = await action(client, 'ListOrderReferenceByNextToken', { NextPageToken: first.NextPageToken });
  const third = await action(client, 'ListOrderReferenceByNextToken', { NextPageToken: second.NextPageToken });
  expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual(ids);
  expect(third.NextPageToken).toBeUndefined();
  const [closed] = [(await list()).OrderReferenceList.OrderReference].flat() as { OrderReferenceStatus: object }[];
  expect(closed?.OrderReferenceStatus).toMatchObject({ ReasonCode: 'SellerClosed', ReasonDescription: 'sold out' });
});

test.each([
  ['no query', { QueryId: '' }, 'MissingParameter'],
  ['a query of another kind', { QueryIdType: 'Name' }, 'InvalidParameterValue'],
  ['a page of none', { PageSize: 0 }, 'InvalidParameterValue'],
  ['a time that is none', { 'CreatedTimeRange.StartTime': 'soon' }, 'InvalidParameterValue'],
])('a list with %s is refused', async (_, more, code) => expect(await list(more)).toBe(code));

test('a token that nobody gave out is refused', async () => {
  const forged = Buffer.from('{"offset":-1}').toString('base64url');
  for (const NextPageToken of ['tea', forged])
    expect(await action(client, 'ListOrderReferenceByNextToken', { NextPageToken })).toBe('InvalidParameterValue');
});

const share = (ProviderId: string, value: string) => ({
  'ProviderCreditList.member.1.ProviderId': ProviderId,
  'ProviderCreditList.member.1.CreditAmount.Amount': value,
  'ProviderCreditList.member.1.CreditAmount.CurrencyCode': 'USD',
});

describe('a credit of a solution provider', () => {
  async function capture(more: object): Promise<ReturnType<typeof legacy>> {
    const id = await confirmOrder(emulator, client);
    const { AmazonAuthorizationId } = (await authorize(client, id)).AuthorizationDetails;
    return legacy(client, 'capture', {
      AmazonAuthorizationId,
      CaptureReferenceId: reference(),
      CaptureAmount: amount('94.50'),
      ...more,
    });
  }
  const reverse = (AmazonProviderCreditId: string, value: string, more = {}): ReturnType<typeof action> =>
    action(client, 'ReverseProviderCredit', {
      AmazonProviderCreditId,
      CreditReversalReferenceId: reference(),
      CreditReversalAmount: amount(value),
      ...more,
    });

  test('is given with a capture, taken back in parts, and closed when nothing is left', async () => {
    const { CaptureDetails } = await capture(share('A2PROVIDER', '9.45'));
    const summary = CaptureDetails.ProviderCreditSummaryList.member;
    expect(summary).toMatchObject({ ProviderId: 'A2PROVIDER' });
    const AmazonProviderCreditId = summary.ProviderCreditId as string;
    expect(AmazonProviderCreditId).toMatch(/^S01-\d{7}-\d{7}-P\d{6}$/);
    const { ProviderCreditReversalDetails } = await reverse(AmazonProviderCreditId, '4.00', {
      CreditReversalNote: 'half',
    });
    expect(ProviderCreditReversalDetails).toMatchObject({
      AmazonProviderCreditReversalId: expect.stringMatching(/-Q\d{6}$/),
      CreditReversalStatus: { State: 'Completed' },
      CreditReversalNote: 'half',
    });
    const { AmazonProviderCreditReversalId } = ProviderCreditReversalDetails;
    const read = await action(client, 'GetProviderCreditReversalDetails', { AmazonProviderCreditReversalId });
    expect(read).toMatchObject({ ProviderCreditReversalDetails });
    expect(await reverse(AmazonProviderCreditId, '5.46')).toBe('TransactionAmountExceeded');
    await reverse(AmazonProviderCreditId, '5.45');
    const { ProviderCreditDetails } = await action(client, 'GetProviderCreditDetails', { AmazonProviderCreditId });
    expect(ProviderCreditDetails).toMatchObject({
      ProviderId: 'A2PROVIDER',
      CreditAmount: { Amount: '9.45', CurrencyCode: 'USD' },
      CreditReversalAmount: { Amount: '9.45' },
      CreditStatus: { State: 'Closed', ReasonCode: 'MaxAmountReversed' },
    });
  });

  test('of an authorization with capture, and taken back by a refund', async () => {
    const id = await confirmOrder(emulator, client);
    const { AmazonAuthorizationId } = (
      await authorize(client, id, { CaptureNow: true, ...share('A2PROVIDER', '9.45') })
    ).AuthorizationDetails;
    const refund = (more: object): ReturnType<typeof legacy> =>
      legacy(client, 'refund', {
        AmazonCaptureId: AmazonAuthorizationId.replace('-A', '-C'),
        RefundReferenceId: reference(),
        RefundAmount: amount('10.00'),
        ...more,
      });
    const give = (ProviderId: string, value: string) => ({
      'ProviderCreditReversalList.member.1.ProviderId': ProviderId,
      'ProviderCreditReversalList.member.1.CreditReversalAmount': amount(value),
    });
    expect(await refund(give('A2OTHER', '1.00'))).toBe('InvalidParameterValue');
    expect(await refund(give('A2PROVIDER', '9.46'))).toBe('TransactionAmountExceeded');
    expect(emulator.order(id)?.charges[0]?.refunds).toEqual([]);
    const { RefundDetails } = await refund(give('A2PROVIDER', '1.00'));
    expect(RefundDetails.ProviderCreditReversalSummaryList.member).toMatchObject({ ProviderId: 'A2PROVIDER' });
  });

  test('that is more than the capture is refused, and nothing is captured', async () => {
    expect(await capture(share('A2PROVIDER', '94.51'))).toBe('TransactionAmountExceeded');
    expect(emulator.orders()[0]?.charges).toMatchObject([{ captured: null, v2: 'Authorized' }]);
  });

  test('that nobody gave is not there', async () => {
    const AmazonProviderCreditId = 'S01-0000000-0000000-P000000';
    expect(await action(client, 'GetProviderCreditDetails', { AmazonProviderCreditId })).toBe('InvalidParameterValue');
  });
});

test('the status of the account, and of the service', async () => {
  expect(await action(client, 'GetMerchantAccountStatus', {})).toMatchObject({ AccountStatus: 'ACTIVE' });
  expect(await action(client, 'GetServiceStatus', {})).toMatchObject({ Status: 'GREEN' });
});

test('notifications of legacy go where its API says, by type', async () => {
  const [captures, everything] = [await startHandler(), await startHandler()];
  const list = 'NotificationConfigurationList.NotificationConfiguration';
  const configuration = {
    [`${list}.1.NotificationUrl`]: captures.url,
    [`${list}.1.EventTypes.EventTypeList.1`]: 'PAYMENT_CAPTURE',
    [`${list}.2.NotificationUrl`]: everything.url,
    [`${list}.2.EventTypes.EventTypeList.1`]: 'ALL',
  };
  expect(await action(client, 'SetMerchantNotificationConfiguration', configuration)).toEqual({});
  const read = await action(client, 'GetMerchantNotificationConfiguration', {});
  expect(read.NotificationConfigurationList.member).toMatchObject([
    { NotificationUrl: captures.url, EventTypes: { member: 'PAYMENT_CAPTURE' } },
    { NotificationUrl: everything.url, EventTypes: { member: 'ALL' } },
  ]);
  const id = await confirmOrder(emulator, client);
  await authorize(client, id, { CaptureNow: true, ...share('A2PROVIDER', '9.45') });
  await emulator.settled();
  const types = (bodies: readonly { body: string }[]) =>
    bodies.map(({ body }) => (JSON.parse(JSON.parse(body).Message) as { NotificationType: string }).NotificationType);
  expect(types(captures.received)).toEqual(['PaymentCapture']);
  expect(types(everything.received)).toEqual([
    'OrderReferenceNotification',
    'PaymentAuthorize',
    'PaymentCapture',
    'OrderReferenceNotification',
    'ProviderCredit',
  ]);
  expect(await action(client, 'SetMerchantNotificationConfiguration', { [`${list}.1.NotificationUrl`]: 'tea' })).toBe(
    'InvalidParameterValue',
  );
  await captures.close();
  await everything.close();
});
