/**
 * Acknowledged notifications per second of the proxy, each on the disk before its answer, on SQLite and PostgreSQL, against bare
 * `node:http` and bare fastify that answer a constant. Every server is a process of its own, and the same client asks all in
 * turns, so that a slow moment of the machine hits all. Messages are signed before the time is taken; no two are alike. Beside
 * it: fsyncs per second of the disk that the SQLite file is on, and the memory after many messages. Nothing is asserted.
 *
 *   npm run build && node bench/proxy.mjs [--messages=3000] [--connections=64] [--rounds=3] [--memory=0] [--json]
 *
 * `--memory=1000000` sends so many more messages to the proxy on SQLite, signed on the way (about 1,000 a second and core).
 * PostgreSQL is that of AMAZON_PAY_TEST_POSTGRES, or of 127.0.0.1:5432; where none answers it is left out.
 */
import { fork } from 'node:child_process';
import { createSign, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { Agent, createServer as createHttpsServer } from 'node:https';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { median } from './measure.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const fromDist = (path) => require(join(project, 'dist', path));
const options = { messages: 3000, connections: 64, rounds: 3, memory: 0 };
let asJson = false;
let serving;
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--(messages|connections|rounds|memory)=(\d+)$/.exec(argument) ?? [];
  if (name !== undefined) options[name] = Number(value);
  else if (argument === '--json') asJson = true;
  else if (argument.startsWith('--serve=')) serving = argument.slice('--serve='.length);
  else throw new Error(`Unknown option ${argument}. Known: --messages --connections --rounds --memory --json`);
}

const TOPIC = 'arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA2BENCH';
const HOST = 'sns.us-east-1.amazonaws.com';
const postgresUrl = process.env.AMAZON_PAY_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';

const rssMB = () => Math.round(process.memoryUsage.rss() / 1024 ** 2);
const peakMB = () =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024);

/** In a process of its own: one of the servers, which says where it listens and what it used. */
async function serve(kind) {
  process.on('message', (asked) => {
    if (asked === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send({ cpuMs: (user + system) / 1000, rssMB: rssMB(), peakMB: peakMB() });
    }
  });
  process.on('SIGTERM', () => process.exit());
  process.send({ url: await starters[kind]() });
}

