import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator, type Emulator } from '../../src/emulator';
import { proxySettings } from '../../src/proxy/configuration/settings';
import { silentObserver } from '../../src/proxy/observer';
import { startProxy, type Proxy } from '../../src/proxy/proxy';
import { addJob } from '../../src/proxy/store/add-jobs';
import { openDatabase } from '../../src/proxy/store/open-database';
import { startFakeAmazon } from '../amazon-pay/v2/fake-amazon';
import { createV2Client, key, usd, type V2Client } from '../emulator/clients';
import { agentTo } from '../emulator/handler';
import { makeStore, stores, type TestStore } from './stores';
import { pay, privateKey } from './truth/truth-bench';

interface Compared {
  readonly orderKey: string;
  readonly verdict: string;
  readonly atFault: string | null;
}

describe.each(stores)('from Amazon’s message to the verdict, on %s', (driver) => {
  let store: TestStore;
  let emulator: Emulator;
  let shop: V2Client;
  let handler: Server;
  let proxy: Proxy;
  /** What the legacy handler says of every order. */
  let said: object = {};
  let onCompared: (event: Compared) => void = () => undefined;

  beforeEach(async () => {
    store = makeStore(driver);
    emulator = await startEmulator({ throttling: false });
    shop = createV2Client(emulator);
    handler = createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ outcome: said }));
      });
    });
    await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(handler.address() as AddressInfo).port}`;
    const { publicKeyId, privateKey: key } = emulator.credentials;
    const secret = 'a secret of the tests, long enough to be one';
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [emulator.topicArn], port: 0 },
      operate: { admin: { port: 0 } },
      deliver: {
        legacy: { url: `${url}/legacy`, secret },
        migrated: { url: `${url}/migrated`, secret },
        settleMs: 0,
        pollMs: 50,
      },
      amazon: { publicKeyId, privateKey: key, region: 'na', endpoint: emulator.url },
      compare: { resampleForMs: 0, resampleEveryMs: 1000 },
    });
    const observer = { ...silentObserver, compared: (event: Compared) => onCompared(event) };
    proxy = await startProxy(settings, { agent: agentTo(emulator), observer });
    emulator.notifications.options.url = new URL(proxy.url);
  });
  afterEach(async () => {
    await proxy.stop();
    await emulator.close();
    handler.closeAllConnections();
    await new Promise((resolve) => handler.close(resolve));
    await store.remove();
  });

  const nextVerdict = (): Promise<Compared> => new Promise((resolve) => (onCompared = resolve));
  const paid = { authorized: '94.50', refunded: '0', currency: 'USD' };

  test('a handler that is right agrees with Amazon, and one that missed the capture is at fault', async () => {
    said = { ...paid, state: 'authorized', captured: '0' };
    const first = nextVerdict();
    const { permissionId, chargeId } = await pay(emulator, shop);
    expect(await first).toMatchObject({ orderKey: permissionId, verdict: 'match', atFault: null });
    const before = emulator.requests().length;
    const second = nextVerdict();
    await shop['captureCharge']!(chargeId, { captureAmount: usd('94.50') }, key());
    expect(await second).toMatchObject({ orderKey: permissionId, verdict: 'mismatch', atFault: 'legacy' });
    // Of all that reached Amazon since, nothing but the capture of the shop was more than a question.
    const since = emulator.requests().slice(before);
    expect(since.filter(({ method }) => method !== 'GET').map(({ path }) => path.split('/').at(-1))).toEqual([
      'capture',
    ]);
    expect(since.filter(({ method }) => method === 'GET').length).toBeGreaterThan(0);
  });
});

test('an Amazon that does not answer keeps the proxy from ending no longer than a moment', async () => {
  const amazon = await startFakeAmazon();
  const store = makeStore('sqlite');
  const wasAsked = new Promise<void>((resolve) => (amazon.answer = () => resolve()));
  const orderKey = 'S01-1112223-3334445';
  const database = await openDatabase(store.settings);
  const job = { kind: 'truth', lane: `truth:${orderKey}`, subject: orderKey, orderKey, runAt: 0 } as const;
  await addJob(database, job, Date.now());
  await database.close();
  const settings = proxySettings.parse({
    store: store.settings,
    receive: { topics: ['arn:aws:sns:us-east-1:291180941288:topic'], port: 0 },
    operate: { admin: { port: 0 } },
    amazon: { publicKeyId: 'SANDBOX-KEY', privateKey, region: 'eu', endpoint: amazon.url },
  });
  const proxy = await startProxy(settings);
  await wasAsked;
  const begun = performance.now();
  await proxy.stop();
  expect(performance.now() - begun).toBeLessThan(5000);
  const after = await openDatabase(store.settings);
  expect(await after.query('SELECT state, reason FROM job')).toEqual([{ state: 'ready', reason: 'unavailable 1' }]);
  await after.close();
  await amazon.close();
  await store.remove();
});

describe('the key for Amazon', () => {
  const parse = (amazon: object): string[] => {
    const settings = { receive: { topics: ['arn:aws:sns:us-east-1:291180941288:topic'] }, amazon };
    const { error } = proxySettings.safeParse(settings);
    return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const good = { publicKeyId: 'SANDBOX-KEY', privateKey, region: 'eu' };
  test('is checked with the configuration, and its text is not repeated', () => {
    expect(parse(good)).toEqual([]);
    expect(parse({ ...good, privateKey: 'no key at all' })).toEqual([
      'amazon.privateKey: The private key is no RSA key in PEM.',
    ]);
    expect(parse({ ...good, sandbox: false })).toEqual([
      expect.stringContaining('amazon.publicKeyId: The public key id is for'),
    ]);
    expect(parse({ ...good, endpoint: 'http://pay.example' })).toEqual([
      'amazon.endpoint: http://pay.example: signed requests go by https, or to this machine.',
    ]);
  });
});
