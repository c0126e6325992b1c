import { generateKeyPairSync } from 'node:crypto';
import { startEmulator, type Emulator } from '../../src/emulator';
import { createV2Client, key, prepareSession, refusal, usd } from './clients';
import { post, send, type RawRequest } from './v2-signing';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ throttling: false });
});
afterAll(() => emulator.close());

const session = JSON.stringify({
  storeId: 'store',
  webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/review' },
});
const good: RawRequest = { path: '/v2/checkoutSessions', body: session };
const keyed = (value: string): Record<string, string> => ({ 'x-amz-pay-idempotency-key': value });
const foreignKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

test('what is signed as the documents say is taken', async () => {
  expect(await send(emulator, { ...good, headers: keyed('good') })).toBe('201');
});

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+/, '');

test.each<[string, string, Partial<RawRequest>]>([
  ['no signature', '400 MissingHeader', { tamper: ({ headers }) => void delete headers['authorization'] }],
  [
    'a header that is no signature',
    '400 InvalidHeaderValue',
    { tamper: ({ headers }) => void (headers['authorization'] = 'Bearer x') },
  ],
  ['an unknown algorithm', '400 InvalidHeaderValue', { algorithm: 'AMZN-PAY-HMAC' }],
  ['an unknown key id', '400 InvalidHeaderValue', { publicKeyId: 'SANDBOX-NOBODY' }],
  ['the key of a stranger', '403 InvalidRequestSignature', { privateKey: foreignKey.toString() }],
  ['the salt of the other algorithm', '403 InvalidRequestSignature', { saltLength: 20 }],
  [
    'another body',
    '403 InvalidRequestSignature',
    { tamper: (sent) => void (sent.body = session.replace('store', 'other')) },
  ],
  ['another path', '403 InvalidRequestSignature', { tamper: (sent) => void (sent.path = '/v2/refunds') }],
  [
    'another idempotency key',
    '403 InvalidRequestSignature',
    { tamper: ({ headers }) => void (headers['x-amz-pay-idempotency-key'] = 'b') },
  ],
  [
    'an unsigned header of those that count',
    '403 InvalidRequestSignature',
    {
      tamper: ({ headers }) =>
        void (headers['authorization'] = headers['authorization']!.replace('x-amz-pay-host;', '')),
    },
  ],
  ['no date', '400 MissingHeader', { headers: { ...keyed('c'), 'x-amz-pay-date': undefined } }],
  ['a date that is none', '400 InvalidHeaderValue', { date: 'yesterday' }],
  ['replayed after an hour', '403 InvalidRequestSignature', { date: minutesAgo(60) }],
  ['a region that is none', '400 InvalidHeaderValue', { headers: { ...keyed('d'), 'x-amz-pay-region': 'us' } }],
  ['another version of the API', '400 InvalidAPIVersion', { path: '/v1/checkoutSessions' }],
  ['a key for the sandbox on the path of live', '403 InvalidAuthentication', { path: '/live/v2/checkoutSessions' }],
  ['no key on a POST that needs one', '400 MissingHeader', { headers: {} }],
  ['a key that is too long', '400 InvalidHeaderValue', { headers: keyed('550e8400-e29b-41d4-a716-446655440000') }],
  ['a key of other characters', '400 InvalidHeaderValue', { headers: keyed('a.b') }],
  ['a body that is no JSON', '400 InvalidRequestFormat', { body: '{"storeId":' }],
  [
    'a field that v2 does not know',
    '400 UnrecognizedField',
    { body: JSON.stringify({ ...JSON.parse(session), orderId: 1 }) },
  ],
  [
    'checkoutMode outside a button',
    '400 UnrecognizedField',
    {
      body: JSON.stringify({
        storeId: 's',
        webCheckoutDetails: { checkoutReviewReturnUrl: 'https://a.example', checkoutMode: 'ProcessOrder' },
      }),
    },
  ],
  ['a missing field', '400 MissingParameterValue', { body: '{"storeId":"s"}' }],
  [
    'a field of another type',
    '400 InvalidParameterValue',
    { body: JSON.stringify({ ...JSON.parse(session), storeId: 7 }) },
  ],
  [
    'a note of 256 characters',
    '400 InvalidParameterValue',
    { body: JSON.stringify({ ...JSON.parse(session), merchantMetadata: { noteToBuyer: 'x'.repeat(256) } }) },
  ],
  [
    'an amount of three decimals',
    '400 InvalidParameterValue',
    {
      body: JSON.stringify({
        ...JSON.parse(session),
        paymentDetails: { chargeAmount: { amount: '1.005', currencyCode: 'USD' } },
      }),
    },
  ],
  ['a body that is an array', '400 InvalidParameterValue', { body: '[]' }],
  ['a method that is not there', '405 RequestNotSupported', { method: 'PUT' }],
  ['a path that is not there', '404 ResourceNotFound', { path: '/v2/teapots' }],
  ['a part of Amazon Pay that the emulator has not', '405 UnsupportedOperation', { path: '/v2/stores' }],
])('%s: %s', async (_, expected, change) => {
  const before = emulator.sessions().length;
  expect(await send(emulator, { ...good, headers: keyed('a'), ...change })).toBe(expected);
  expect(emulator.sessions()).toHaveLength(before);
});

test('a megabyte too much is not read', async () => {
  const { status, text } = await post(`${emulator.url}/v2/charges`, 'POST', {}, 'x'.repeat(1024 * 1024 + 1));
  expect([status, JSON.parse(text).reasonCode]).toEqual([400, 'InvalidRequest']);
});

describe('an idempotency key', () => {
  test('answers the same request with the first answer, and moves money once', async () => {
    const client = createV2Client(emulator);
    const id = await prepareSession(emulator, client, { intent: 'Confirm' });
    const { data } = await client['completeCheckoutSession']!(id, { chargeAmount: usd('94.50') });
    const body = { chargePermissionId: data.chargePermissionId, chargeAmount: usd('50.00'), captureNow: true };
    const headers = key();
    const first = await client['createCharge']!(body, { ...headers });
    const again = await client['createCharge']!(body, { ...headers });
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(emulator.order(data.chargePermissionId)).toMatchObject({ balance: '44.50 USD', charges: [{}] });
    const changed = { ...body, chargeAmount: usd('50.01') };
    expect(await refusal(client['createCharge']!(changed, { ...headers }))).toBe('400 DuplicateIdempotencyKey');
    const refund = { chargeId: first.data.chargeId, refundAmount: usd('1.00') };
    expect(await refusal(client['createRefund']!(refund, { ...headers }))).toBe('400 DuplicateIdempotencyKey');
  });

  test('of a request that was refused may be used again', async () => {
    expect(await send(emulator, { ...good, body: '{}', headers: keyed('again') })).toBe('400 MissingParameterValue');
    expect(await send(emulator, { ...good, headers: keyed('again') })).toBe('201');
  });
});

test('the quotas of the sandbox hold, and come back with time', async () => {
  const throttled = await startEmulator({ frozenAt: new Date() });
  const create = (value: string): Promise<string> => send(throttled, { ...good, headers: keyed(value) });
  const answers = [];
  for (let index = 0; index < 6; index += 1) answers.push(await create(`k${index}`));
  expect(answers).toEqual(['201', '201', '201', '201', '201', '429 TooManyRequests']);
  await throttled.clock.advance({ seconds: 1 });
  expect([await create('k5'), await create('k6')]).toEqual(['201', '429 TooManyRequests']);
  await throttled.close();
});