const starters = {
  async node() {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'content-length': 6 }).end('taken\n'));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${server.address().port}/ipn`;
  },
  async fastify() {
    const server = require('fastify')({ bodyLimit: 262_144 });
    server.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    server.post('/ipn', async () => 'taken\n');
    return `${await server.listen({ port: 0, host: '127.0.0.1' })}/ipn`;
  },
  sqlite: () => startProxy({ driver: 'sqlite', path: join(process.env.BENCH_FOLDER, 'proxy.db') }),
  postgres: () => startProxy({ driver: 'postgres', url: postgresUrl, schema: process.env.BENCH_SCHEMA }),
};

async function startProxy(store) {
  const { port, certificate } = JSON.parse(process.env.BENCH_AMAZON);
  class LoopbackAgent extends Agent {
    createConnection(asked) {
      return connect({ ...asked, host: '127.0.0.1', port, ca: certificate });
    }
  }
  const { proxySettings } = fromDist('src/proxy/configuration/settings.js');
  const settings = proxySettings.parse({
    store,
    receive: { topics: [TOPIC], port: 0 },
    operate: { admin: { port: 0 } },
  });
  const proxy = await fromDist('src/proxy/proxy.js').startProxy(settings, { agent: new LoopbackAgent() });
  return proxy.url;
}

/** A key, and the host that publishes its certificate. */
async function startAmazon() {
  const { selfSignedCertificate } = fromDist('src/amazon-pay/certificates.js');
  const validity = { validFrom: new Date(Date.now() - 86_400_000), validTo: new Date(Date.now() + 86_400_000) };
  const make = async (commonName) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { privateKey, certificate: await selfSignedCertificate(privateKey, { commonName, ...validity }) };
  };
  const [host, signer] = [await make(HOST), await make('sns.amazonaws.com')];
  const server = createHttpsServer(
    { key: host.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: host.certificate },
    (_, response) => response.end(signer.certificate),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, signer, place: { port: server.address().port, certificate: host.certificate } };
}

let made = 0;
/** A message of an order of its own, signed as SNS signs it: v1 by SHA-1 and v2 by SHA-256, which is what Amazon sends. */
function makeMessage(version, { privateKey }) {
  made += 1;
  const order = `P01-${String(1_000_000 + Math.floor(made / 1e7))}-${String(made % 1e7).padStart(7, '0')}`;
  const xml = `<?xml version="1.0" encoding="UTF-8"?><CaptureNotification xmlns="https://mws.amazonservices.com/ipn/OffAmazonPayments/2013-01-01"><CaptureDetails><AmazonCaptureId>${order}-C000111</AmazonCaptureId><CaptureReferenceId>reference-${made}</CaptureReferenceId><CaptureAmount><Amount>94.50</Amount><CurrencyCode>EUR</CurrencyCode></CaptureAmount><RefundedAmount><Amount>0.0</Amount><CurrencyCode>EUR</CurrencyCode></RefundedAmount><CaptureFee><Amount>0.0</Amount><CurrencyCode>EUR</CurrencyCode></CaptureFee><IdList/><CreationTimestamp>2024-01-02T03:04:05.006Z</CreationTimestamp><CaptureStatus><State>Completed</State><LastUpdateTimestamp>2024-01-02T03:04:05.006Z</LastUpdateTimestamp></CaptureStatus><SoftDescriptor>AMZ*Shop</SoftDescriptor></CaptureDetails></CaptureNotification>`;
  const message = JSON.stringify(
    version === 'v1'
      ? {
          NotificationReferenceId: randomUUID(),
          MarketplaceID: '136311',
          NotificationType: 'PaymentCapture',
          SellerId: 'A2BENCH',
          ReleaseEnvironment: 'Sandbox',
          Version: '2013-01-01',
          NotificationData: xml,
          Timestamp: new Date().toISOString(),
        }
      : {
          MerchantID: 'A2BENCH',
          ChargePermissionId: order,
          ObjectType: 'CHARGE',
          ObjectId: `${order}-C000111`,
          NotificationType: 'STATE_CHANGE',
          NotificationId: randomUUID(),
          NotificationVersion: 'V2',
        },
  );
  const [id, timestamp] = [randomUUID(), new Date().toISOString()];
  const signed = { Message: message, MessageId: id, Timestamp: timestamp, TopicArn: TOPIC, Type: 'Notification' };
  const text = Object.entries(signed)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('');
  return JSON.stringify({
    ...signed,
    SignatureVersion: version === 'v1' ? '1' : '2',
    Signature: createSign(version === 'v1' ? 'RSA-SHA1' : 'RSA-SHA256')
      .update(text)
      .sign(privateKey, 'base64'),
    SigningCertURL: `https://${HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`,
    UnsubscribeURL: `https://${HOST}/?Action=Unsubscribe&SubscriptionArn=${TOPIC}:0f0e0d0c-0000-4000-8000-000000000001`,
  });
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Posts messages over kept connections. Any answer but 200 would mean that the work was not done. */
async function post(url, next, count) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const milliseconds = [];
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (left > 0) {
        left -= 1;
        const asked = performance.now();
        const { statusCode, body } = await pool.request({
          path: pathname,
          method: 'POST',
          headers: { 'content-type': 'text/plain; charset=UTF-8' },
          body: next(),
        });
        await body.dump();
        if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}.`);
        milliseconds.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  milliseconds.sort((a, b) => a - b);
  return { perSecond: count / seconds, p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}

/** How often this disk can be told in a second to keep 4 KiB that were appended. */
function measureSyncs(folder) {
  const path = join(folder, 'syncs');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(4096, 1);
  let count = 0;
  const started = performance.now();
  for (; performance.now() - started < 1000; count += 1) {
    writeSync(file, block);
    fdatasyncSync(file);
  }
  closeSync(file);
  rmSync(path);
  return count;
}

const startProcess = (kind, environment) =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), `--serve=${kind}`], {
      env: { ...process.env, ...environment },
    });
    child.once('message', ({ url }) => resolve({ child, url }));
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}.`)));
  });
