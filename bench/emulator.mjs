/**
 * Requests per second and memory of the emulator with many orders in it, against a bare `node:http` that answers a constant.
 * Both servers are processes of their own, and the same client asks both in turns, over HTTP with kept connections, so that
 * a slow moment of the machine hits both. Requests are signed before the time is taken. Nothing is asserted.
 *
 *   npm run build && node bench/emulator.mjs [--orders=10000] [--requests=2000] [--connections=8] [--rounds=3] [--data] [--json]
 *
 * With --data every order and every request that writes goes to a file, and at the end the emulator is killed and started again
 * with that file.
 */
import { fork } from 'node:child_process';
import { constants, createHash, createHmac, createSign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const options = { orders: 10_000, requests: 2000, connections: 8, rounds: 3 };
const flags = { data: false, json: false };
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--(orders|requests|connections|rounds)=(\d+)$/.exec(argument) ?? [];
  const flag = /^--(data|json)$/.exec(argument)?.[1];
  if (name !== undefined) options[name] = Number(value);
  else if (flag !== undefined) flags[flag] = true;
  else if (!argument.startsWith('--serve='))
    throw new Error(`Unknown option ${argument}. Known: --orders --requests --connections --rounds --data --json`);
}

const peak = () =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024);

/** In a process of its own: the floor, or an emulator that is filled before it says where it listens. */
async function serve(kind) {
  process.on('message', () => process.send({ peak: peak() }));
  if (kind === 'bare') {
    const answer = JSON.stringify({ statusDetails: { state: 'Chargeable' } });
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(answer));
    });
    server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
    return;
  }
  const { startEmulator } = createRequire(import.meta.url)(join(project, 'dist/src/emulator.js'));
  const data = process.env.BENCH_DATA;
  const begun = performance.now();
  const amazon = await startEmulator({ httpsPort: false, throttling: false, ...(data ? { data } : {}) });
  const startMs = Math.round(performance.now() - begun);
  const { url, credentials } = amazon;
  // Started again with what it had: there is nothing to fill.
  if (process.env.BENCH_AGAIN) return process.send({ startMs, known: amazon.orders(1).length });
  const started = performance.now();
  const sample = [];
  for (let index = 0; index < options.orders; index += 1) {
    const id = amazon.people.startBillingAgreement();
    if (index < 100) sample.push(id);
  }
  process.send({ url, credentials, sample, startMs, fillMs: Math.round(performance.now() - started) });
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A request to v2, signed. */
function signV2(method, path, body, { publicKeyId, privateKey }, more = {}) {
  const algorithm = 'AMZN-PAY-RSASSA-PSS-V2';
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-amz-pay-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
    'x-amz-pay-host': 'pay-api.amazon.com',
    'x-amz-pay-region': 'na',
    ...more,
  };
  const names = Object.keys(headers).sort();
  const list = names.join(';');
  const canonical = [method, path, '', ...names.map((name) => `${name}:${headers[name]}`), '', list, sha256(body)];
  const signature = createSign('RSA-SHA256')
    .update(`${algorithm}\n${sha256(canonical.join('\n'))}`)
    .sign({ key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, 'base64');
  const authorization = `${algorithm} PublicKeyId=${publicKeyId}, SignedHeaders=${list}, Signature=${signature}`;
  return { method, path, body, headers: { ...headers, authorization } };
}

/** The read of a billing agreement by legacy, signed. */
function signLegacy(id, { merchantId, mwsAccessKey, mwsSecretKey }) {
  const path = '/OffAmazonPayments_Sandbox/2013-01-01';
  const parameters = {
    AWSAccessKeyId: mwsAccessKey,
    Action: 'GetBillingAgreementDetails',
    AmazonBillingAgreementId: id,
    SellerId: merchantId,
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: new Date().toISOString(),
    Version: '2013-01-01',
  };
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const text = ['POST', '127.0.0.1', path, pairs.join('&')].join('\n');
  const signature = createHmac('sha256', mwsSecretKey).update(text).digest('base64');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', path, headers, body: `${pairs.join('&')}&Signature=${encodeURIComponent(signature)}` };
}

const session = JSON.stringify({
  storeId: 'bench',
  webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/review' },
});

