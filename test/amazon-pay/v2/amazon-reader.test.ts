import { constants, createHash, generateKeyPairSync, verify } from 'node:crypto';
import { startEmulator, type Emulator } from '../../../src/emulator';
import { AccountError, algorithms, environmentOf, type Account } from '../../../src/amazon-pay/v2/account';
import { openAmazonReader, type AmazonReader, type Line } from '../../../src/amazon-pay/v2/amazon-reader';
import { readRetryAfter } from '../../../src/amazon-pay/retry-after';
import { createV2Client, prepareSession, usd } from '../../emulator/clients';
import { json, startFakeAmazon, type Asked, type FakeAmazon } from './fake-amazon';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const CHARGE = 'S01-1112223-3334445-C000111';
const account: Account = { publicKeyId: 'SANDBOX-KEY', privateKey, region: 'eu' };

describe('the line to Amazon', () => {
  let amazon: FakeAmazon;
  const readers: AmazonReader[] = [];
  beforeEach(async () => {
    amazon = await startFakeAmazon();
  });
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.close()));
    await amazon.close();
  });

  async function open(change: Partial<Account> = {}, line: Line = {}): Promise<AmazonReader> {
    const reader = await openAmazonReader({ ...account, ...change }, { endpoint: amazon.url, ...line });
    readers.push(reader);
    return reader;
  }

  /** By facts/v2-rest.md section 3, and by no code of the SDK. */
  function isSigned({ method, path, headers }: Asked, saltLength: number): boolean {
    const [, algorithm = '', list = '', signature = ''] =
      /^(\S+) PublicKeyId=[^,]+, SignedHeaders=([^,]+), Signature=(\S+)$/.exec(headers.authorization ?? '') ?? [];
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    const lines = list.split(';').map((name) => `${name}:${String(headers[name])}\n`);
    const canonical = `${method}\n${path}\n\n${lines.join('')}\n${list}\n${sha256('')}`;
    const key = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    return verify(
      'RSA-SHA256',
      Buffer.from(`${algorithm}\n${sha256(canonical)}`),
      key,
      Buffer.from(signature, 'base64'),
    );
  }

  test.each([
    ['AMZN-PAY-RSASSA-PSS', 20],
    ['AMZN-PAY-RSASSA-PSS-V2', 32],
  ] as const)('signs with %s as the documents say', async (algorithm, saltLength) => {
    await (await open({ algorithm })).read('CHARGE', CHARGE);
    const [asked] = amazon.asked as [Asked];
    expect(isSigned(asked, saltLength)).toBe(true);
    expect(asked.headers).toMatchObject({ 'x-amz-pay-host': 'pay-api.amazon.eu', 'x-amz-pay-region': 'eu' });
  });

  test.each([
    ['SANDBOX-KEY', undefined, CHARGE, `/v2/charges/${CHARGE}`],
    ['LIVE-KEY', undefined, 'P01-1112223-3334445-C000111', '/v2/charges/P01-1112223-3334445-C000111'],
    ['KEY', true, CHARGE, `/sandbox/v2/charges/${CHARGE}`],
    ['KEY', false, 'P01-1112223-3334445-C000111', '/live/v2/charges/P01-1112223-3334445-C000111'],
  ])('a key id %s with sandbox %s asks at %s', async (publicKeyId, sandbox, id, path) => {
    await (await open({ publicKeyId, ...(sandbox === undefined ? {} : { sandbox }) })).read('CHARGE', id);
    expect(amazon.asked.map((asked) => asked.path)).toEqual([path]);
  });

  test('what leaves is GET and has no body, whatever is asked for', async () => {
    const reader = await open();
    await reader.read('CHARGE', CHARGE);
    await reader.read('REFUND', 'S01-1112223-3334445-R000111');
    await reader.read('CHARGE_PERMISSION', 'C01-1112223-3334445');
    await reader.read('CHARGEBACK', 'S01-1112223-3334445-B000111');
    expect(amazon.asked.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      `GET /v2/charges/${CHARGE} `,
      'GET /v2/refunds/S01-1112223-3334445-R000111 ',
      'GET /v2/chargePermissions/C01-1112223-3334445 ',
      'GET /v2/disputes/S01-1112223-3334445-B000111 ',
    ]);
    // The type has a verb to read and one to hang up; no other can be called.
    const verbs: readonly (keyof AmazonReader)[] = ['environment', 'read', 'close'];
    const everything: Record<keyof AmazonReader, true> = { environment: true, read: true, close: true };
    expect(Object.keys(everything)).toEqual(verbs);
  });

  test.each(['../refunds/x', `${CHARGE}/cancel`, 'S01-1112223-3334445', '', 'C9KORZRXQ655G'])(
    'an id of another form, %j, is not asked for',
    async (id) => {
      await expect((await open()).read('CHARGE', id)).rejects.toMatchObject({ code: 'not-asked' });
      expect(amazon.asked).toEqual([]);
    },
  );

  test('an id of the other environment is not asked for', async () => {
    await expect((await open()).read('CHARGE', 'P01-1112223-3334445-C000111')).rejects.toMatchObject({
      code: 'not-asked',
    });
    expect(amazon.asked).toEqual([]);
  });

  test.each([
    [429, { reasonCode: 'TooManyRequests', message: 'x' }, 'throttled', 'TooManyRequests'],
    [404, { reasonCode: 'ResourceNotFound', message: 'x' }, 'not-found', 'ResourceNotFound'],
    [401, { reasonCode: 'UnauthorizedAccess', message: 'x' }, 'not-authorized', 'UnauthorizedAccess'],
    [
      403,
      { reasonCode: 'InvalidRequestSignature', message: 'signing String' },
      'not-authorized',
      'InvalidRequestSignature',
    ],
    [500, { reasonCode: 'InternalServerError', message: 'x' }, 'unavailable', 'InternalServerError'],
    [503, 'gone', 'unavailable', null],
    [425, {}, 'unavailable', null],
    [400, { reasonCode: '<script>' }, 'rejected', null],
    [302, {}, 'rejected', null],
  ])('an answer %d is an error of its own kind', async (status, body, code, reasonCode) => {
    amazon.answer = json(status, body, { location: `${amazon.url}/elsewhere` });
    await expect((await open()).read('CHARGE', CHARGE)).rejects.toMatchObject({
      name: 'AmazonError',
      code,
      status,
      reasonCode,
    });
    expect(amazon.asked).toHaveLength(1);
  });

  test('a 429 says how long to wait', async () => {
    amazon.answer = json(429, {}, { 'retry-after': '17' });
    await expect((await open()).read('CHARGE', CHARGE)).rejects.toMatchObject({ retryAfterMs: 17_000 });
  });

  test.each([
    ['no JSON', '<html>'],
    ['a list', '[]'],
    ['too much', `{"a":"${'x'.repeat(300_000)}"}`],
  ])('a 200 with %s is unreadable', async (_, body) => {
    amazon.answer = (response) => response.end(body);
    await expect((await open()).read('CHARGE', CHARGE)).rejects.toMatchObject({ code: 'unreadable' });
  });

  test.each([
    ['says nothing', () => undefined],
    ['stops in the middle', (response: { write(text: string): unknown }) => void response.write('{"charge')],
  ])('an Amazon that %s is given up in time', async (_, answer) => {
    amazon.answer = answer;
    await expect((await open({}, { timeoutMs: 100 })).read('CHARGE', CHARGE)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Amazon did not answer within 100 ms.',
    });
  });

  test('an Amazon that cannot be reached is unavailable', async () => {
    const reader = await open();
    await amazon.close();
    await expect(reader.read('CHARGE', CHARGE)).rejects.toMatchObject({ code: 'unavailable', status: null });
    amazon = await startFakeAmazon();
  });

  test('no error repeats what was signed or who signs', async () => {
    amazon.answer = json(403, { reasonCode: 'InvalidRequestSignature', message: 'signing String [secret]' });
    const error: unknown = await (await open()).read('CHARGE', CHARGE).catch((caught: unknown) => caught);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/secret|PRIVATE KEY|SANDBOX-KEY/);
  });

  test('another address is https, or this machine', async () => {
    await expect(open({}, { endpoint: 'http://pay.example' })).rejects.toThrow(AccountError);
    await open({}, { endpoint: 'https://pay.example' });
  });
});

