/** Amazon, in a process of its own: the emulator, a front before its APIs, the host of its certificates, and a shop with buyers. */
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { CertificateHost } from './certificate-host.mjs';
import { Front } from './front.mjs';
import { Shop } from './shop.mjs';
import { act, tell } from './start.mjs';

const require = createRequire(import.meta.url);
const { ledger, notificationUrl, seed } = JSON.parse(process.argv[2]);
const front = new Front(ledger, (path) => tell({ held: path }));
const certificates = new CertificateHost();
let amazon;
let shop;

const DECISION_SECONDS = 0.2;

/**
 * Refunds are decided a moment later. Its clock is not moved on for that: what it says of the times of its objects is held against
 * the times of its messages, which are those of the world. Returns how much was told by then.
 */
async function decided() {
  await pause(1000 * DECISION_SECONDS + 50);
  await amazon.settled();
  return amazon.notifications.list().length;
}

act({
  async start() {
    const { startEmulator } = require('../../../dist/src/emulator.js');
    amazon = await startEmulator({
      ...{ seed: String(seed), notificationUrl, notificationFormat: 'both', decisionSeconds: DECISION_SECONDS },
      throttling: false,
    });
    shop = new Shop(amazon);
    const { privateKey, mwsAccessKey: accessKeyId, mwsSecretKey: secretKey, merchantId: sellerId } = amazon.credentials;
    const endpoint = await front.start(amazon.url);
    return {
      ...{ privateKey, topicArn: amazon.topicArn, endpoint },
      mws: { accessKeyId, secretKey, sellerId, endpoint },
      certificates: await certificates.start(amazon.url),
    };
  },
  trade: (what) => shop.trade(what).then(decided),
  subscribe: (count) => shop.subscribe(count).then(decided),
  renew: () => shop.renew().then(decided),
  failApi: (kind) => void (front.fault = kind),
  failLegacy: (kind) => void (front.legacyFault = kind),
  /** v2 has nothing of the last orders; returns which those are. */
  forget(count) {
    front.forgotten = new Set(count === 0 ? [] : shop.orders.slice(-count).map(({ id }) => id));
    return [...front.forgotten];
  },
  spell: (byOrder) => void (front.spellings = new Map(Object.entries(byOrder))),
  failCertificates: (kind) => void (certificates.fault = kind),
  addCertificate: ({ path, certificate }) => void certificates.extra.set(path, certificate),
  orders: () => shop.orders,
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