/** As many sessions as are read afterwards, made through the API. */
async function makeSessions(url, credentials) {
  const paths = [];
  for (let index = 0; index < 50; index += 1) {
    const made = signV2('POST', '/v2/checkoutSessions', session, credentials, {
      'x-amz-pay-idempotency-key': `bench${index}`,
    });
    const response = await fetch(new URL(made.path, url), { method: 'POST', headers: made.headers, body: made.body });
    paths.push(`/v2/checkoutSessions/${(await response.json()).checkoutSessionId}`);
  }
  return paths;
}

/** New sessions, each under a key of its own. */
const writes = (credentials) =>
  Array.from({ length: options.requests }, (_, index) =>
    signV2('POST', '/v2/checkoutSessions', session, credentials, {
      'x-amz-pay-idempotency-key': `${Date.now().toString(36)}${index}`,
    }),
  );

function ask(url, agent, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(new URL(path, url), { agent, method, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    outgoing.on('error', reject).end(body);
  });
}

/** Requests per second. Any other status than that of success would mean that the work was not done. */
async function measure(url, requests, success) {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (next < options.requests) {
        const status = await ask(url, agent, requests[(next += 1) % requests.length]);
        if (status !== success) throw new Error(`${url} answered ${status}.`);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return options.requests / seconds;
}

const startProcess = (kind, env) =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), `--serve=${kind}`], {
      env: { ...process.env, ...env },
    });
    child.once('message', (said) => resolve({ child, ...said }));
  });
const askPeak = (child) =>
  new Promise((resolve) => {
    child.once('message', ({ peak: megabytes }) => resolve(megabytes));
    child.send('peak');
  });

/** Kills the emulator, and starts another with its file. */
async function startAgain(child, file) {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
  const fileMB = Math.round(statSync(file).size / 1024 ** 2);
  const again = await startProcess('emulator', { BENCH_DATA: file, BENCH_AGAIN: '1' });
  const peakMB = await askPeak(again.child);
  again.child.kill();
  return { startMs: again.startMs, peakMB, fileMB };
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-emulator-'));
  const bare = await startProcess('bare', {});
  const emulator = await startProcess('emulator', flags.data ? { BENCH_DATA: join(folder, 'orders.jsonl') } : {});
  try {
    const { url, credentials, sample, fillMs } = emulator;
    const v2 = (await makeSessions(url, credentials)).map((path) => signV2('GET', path, '', credentials));
    const legacy = sample.map((id) => signLegacy(id, credentials));
    const contenders = {
      bare: () => [bare.url, v2, 200],
      v2: () => [url, v2, 200],
      legacy: () => [url, legacy, 200],
      write: () => [url, writes(credentials), 201],
    };
    const figures = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    for (let round = 0; round <= options.rounds; round += 1)
      for (const [name, contender] of Object.entries(contenders)) {
        const [target, requests, success] = contender();
        const perSecond = await measure(target, requests, success);
        // The first round warms up.
        if (round > 0) figures[name].push(perSecond);
      }
    const perSecond = Object.fromEntries(
      Object.entries(figures).map(([name, list]) => [name, Math.round(median(list))]),
    );
    const peakMB = { bare: await askPeak(bare.child), emulator: await askPeak(emulator.child) };
    const again = flags.data ? await startAgain(emulator.child, join(folder, 'orders.jsonl')) : null;
    if (flags.json) {
      console.log(
        JSON.stringify({
          ...options,
          ...flags,
          node: process.version,
          cores: cpus().length,
          fillMs,
          perSecond,
          peakMB,
          again,
        }),
      );
      return;
    }
    console.log(
      `${options.orders} orders, made in ${fillMs} ms. ${options.requests} requests on ${options.connections} connections, median of ${options.rounds}:`,
    );
    for (const [name, value] of Object.entries(perSecond))
      console.log(
        `${name.padEnd(8)} ${String(value).padStart(7)} requests/s   x bare ${(perSecond.bare / value).toFixed(1)}`,
      );
    console.log(`memory at most: bare ${peakMB.bare} MB, emulator ${peakMB.emulator} MB`);
    if (again !== null)
      console.log(`started again with a file of ${again.fileMB} MB in ${again.startMs} ms, ${again.peakMB} MB at most`);
  } finally {
    bare.child.kill();
    emulator.child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const kind = process.argv.find((argument) => argument.startsWith('--serve='))?.slice('--serve='.length);
await (kind === undefined ? main() : serve(kind));