describe('an account', () => {
  test.each([
    [{ publicKeyId: 'LIVE-A' }, 'live'],
    [{ publicKeyId: 'sandbox-a' }, 'sandbox'],
    [{ publicKeyId: 'LIVE-A', sandbox: false }, 'live'],
    [{ publicKeyId: 'A', sandbox: true }, 'sandbox'],
  ])('%j is for %s', (given, environment) => {
    expect(environmentOf(given)).toBe(environment);
  });

  test.each([[{ publicKeyId: 'LIVE-A', sandbox: true }], [{ publicKeyId: 'A' }]])('%j is refused', (given) => {
    expect(() => environmentOf(given)).toThrow(AccountError);
  });

  test.each(['', 'nonsense', publicKey])(
    'a private key that cannot sign is refused without a word of it',
    async (pem) => {
      await expect(openAmazonReader({ ...account, privateKey: pem })).rejects.toThrow(
        'The private key is no RSA key in PEM.',
      );
    },
  );
});

test.each([
  ['0', null, 0],
  ['30', null, 30_000],
  ['999999', null, 3_600_000],
  ['Thu, 15 Jan 2026 12:01:00 GMT', 'Thu, 15 Jan 2026 12:00:00 GMT', 60_000],
  ['Thu, 15 Jan 2026 11:00:00 GMT', 'Thu, 15 Jan 2026 12:00:00 GMT', 0],
  ['Thu, 15 Jan 2026 12:01:00 GMT', undefined, null],
  ['soon', null, null],
  [undefined, null, null],
])('Retry-After %j at %j is %j milliseconds', (value, date, expected) => {
  expect(readRetryAfter(value, date)).toBe(expected);
});

describe('at the emulator, which checks signatures', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ throttling: false });
  });
  afterAll(() => emulator.close());

  test.each(algorithms)('both http and https, with %s', async (algorithm) => {
    const client = createV2Client(emulator);
    const session = await prepareSession(emulator, client);
    const { data } = await client['completeCheckoutSession']!(session, { chargeAmount: usd('94.50') });
    const { publicKeyId, privateKey: own } = emulator.credentials;
    const ours: Account = { publicKeyId, privateKey: own ?? '', region: 'na', algorithm };
    const lines = [
      { endpoint: emulator.url },
      { endpoint: emulator.httpsUrl ?? '', certificateAuthority: emulator.certificateAuthority ?? '' },
    ];
    for (const line of lines) {
      const reader = await openAmazonReader(ours, line);
      const { body, requestId } = await reader.read('CHARGE', data.chargeId as string);
      expect(body).toMatchObject({ chargeId: data.chargeId, statusDetails: { state: 'Authorized' } });
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      await expect(reader.read('CHARGE', CHARGE)).rejects.toMatchObject({ code: 'not-found' });
      await reader.close();
    }
  });
});
