/**
 * Amazon, in a process of its own: the emulator, with a front before its API that keeps a ledger of what was asked and fails on
 * request, the host of its certificates, which fails too, and the buyers and the shop that make orders.
 */
import https, { createServer as createHttpsServer } from 'node:https';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, request as ask } from 'node:http';
import { createRequire } from 'node:module';
import { note, now } from '../ledger.mjs';
import { act } from './start.mjs';

const require = createRequire(import.meta.url);
const { ledger, notificationUrl, seed } = JSON.parse(process.argv[2]);
let amazon;
let shop;
let apiFault = 'ok';
let certificateFault = 'ok';
/** The last answer for each path: what an Amazon says that is behind its own notification. */
const seen = new Map();
const extraCertificates = new Map();

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const json = { 'content-type': 'application/json' };
const reason = (reasonCode) => JSON.stringify({ reasonCode, message: reasonCode });

/** What the front answers instead of the emulator. */
const apiFaults = {
  429: (_, response) => response.writeHead(429, json).end(reason('TooManyRequests')),
  '429-after': (_, response) => response.writeHead(429, { ...json, 'retry-after': '2' }).end(reason('TooManyRequests')),
  500: (_, response) => response.writeHead(500, json).end(reason('InternalServerError')),
  503: (_, response) => response.writeHead(503, json).end(reason('ServiceUnavailable')),
  html: (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Maintenance</title>'),
  half: (_, response) => {
    response.writeHead(200, { ...json, 'content-length': 900 });
    response.write('{"chargeId":"', () => response.destroy());
  },
  reset: (_, response) => response.destroy(),
  401: (_, response) => response.writeHead(401, json).end(reason('UnauthorizedAccess')),
  unknown: (_, response) =>
    response.writeHead(200, json).end(JSON.stringify({ statusDetails: { state: 'Hibernating', reasonCodes: null } })),
};

function forward(request, response) {
  const target = new URL(request.url, amazon.url);
  const outgoing = ask(target, { method: request.method, headers: request.headers }, (answer) => {
    const chunks = [];
    answer.on('data', (chunk) => chunks.push(chunk));
    answer.on('end', () => {
      const body = Buffer.concat(chunks);
      if (answer.statusCode === 200) seen.set(request.url, { headers: answer.headers, body });
      response.writeHead(answer.statusCode, answer.headers).end(body);
    });
  });
  outgoing.on('error', () => response.destroy());
  request.pipe(outgoing);
}

const front = createServer((request, response) => {
  const entry = { method: request.method, path: request.url, at: now(), fault: null };
  response.on('close', () =>
    note(ledger, { ...entry, status: response.writableFinished ? response.statusCode : null, endAt: now() }),
  );
  const old = seen.get(request.url);
  if (apiFault === 'behind' && old !== undefined) {
    entry.fault = 'behind';
    return response.writeHead(200, old.headers).end(old.body);
  }
  if (apiFaults[apiFault] === undefined) return forward(request, response);
  entry.fault = apiFault;
  apiFaults[apiFault](request, response);
});

/** The host of the certificates. */
const certificateAnswers = {
  503: (response) => response.writeHead(503).end(),
  garbage: (response) => response.end('<html>not a certificate</html>'),
  large: (response) => response.end(Buffer.alloc(10 * 1024 * 1024, 65)),
  hang: () => undefined,
  reset: (response) => response.destroy(),
};

async function startCertificateHost() {
  const { selfSignedCertificate } = require('../../../dist/src/amazon-pay/certificates.js');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const day = 86_400_000;
  const validity = { validFrom: new Date(Date.now() - day), validTo: new Date(Date.now() + 30 * day) };
  const authority = await selfSignedCertificate(privateKey, { commonName: 'sns.us-east-1.amazonaws.com', ...validity });
  const server = createHttpsServer(
    { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: authority },
    async (request, response) => {
      if (certificateFault !== 'ok') return certificateAnswers[certificateFault](response);
      const extra = extraCertificates.get(request.url);
      if (extra !== undefined) return response.end(extra);
      const answer = await fetch(new URL(request.url, amazon.url));
      response.writeHead(answer.status).end(await answer.text());
    },
  );
  return { port: await listen(server), authority };
}

let keys = 0;
const key = () => ({ 'x-amz-pay-idempotency-key': `faults${(keys += 1)}` });
const usd = (amount) => ({ amount, currencyCode: 'USD' });
const orders = [];

/** A buyer pays. */
async function pay() {
  const { data } = await shop.createCheckoutSession(
    {
      storeId: amazon.credentials.storeId,
      webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/review' },
    },
    key(),
  );
  const id = data.checkoutSessionId;
  amazon.people.signIn(id, {});
  await shop.updateCheckoutSession(id, {
    webCheckoutDetails: { checkoutResultReturnUrl: 'https://shop.example/result' },
    paymentDetails: { paymentIntent: 'Authorize', chargeAmount: usd('94.50') },
    merchantMetadata: { merchantReferenceId: 'order-1', merchantStoreName: 'Tea & Cups' },
  });
  amazon.people.pay(id);
  const done = await shop.completeCheckoutSession(id, { chargeAmount: usd('94.50') });
  orders.push({ chargeId: done.data.chargeId });
}

const capture = (order) => shop.captureCharge(order.chargeId, { captureAmount: usd('94.50') }, key());
const refund = (order) => shop.createRefund({ chargeId: order.chargeId, refundAmount: usd('10.01') }, key());

const AT_ONCE = 4;

async function inTurns(some, work) {
  const waiting = [...some];
  const one = async () => {
    while (waiting.length > 0) await work(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

act({
  async start() {
    const { startEmulator } = require('../../../dist/src/emulator.js');
    amazon = await startEmulator({
      ...{ seed: String(seed), notificationUrl, notificationFormat: 'both', decisionSeconds: 1 },
      throttling: false,
    });
    const { privateKey } = amazon.credentials;
    const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');
    https.globalAgent.options.ca = amazon.certificateAuthority;
    shop = new WebStoreClient({
      ...{ publicKeyId: 'LIVE-EMULATOR', privateKey, region: 'us' },
      overrideServiceUrl: new URL(amazon.httpsUrl).host,
    });
    return {
      ...{ privateKey, topicArn: amazon.topicArn },
      endpoint: `http://127.0.0.1:${await listen(front)}`,
      certificates: await startCertificateHost(),
    };
  },
  /** Takes so many orders one or more steps on. */
  async trade({ count, steps = ['pay', 'capture', 'refund'] }) {
    if (steps.includes('pay')) await inTurns(Array.from({ length: count }), pay);
    const some = orders.slice(-count);
    if (steps.includes('capture')) await inTurns(some, capture);
    if (steps.includes('refund')) await inTurns(some, refund);
    // Refunds are decided a second later, which need not be waited for.
    await amazon.clock.advance({ seconds: 2 });
    await amazon.settled();
    return amazon.notifications.list().length;
  },
  failApi: (kind) => void (apiFault = kind),
  failCertificates: (kind) => void (certificateFault = kind),
  addCertificate: ({ path, certificate }) => void extraCertificates.set(path, certificate),
  /** How everything is, by the emulator's own ledger. */
  history: () =>
    amazon
      .orders()
      .flatMap(({ id, v2, charges }) => [
        { id, order: id, state: v2 },
        ...charges.flatMap((charge) => [
          { id: charge.id, order: id, state: charge.v2 },
          ...charge.refunds.map((one) => ({ id: one.id, order: id, state: one.v2 })),
        ]),
      ]),
});