const askUsage = (child) =>
  new Promise((resolve) => {
    child.once('message', resolve);
    child.send('usage');
  });

async function hasPostgres() {
  const { Client } = require('pg');
  const client = new Client({ connectionString: postgresUrl, connectionTimeoutMillis: 3000 });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

async function dropSchema(schema) {
  const { Client } = require('pg');
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
}

/** Sends many more, and tells how much memory the proxy had on the way. */
async function measureMemory({ child, url }, signer, path) {
  const steps = [];
  const started = performance.now();
  for (let sent = 0; sent < options.memory;) {
    const count = Math.min(Math.ceil(options.memory / 10), options.memory - sent);
    await post(url, () => makeMessage(made % 2 === 0 ? 'v1' : 'v2', signer), count);
    sent += count;
    const { rssMB: now } = await askUsage(child);
    steps.push({ messages: sent, rssMB: now });
  }
  const { peakMB: peak } = await askUsage(child);
  const size = (ending) => Math.round((statSync(path + ending, { throwIfNoEntry: false })?.size ?? 0) / 1024 ** 2);
  const seconds = Math.round((performance.now() - started) / 1000);
  return { steps, peakMB: peak, databaseMB: size(''), logMB: size('-wal'), seconds };
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-proxy-'));
  const schema = `bench_${randomBytes(6).toString('hex')}`;
  const { server, signer, place } = await startAmazon();
  const kinds = ['node', 'fastify', 'sqlite', ...((await hasPostgres()) ? ['postgres'] : [])];
  const environment = { BENCH_FOLDER: folder, BENCH_SCHEMA: schema, BENCH_AMAZON: JSON.stringify(place) };
  const servers = {};
  try {
    for (const kind of kinds) servers[kind] = await startProcess(kind, environment);
    const runs = kinds.flatMap((kind) => ['v1', 'v2'].map((version) => ({ kind, version, figures: [] })));
    const syncs = [];
    for (let round = 0; round <= options.rounds; round += 1) {
      syncs.push(measureSyncs(folder));
      for (const { kind, version, figures } of runs) {
        const { child, url } = servers[kind];
        const bodies = Array.from({ length: options.messages }, () => makeMessage(version, signer));
        const before = await askUsage(child);
        const figure = await post(url, () => bodies.pop(), options.messages);
        const after = await askUsage(child);
        // The first round warms up.
        const microseconds = ((after.cpuMs - before.cpuMs) * 1000) / options.messages;
        if (round > 0) figures.push({ ...figure, microseconds, bytes: makeMessage(version, signer).length });
      }
    }
    const memory = options.memory > 0 ? await measureMemory(servers.sqlite, signer, join(folder, 'proxy.db')) : null;
    report(runs, syncs, memory);
  } finally {
    for (const { child } of Object.values(servers)) child.removeAllListeners('exit').kill();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
    if (kinds.includes('postgres')) await dropSchema(schema);
  }
}

function report(runs, syncs, memory) {
  const rows = runs.map(({ kind, version, figures }) => {
    const of = (name) => median(figures.map((figure) => figure[name]));
    return {
      server: kind,
      messages: version,
      bytes: of('bytes'),
      'per second': Math.round(of('perSecond')),
      'p50 ms': Number(of('p50').toFixed(1)),
      'p99 ms': Number(of('p99').toFixed(1)),
      'CPU us each': Math.round(of('microseconds')),
    };
  });
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ node: process.version, options, rows, syncs, memory }, null, 2)}\n`);
    return;
  }
  const [{ model }] = cpus();
  process.stdout.write(`Node ${process.version}, ${cpus().length} x ${model}; the client has one of them\n`);
  process.stdout.write(`${JSON.stringify(options)}; median of ${options.rounds} rounds\n`);
  console.table(rows);
  process.stdout.write(`fsyncs of 4 KiB per second, before each round: ${syncs.join(', ')}\n`);
  if (memory !== null) process.stdout.write(`memory: ${JSON.stringify(memory)}\n`);
}

if (serving === undefined) await main();
else await serve(serving);
