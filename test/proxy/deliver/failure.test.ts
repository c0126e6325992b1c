import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createTlsIdentity, type TlsIdentity } from '../../../src/amazon-pay/certificates';
import { judgeAnswer } from '../../../src/proxy/deliver/answer';
import { Endpoint, NoAnswerError } from '../../../src/proxy/deliver/endpoint';
import { failureOfError, failureOfStatus } from '../../../src/proxy/deliver/failure';

test.each<[number, string | null]>([
  [200, null],
  [201, null],
  [204, null],
  [299, null],
  [301, 'redirect'],
  [304, 'redirect'],
  [307, 'redirect'],
  [400, 'status-4xx'],
  [401, 'status-4xx'],
  [404, 'status-4xx'],
  [408, 'timeout'],
  [410, 'status-4xx'],
  [422, 'status-4xx'],
  [425, 'throttled'],
  [429, 'throttled'],
  [500, 'status-5xx'],
  [503, 'status-5xx'],
  [599, 'status-5xx'],
  [600, 'protocol'],
])('status %d is %s', (status, failure) => {
  expect(failureOfStatus(status)).toBe(failure);
});

test.each<[string, string]>([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'connect'],
  ['EHOSTUNREACH', 'connect'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['EPROTO', 'tls'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['HPE_INVALID_CONSTANT', 'protocol'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'protocol'],
  ['UND_ERR_INVALID_ARG', 'unsendable'],
  ['SOMETHING_NEW', 'reset'],
])('an error with code %s is %s', (code, failure) => {
  expect(failureOfError(Object.assign(new Error(code), { code }))).toBe(failure);
  expect(failureOfError(new Error('outer', { cause: Object.assign(new Error(code), { code }) }))).toBe(failure);
});

test('an error for each address of a host is named after the first that is known', () => {
  const each = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  expect(failureOfError(new AggregateError([each, each]))).toBe('connect');
});

const answerOf = (body: string, contentType = 'application/json', isCut = false) =>
  judgeAnswer({ status: 200, contentType, retryAfter: undefined, body: Buffer.from(body), isCut });

test.each<[string, ReturnType<typeof answerOf>, string | null, unknown]>([
  ['JSON', answerOf('{"state":"captured"}'), null, { state: 'captured' }],
  ['JSON under another name', answerOf('{"a":1}', 'text/plain'), null, { a: 1 }],
  ['nothing', answerOf('', ''), null, undefined],
  ['OK', answerOf('OK', 'text/plain'), null, undefined],
  ['broken JSON', answerOf('{"state":'), 'unreadable', undefined],
  ['a log-in page', answerOf('<!doctype html><title>Log in</title>', 'text/html'), 'unreadable', undefined],
  ['a page under another name', answerOf('<html></html>', 'text/plain'), 'unreadable', undefined],
  ['more than is read', answerOf('{"state":"captured"}', 'application/json', true), 'too-large', undefined],
])('200 with %s', (_, judged, failure, json) => {
  expect(judged).toEqual({ failure, json });
});

describe('over real connections', () => {
  const servers: Server[] = [];
  const endpoints: Endpoint[] = [];
  let identity: TlsIdentity;
  beforeAll(async () => {
    identity = await createTlsIdentity(['localhost'], [], new Date());
  });
  afterEach(async () => {
    for (const endpoint of endpoints.splice(0)) await endpoint.close();
    for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
  });

  async function listen(server: Server): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
    const close = server.close.bind(server);
    server.close = (closed) => (sockets.forEach((socket) => socket.destroy()), close(closed));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    servers.push(server);
    return (server.address() as AddressInfo).port;
  }
  /** Says this to whoever connects and has sent something. */
  const speaking = (speak: (socket: Socket) => void): Promise<number> =>
    listen(createServer((socket) => socket.once('data', () => speak(socket))));
  async function post(url: string, certificateAuthority?: string): Promise<string> {
    const endpoint = new Endpoint({ url, timeoutMs: 400, concurrency: 1, maxAnswerBytes: 1024, certificateAuthority });
    endpoints.push(endpoint);
    try {
      const { status, body, isCut } = await endpoint.post({ 'content-type': 'text/plain' }, Buffer.from('message'));
      return `${status} ${isCut ? 'cut' : body.toString()}`;
    } catch (error) {
      return error instanceof NoAnswerError ? error.failure : String(error);
    }
  }

  test.each<[string, (socket: Socket) => void, string]>([
    ['answers', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'), '200 ok'],
    [
      'redirects',
      (socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'),
      '302 ',
    ],
    ['says nothing', () => undefined, 'timeout'],
    [
      'begins an answer and stops',
      (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'),
      'timeout',
    ],
    ['sends a byte now and then', drip, 'timeout'],
    ['never ends its answer', flood, '200 cut'],
    ['cuts the connection', (socket) => socket.resetAndDestroy(), 'reset'],
    ['hangs up', (socket) => socket.end(), 'reset'],
    ['cuts its answer', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'), 'reset'],
    ['speaks no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 'protocol'],
  ])('a handler that %s', async (_, speak, expected) => {
    expect(await post(`http://127.0.0.1:${await speaking(speak)}/ipn`)).toBe(expected);
  });

  test('nothing listens', async () => {
    const port = await speaking(() => undefined);
    await new Promise((closed) => servers.pop()?.close(closed));
    expect(await post(`http://127.0.0.1:${port}/ipn`)).toBe('connect');
  });

  test('no such host', async () => {
    expect(await post('http://handler.invalid/ipn')).toBe('dns');
  });

  describe('by TLS', () => {
    const secure = (): Promise<number> =>
      listen(
        createTlsServer({ key: identity.server.key, cert: identity.server.certificate }, (_, response) =>
          response.end('ok'),
        ) as unknown as Server,
      );

    test('with a certificate of the authority that is configured', async () => {
      expect(await post(`https://localhost:${await secure()}/ipn`, identity.authority)).toBe('200 ok');
    });
    test('with one of an authority that nobody knows', async () => {
      expect(await post(`https://localhost:${await secure()}/ipn`)).toBe('tls');
    });
    test('with one for another host', async () => {
      expect(await post(`https://127.0.0.1:${await secure()}/ipn`, identity.authority)).toBe('tls');
    });
    test('with a handler that speaks none', async () => {
      const port = await speaking((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      expect(await post(`https://localhost:${port}/ipn`)).toBe('tls');
    });
  });
});

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
  const timer = setInterval(() => socket.write('x'), 20);
  socket.on('close', () => clearInterval(timer));
}

function flood(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
  const more = (): void => {
    while (!socket.destroyed && socket.write(`400\r\n${'x'.repeat(1024)}\r\n`));
  };
  socket.on('drain', more);
  more();
}
