import { connect } from 'node:net';
import { startEmulator, type Emulator } from '../../src/emulator';
import { sendRaw, type RawRequest } from './v2-signing';
import { signedForm } from './mws-signing';

/** What no client does by itself: requests that are slow, doubled, replayed, or hardly HTTP. */
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ throttling: false, httpsPort: false, requestSeconds: 0.2 });
});
afterAll(() => emulator.close());

/** Sends bytes, and gives all that comes back until the connection ends. */
function talk(...parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text)).on('error', reject);
    for (const part of parts) socket.write(part);
  });
}
const head = (line: string, ...more: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, 'host: 127.0.0.1', 'connection: close', ...more].join('\r\n')}\r\n\r\n`;

const MWS = '/OffAmazonPayments_Sandbox/2013-01-01';

test.each([
  ['v2', '/v2/charges', '408 Request Timeout', '"RequestTimeout"'],
  ['legacy', MWS, '408 Request Timeout', '<Code>RequestTimeout</Code>'],
])('a body of %s that does not come is not waited for', async (_, path, status, code) => {
  const answer = await talk(head(`POST ${path}`, 'content-length: 10'), '{');
  expect(answer).toContain(status);
  expect(answer).toContain(code);
});

test.each(['//', '/v2/charges/%E0%A4%A', '/%', '/v2/../v2/charges', 'http://[/', '/_/orders/%00'])(
  'the path %s is answered, and not by a defect',
  async (path) => {
    const answer = await talk(head(`GET ${path}`));
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(answer).not.toContain('defect');
  },
);

test('bytes that are no HTTP are refused', async () => expect(await talk('tea\r\n\r\n')).toContain('400 Bad Request'));

describe('a form', () => {
  const send = async (body: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await fetch(`${emulator.url}${MWS}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    return `${answer.status} ${/<Code>(\w+)/.exec(await answer.text())?.[1] ?? 'ok'}`;
  };
  const form = (more: Record<string, string> = {}, emu = emulator) =>
    signedForm(emu, { Action: 'GetServiceStatus', ...more });

  test('that is signed is taken', async () => expect(await send(form())).toBe('200 ok'));
  test.each([
    ['with a parameter twice', () => `${form()}&Action=GetServiceStatus`],
    ['with more parameters than any', () => Array.from({ length: 1001 }, (_, index) => `p${index}=1`).join('&')],
  ])('%s is refused', async (_, body) => expect(await send(body())).toBe('400 InvalidParameterValue'));
  test('of another type is refused', async () =>
    expect(await send(form(), { 'content-type': 'application/json' })).toBe('400 InvalidParameterValue'));
  test('that was changed after it was signed is refused', async () =>
    expect(await send(form().replace('GetServiceStatus', 'Authorize'))).toBe('403 SignatureDoesNotMatch'));
  test('of an hour ago is refused', async () =>
    expect(await send(form({ Timestamp: new Date(Date.now() - 3_600_000).toISOString() }))).toBe('400 RequestExpired'));
  test('of signature version 1 is refused', async () =>
    expect(await send(form({ SignatureVersion: '1' }))).toBe('400 InvalidParameterValue'));
  test('for another version of the API is refused', async () =>
    expect(await send(form({ Version: '2011-01-01' }))).toBe('400 InvalidParameterValue'));
  test('of another seller is refused when the seller is known', async () => {
    const known = await startEmulator({ throttling: false, httpsPort: false, merchantId: 'A2KNOWN' });
    const body = signedForm(known, { Action: 'GetServiceStatus', SellerId: 'A2OTHER' });
    const answer = await fetch(`${known.url}${MWS}`, { method: 'POST', body: new URLSearchParams(body) });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('UnauthorizedAccess')]);
    await known.close();
  });
  test('that is replayed authorizes once', async () => {
    const id = emulator.people.startOrderReference();
    const order = { AmazonOrderReferenceId: id };
    await send(
      form({
        Action: 'SetOrderReferenceDetails',
        ...order,
        'OrderReferenceAttributes.OrderTotal.Amount': '9.50',
        'OrderReferenceAttributes.OrderTotal.CurrencyCode': 'USD',
      }),
    );
    await send(form({ Action: 'ConfirmOrderReference', ...order }));
    const authorize = form({
      Action: 'Authorize',
      ...order,
      AuthorizationReferenceId: 'replayed',
      'AuthorizationAmount.Amount': '1.00',
      'AuthorizationAmount.CurrencyCode': 'USD',
    });
    expect([await send(authorize), await send(authorize)]).toEqual(['200 ok', '400 DuplicateReferenceId']);
    expect(emulator.order(id)?.charges).toHaveLength(1);
  });
});

describe('a request to v2', () => {
  const session = JSON.stringify({
    storeId: 's',
    webCheckoutDetails: { checkoutReviewReturnUrl: 'https://a.example' },
  });
  const send = async (options: Partial<RawRequest>): Promise<string> => {
    let status = 0;
    const text = await sendRaw(
      emulator,
      { path: '/v2/checkoutSessions', body: session, headers: { 'x-amz-pay-idempotency-key': 'a' }, ...options },
      (given) => (status = given),
    );
    return `${status} ${(JSON.parse(text) as { reasonCode?: string }).reasonCode ?? 'ok'}`;
  };
  const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test.each([
    ['of another content type', { headers: { 'content-type': 'text/plain' } }, '400 InvalidHeaderValue'],
    ['that accepts something else', { headers: { accept: 'text/html' } }, '400 InvalidHeaderValue'],
    ['that is nested too deeply', { body: `{"storeId":${deep(100)}}` }, '400 InvalidRequestFormat'],
    [
      'that is nested much too deeply',
      { body: `{"deliverySpecifications":${deep(200_000)}}` },
      '400 InvalidRequestFormat',
    ],
  ] as const)('%s is refused', async (_, options, says) => expect(await send(options)).toBe(says));

  test('with an idempotency key twice is refused', async () => {
    const text = await sendRaw(emulator, {
      path: '/v2/checkoutSessions',
      body: session,
      headers: { 'x-amz-pay-idempotency-key': 'a, b' },
    });
    expect(JSON.parse(text)).toMatchObject({ reasonCode: 'InvalidHeaderValue' });
  });

  test('that is replayed is answered with what it did the first time', async () => {
    const sent: RequestInit[] = [];
    const options: RawRequest = {
      path: '/v2/checkoutSessions',
      body: session,
      headers: { 'x-amz-pay-idempotency-key': 'replay' },
      tamper: ({ headers, body }) => void sent.push({ method: 'POST', headers: { ...headers }, body }),
    };
    const first = await sendRaw(emulator, options);
    const before = emulator.sessions().length;
    const replayed = await fetch(`${emulator.url}/v2/checkoutSessions`, sent[0]);
    expect([replayed.status, await replayed.text()]).toEqual([201, first]);
    expect(emulator.sessions()).toHaveLength(before);
  });
});

test('the look inside is for this machine by its own name', async () => {
  expect(await talk(head('GET /_/orders').replace('127.0.0.1', 'evil.example'))).toContain('403 Forbidden');
  expect(await talk(head('POST /_/clock', 'origin: null', 'content-length: 0'))).toContain('403 Forbidden');
});
