import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator, type Emulator } from '../../../src/emulator';
import { checkConfiguration, type CheckResult } from '../../../src/proxy/configuration/check';
import { proxySettings } from '../../../src/proxy/configuration/settings';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { TOPIC } from '../receive/messages';
import { makeStore, type TestStore } from '../stores';

const strangerKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});
const SECRET = 'x'.repeat(32);

describe('what the check of a configuration reaches', () => {
  let store: TestStore;
  let certificates: CertificateServer;
  let emulator: Emulator;
  let shop: Server;
  let answer: RequestListener;
  let asked: string[];
  let origin: string;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());
  beforeEach(async () => {
    store = makeStore('sqlite');
    certificates = await startCertificateServer();
    asked = [];
    answer = (_, response) => response.writeHead(404).end();
    shop = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await new Promise((resolve) => shop.close(resolve));
    await certificates.close();
    await store.remove();
  });

  async function check(own: object = {}): Promise<readonly CheckResult[]> {
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      operate: { admin: { port: 0 } },
      deliver: {
        legacy: { url: `${origin}/legacy`, secret: SECRET },
        migrated: { url: `${origin}/migrated`, dryRunUrl: `${origin}/dry-run`, secret: SECRET },
      },
      amazon: amazon(),
      ...own,
    });
    const results: CheckResult[] = [];
    for await (const result of checkConfiguration({ settings, files: new Map() }, certificates.agent))
      results.push(result);
    // The store, two ports, the host of certificates, the way to the handlers and secrets have tests of their own.
    return results.slice(6);
  }

  const amazon = (change: object = {}): object => {
    const { publicKeyId, privateKey } = emulator.credentials;
    return { publicKeyId, privateKey, region: 'na', endpoint: emulator.url, ...change };
  };

  test('all is well: no handler was sent anything', async () => {
    expect(await check()).toEqual([
      { what: 'deliver.legacy.url', mark: 'ok', said: `${origin} takes connections (no message was sent)` },
      { what: 'deliver.migrated.url', mark: 'ok', said: `${origin} takes connections (no message was sent)` },
      { what: 'deliver.migrated.dryRunUrl', mark: 'ok', said: `${origin} takes connections (no message was sent)` },
      { what: "key for Amazon's API", mark: 'ok', said: 'knows the key (sandbox)' },
    ]);
    expect(asked).toEqual([]);
  });

  test('a handler that is down holds no start up', async () => {
    const deliver = {
      legacy: { url: `${origin}/legacy`, secret: SECRET },
      migrated: { url: 'http://127.0.0.1:1/migrated', secret: SECRET },
    };
    expect((await check({ deliver }))[1]).toEqual({
      what: 'deliver.migrated.url',
      mark: 'look',
      said: 'http://127.0.0.1:1: ECONNREFUSED. Messages would wait for it. Nothing listens there, or something in between refuses: allow connections to 127.0.0.1. See deliver.migrated.url.',
    });
  });

  test('without an address for dry runs, shadow teaches nothing', async () => {
    const deliver = {
      legacy: { url: `${origin}/legacy`, secret: SECRET },
      migrated: { url: `${origin}/migrated`, secret: SECRET },
    };
    expect((await check({ deliver }))[2]).toMatchObject({
      what: 'deliver.migrated.dryRunUrl',
      mark: 'look',
      said: expect.stringContaining('never called'),
    });
  });

  test('a handler that speaks no TLS', async () => {
    const deliver = {
      legacy: { url: `${origin.replace('http:', 'https:')}/legacy`, secret: SECRET },
      migrated: { url: `${origin}/migrated`, secret: SECRET },
    };
    expect((await check({ deliver }))[0]).toMatchObject({
      mark: 'look',
      said: expect.stringMatching(/^https:\/\/127.*does not speak TLS/),
    });
  });

  test.each([
    ['a key that Amazon does not know', { publicKeyId: 'SANDBOX-NOBODY' }],
    ['a signature that Amazon refuses', { privateKey: strangerKey }],
  ])('%s', async (_, change) => {
    const found = (await check({ amazon: amazon(change) })).at(-1);
    expect(found).toMatchObject({
      mark: 'wrong',
      said: expect.stringMatching(/refuses the key: 40\d.*amazon\.publicKeyId/),
    });
  });

  test('Amazon cannot be reached', async () => {
    const found = (await check({ amazon: amazon({ endpoint: 'http://127.0.0.1:1' }) })).at(-1);
    expect(found).toMatchObject({
      mark: 'look',
      said: expect.stringMatching(/cannot be reached.*Nothing listens there/),
    });
  });

  test('without a key for Amazon, what that costs', async () => {
    expect((await check({ amazon: undefined })).at(-1)).toMatchObject({
      mark: 'look',
      said: expect.stringContaining('section "amazon"'),
    });
  });

  test('MWS is asked with its own key', async () => {
    const { mwsAccessKey, mwsSecretKey, merchantId } = emulator.credentials;
    const mws = { accessKeyId: mwsAccessKey, sellerId: merchantId, endpoint: emulator.url };
    const right = await check({ amazon: amazon({ mws: { ...mws, secretKey: mwsSecretKey } }) });
    expect(right.at(-1)).toEqual({ what: 'key for MWS', mark: 'ok', said: 'knows the key (sandbox)' });
    const other = await check({ amazon: amazon({ mws: { ...mws, secretKey: 'other' } }) });
    expect(other.at(-1)).toMatchObject({
      mark: 'wrong',
      said: expect.stringMatching(/refuses the key: 40\d.*amazon\.mws/),
    });
  });

  describe('outcomes', () => {
    const compare = (): object => ({ compare: { migrated: { from: 'endpoint', url: `${origin}/orders/{orderKey}` } } });

    test('an endpoint that does not know the order is right', async () => {
      expect((await check(compare())).at(-1)).toMatchObject({ what: 'outcomes of migrated (endpoint)', mark: 'ok' });
      expect(asked).toEqual(['GET /orders/S01-0000000-0000000']);
    });

    test('an endpoint that knows an order that nobody has would say the same of all', async () => {
      answer = (_, response) => response.end('{"state":"Captured"}');
      expect((await check(compare())).at(-1)).toMatchObject({ mark: 'wrong', said: expect.stringContaining('404') });
    });

    test('an endpoint that fails', async () => {
      answer = (_, response) => response.writeHead(500).end();
      expect((await check(compare())).at(-1)).toMatchObject({
        mark: 'look',
        said: expect.stringContaining('status 500'),
      });
    });
  });

  test('rules that are over are named', async () => {
    const rule = { field: 'state', legacy: 'Declined', owner: 'Ada', reason: 'known', expires: '2026-01-01' };
    const rules = [
      { ...rule, id: 'over' },
      { ...rule, id: 'in-force', expires: '2999-01-01' },
    ];
    expect((await check({ compare: { rules } })).at(-1)).toMatchObject({
      what: 'rules',
      mark: 'look',
      said: expect.stringMatching(/^over: over \(Ada, 2026-01-01\)\./),
    });
  });
});
