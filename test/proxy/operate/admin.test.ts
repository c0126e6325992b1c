import { request as requestHttp, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from '../../../src/proxy/operate/admin/reply';
import { createAdminServer, type Route } from '../../../src/proxy/operate/admin/serve-admin';
import { TestClock } from '../stores';

const TOKEN = 'the-token-of-this-proxy';
const clock = new TestClock();
const failures: unknown[] = [];
const routes: readonly Route[] = [
  { method: 'GET', path: /^\/open$/, isOpen: true, answer: () => json({ open: true }) },
  { method: 'GET', path: /^\/closed$/, answer: () => json({ closed: true }) },
  { method: 'GET', path: /^\/named\/(.+)$/, answer: (_, name) => json({ name }) },
  { method: 'POST', path: /^\/do$/, answer: ({ body }) => json({ did: body }) },
  {
    method: 'GET',
    path: /^\/fails$/,
    answer: () => {
      throw new Error('secret-canary');
    },
  },
];

let server: Server;
let port: number;
beforeEach(async () => {
  failures.length = 0;
  server = createAdminServer(routes, {
    token: TOKEN,
    hostNames: ['proxy.shop.test'],
    clock,
    onError: (error) => failures.push(error),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** By node:http, since fetch lets nobody choose Host and Origin. */
const ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asking = requestHttp({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });

const bearer = { authorization: `Bearer ${TOKEN}` };
const asJson = { 'content-type': 'application/json' };
const signIn = (token: string): Promise<Answer> => ask('POST', '/api/session', asJson, JSON.stringify({ token }));

test('what is open needs no token, all else does', async () => {
  expect((await ask('GET', '/open')).status).toBe(200);
  expect(await ask('GET', '/closed')).toMatchObject({ status: 401, body: expect.stringContaining('no-token') });
  expect(await ask('GET', '/closed', bearer)).toMatchObject({ status: 200, body: '{"closed":true}\n' });
  expect((await ask('POST', '/do', asJson, '{}')).status).toBe(401);
});

test('a browser signs in once, with a cookie that scripts and other sites cannot use', async () => {
  const { headers, status } = await signIn(TOKEN);
  expect(status).toBe(200);
  const cookie = headers['set-cookie']?.[0] ?? '';
  expect(cookie).toMatch(/^amazon-pay-proxy=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43200$/);
  const session = cookie.split(';')[0] ?? '';
  expect((await ask('GET', '/closed', { cookie: `other=1; ${session}` })).status).toBe(200);
  expect((await ask('GET', '/closed', { cookie: `${session}x` })).status).toBe(401);
  clock.advance(12 * 3_600_000 + 1);
  expect((await ask('GET', '/closed', { cookie: session })).status).toBe(401);
});

test('guessing is stopped, for a minute, and keeps nobody out who has the token', async () => {
  for (let tries = 0; tries < 10; tries += 1) expect((await signIn(`guess-${tries}`)).status).toBe(401);
  expect((await signIn('one more')).status).toBe(429);
  expect((await signIn(TOKEN)).status).toBe(200);
  expect((await ask('GET', '/closed', bearer)).status).toBe(200);
  clock.advance(60_001);
  expect((await signIn('one more')).status).toBe(401);
});

test('whoever repeats an old token keeps nobody out', async () => {
  for (let tries = 0; tries < 30; tries += 1) expect((await signIn('a token of yesterday')).status).toBe(401);
  expect((await signIn(TOKEN)).status).toBe(200);
});

test.each([
  ['a name that someone else has pointed here', 'evil.test', 403],
  ['a name of the configuration', 'proxy.shop.test:8081', 200],
  ['a name that only begins like it', 'localhost.evil.test', 403],
])('asked by %s', async (_, host, status) => {
  expect((await ask('GET', '/closed', { ...bearer, host })).status).toBe(status);
});

test.each([
  ['another site', { origin: 'https://evil.test' }, 403],
  ['a page without origin', { origin: 'null' }, 403],
  ['a form, which needs no permission to be sent', { 'content-type': 'text/plain' }, 415],
  ['a form of the usual type', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['its own page', { origin: 'http://HOST' }, 200],
  ['a script', {}, 200],
])('a change asked for by %s', async (_, headers, status) => {
  const host = `127.0.0.1:${port}`;
  const sent = Object.entries({ ...bearer, ...asJson, host, ...headers }).map(([key, value]) => [
    key,
    value.replace('HOST', host),
  ]);
  expect((await ask('POST', '/do', Object.fromEntries(sent), '{"a":1}')).status).toBe(status);
});

test('every answer forbids what a page could do with it', async () => {
  for (const answer of [await ask('GET', '/open'), await ask('GET', '/none'), await ask('GET', '/closed')]) {
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  }
});

test.each([
  ['an unknown path', 'GET', '/none', undefined, 404],
  ['a wrong method', 'POST', '/closed', '{}', 405],
  ['a body that is no JSON', 'POST', '/do', '{', 400],
  ['a body that is too large', 'POST', '/do', `"${'x'.repeat(70_000)}"`, 413],
  ['a name that is not encoded rightly', 'GET', '/named/%E0%A4%A', undefined, 400],
  ['HEAD', 'HEAD', '/closed', undefined, 200],
])('%s', async (_, method, path, body, status) => {
  expect((await ask(method, path, { ...bearer, ...asJson }, body)).status).toBe(status);
});

test('a failure is told to the log, not to the asker', async () => {
  const answer = await ask('GET', '/fails', bearer);
  expect(answer).toMatchObject({ status: 500, body: expect.not.stringContaining('secret-canary') });
  expect(failures).toMatchObject([{ message: 'secret-canary' }]);
});
