import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../../src/proxy/configuration/checks/finding';
import { checkDatabaseTransport } from '../../../src/proxy/configuration/checks/database-transport';
import { checkOwnParts } from '../../../src/proxy/configuration/checks/own-parts';
import { checkRegions } from '../../../src/proxy/configuration/checks/regions';
import { checkSecrets } from '../../../src/proxy/configuration/checks/secrets';
import { checkTransport } from '../../../src/proxy/configuration/checks/transport';
import type { Check } from '../../../src/proxy/configuration/checks/finding';
import { loadConfiguration } from '../../../src/proxy/configuration/load-configuration';
import { proxySettings, type ProxySettings } from '../../../src/proxy/configuration/settings';
import { TOPIC } from '../receive/messages';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const ONE = 'one secret, and long enough to be one';
const TWO = 'two secret, and long enough to be one';
const US_TOPIC = TOPIC.replace('eu-west-1', 'us-east-1');

const receive = { topics: [TOPIC], port: 0 };
const key = { publicKeyId: 'LIVE-KEY', privateKey: String(pem), region: 'eu' };
const handlers = (legacy: object = {}, migrated: object = {}) => ({
  legacy: { url: 'http://127.0.0.1:3000/ipn', secret: ONE, ...legacy },
  migrated: { url: 'http://[::1]:3001/ipn', secret: TWO, ...migrated },
});
const settingsOf = (own: object): ProxySettings => proxySettings.parse({ receive, ...own });

const findAll = async (checks: readonly Check[]): Promise<readonly ({ what: string } & Finding)[]> =>
  Promise.all(checks.map(async ({ what, find }) => ({ what, ...(await find()) })));

describe('regions', () => {
  const find = (amazon: object, topics: readonly string[] = [TOPIC]) =>
    findAll(checkRegions(settingsOf({ receive: { topics }, amazon: { ...key, ...amazon } })));

  test.each([
    ['eu', TOPIC, 'ok', 'eu-west-1 fits amazon.region, eu'],
    ['na', US_TOPIC, 'ok', 'us-east-1 fits amazon.region, na'],
    ['eu', US_TOPIC, 'look', 'us-east-1 is where topics for na were seen, and amazon.region is eu.'],
    ['na', TOPIC, 'look', 'eu-west-1 is where topics for eu were seen, and amazon.region is na.'],
    ['eu', TOPIC.replace('west-1', 'west-2'), 'look', 'topics for eu were seen in eu-west-1 only'],
    ['jp', US_TOPIC, 'look', 'us-east-1 is where topics for na were seen'],
    ['jp', TOPIC.replace('eu-west-1', 'us-west-2'), 'ok', 'where topics for jp are is not known here'],
  ])('%s, with %s', async (region, topic, mark, said) => {
    expect(await find({ region }, [topic])).toEqual([
      { what: 'region of the topic', mark, said: expect.stringContaining(said) as string },
    ]);
  });

  test.each([
    ['amazon.endpoint', { endpoint: 'https://pay-api.amazon.com' }, 'wrong', "Amazon's address for na"],
    ['amazon.endpoint', { endpoint: 'https://pay-api.amazon.eu' }, 'ok', 'fits amazon.region, eu'],
    ['amazon.endpoint', { endpoint: 'https://emulator.test' }, 'look', 'is the referee'],
    [
      'amazon.mws.endpoint',
      { mws: { accessKeyId: 'A', secretKey: 'S', sellerId: 'M', endpoint: 'https://mws.amazonservices.jp' } },
      'wrong',
      "Amazon's address for jp, and amazon.region is eu. Drop amazon.mws.endpoint.",
    ],
  ])('%s: %j', async (what, own, mark, said) => {
    expect((await find(own))[0]).toEqual({ what, mark, said: expect.stringContaining(said) as string });
  });

  test('the emulator is at home everywhere, and without a key nothing is asked', async () => {
    expect(await find({ region: 'jp', endpoint: 'http://127.0.0.1:18080' })).toEqual([]);
    expect(checkRegions(settingsOf({}))).toEqual([]);
  });
});

describe('the way to the handlers', () => {
  const find = (own: object) => findAll(checkTransport(settingsOf(own)));

  test('within this machine it may be plain', async () => {
    expect(await find({ deliver: handlers() })).toEqual([
      { what: 'way to the handlers', mark: 'ok', said: 'https, or within this machine' },
    ]);
    expect(await find({})).toEqual([]);
  });

  test('to another machine it is read and changed by whoever is in between', async () => {
    const deliver = handlers(
      { url: 'https://shop.test/ipn' },
      { url: 'http://shop.test:3001/ipn', dryRunUrl: 'http://10.0.0.2/dry' },
    );
    const compare = { legacy: { from: 'endpoint', url: 'http://127.example.test/{orderKey}' } };
    const [found] = await find({ deliver, compare });
    expect(found?.mark).toBe('look');
    expect(found?.said).toContain(
      'deliver.migrated.url (shop.test:3001), deliver.migrated.dryRunUrl (10.0.0.2), compare.legacy.url (127.example.test)',
    );
    expect(found?.said).not.toContain('deliver.legacy.url');
  });
});

describe('the way to PostgreSQL', () => {
  const find = async (url: string, own: object = {}) =>
    (await findAll(checkDatabaseTransport(settingsOf({ store: { driver: 'postgres', url }, ...own }))))[0];

  test.each([
    'postgres://u:p@127.0.0.1:5432/shop',
    'postgres://u@localhost/shop',
    'postgres://u@[::1]/shop',
    'postgres://u@%2Fvar%2Frun%2Fpostgresql/shop',
    'postgres://u:p@db.test/shop?sslmode=verify-full',
  ])('%s is safe', async (url) => {
    expect(await find(url)).toEqual({ what: 'way to PostgreSQL', mark: 'ok', said: 'TLS, or within this machine' });
  });

  test.each([
    ['postgres://u:geheim@db.test/shop', 'no TLS to another machine: store.url (db.test).'],
    ['postgres://u:geheim@10.0.0.5:5433/shop?sslmode=disable', 'no TLS to another machine: store.url (10.0.0.5).'],
    ['postgres://u:geheim@db.test/shop?sslmode=no-verify', 'the certificate is not checked: store.url (db.test).'],
    ['postgres://u:geheim@db.test/shop?uselibpqcompat=true&sslmode=require', 'the certificate is not checked'],
  ])('%s is to be looked at', async (url, said) => {
    const found = await find(url);
    expect(found).toMatchObject({ mark: 'look', said: expect.stringContaining(said) as string });
    expect(found?.said).toContain('sslmode=verify-full');
    expect(found?.said).not.toContain('geheim');
  });

  test("the shop's own is looked at too, and without one there is nothing to say", async () => {
    const compare = { legacy: { from: 'query', url: 'postgres://r@shop.test/shop', sql: 'SELECT $1 AS state' } };
    const [found] = await findAll(checkDatabaseTransport(settingsOf({ compare })));
    expect(found?.said).toContain('compare.legacy.url (shop.test)');
    expect(checkDatabaseTransport(settingsOf({}))).toEqual([]);
  });
});

describe('the admin port', () => {
  const find = async (host: string, own: object = {}) =>
    (await findAll(checkOwnParts(settingsOf({ operate: { admin: { port: 0, host, ...own } } })).slice(2)))[0];

  test.each(['127.0.0.1', 'localhost'])('%s is this machine', async (host) => {
    expect(await find(host)).toEqual({ what: 'admin port', mark: 'ok', said: 'the system chooses one' });
  });

  test('0.0.0.0 is reached by others', async () => {
    const found = await find('0.0.0.0');
    expect(found).toMatchObject({ mark: 'look', said: expect.stringMatching(/other machines reach 0\.0\.0\.0.*TLS/) });
    expect(found?.said).not.toContain('/metrics');
    expect((await find('0.0.0.0', { protectMetrics: false }))?.said).toContain('/metrics needs none');
  });
});

describe('secrets', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'proxy-secrets-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function find(own: object, environment: Record<string, string> = {}) {
    const path = join(folder, 'proxy.jsonc');
    writeFileSync(path, JSON.stringify({ receive, ...own }));
    const { settings, files } = loadConfiguration(path, environment);
    return findAll(checkSecrets(settings, files));
  }
  const handlersWith = { deliver: handlers({ secret: { env: 'ONE' } }, { secret: { env: 'TWO' } }) };

  test('one for each purpose; two handlers may have one', async () => {
    const admin = { operate: { admin: { token: { env: 'ADMIN' } } } };
    const fine = [{ what: 'secrets', mark: 'ok', said: 'one for each purpose' }];
    expect(await find({ ...handlersWith, ...admin }, { ONE, TWO, ADMIN: 'x'.repeat(16) })).toEqual(fine);
    expect(await find({ ...handlersWith, ...admin }, { ONE, TWO: ONE, ADMIN: 'x'.repeat(16) })).toEqual(fine);
  });

  test('one for two purposes is named by its settings, and is not shown', async () => {
    const store = { driver: 'postgres', url: { env: 'STORE' } };
    const [found] = await find(
      { ...handlersWith, store, operate: { admin: { token: { env: 'ONE' } } } },
      { ONE, TWO: 'p'.repeat(32), STORE: `postgres://proxy:${'p'.repeat(32)}@127.0.0.1/proxy` },
    );
    expect(found).toMatchObject({ what: 'secrets', mark: 'look' });
    expect(found?.said).toContain('deliver.legacy.secret is the same as operate.admin.token');
    expect(found?.said).toContain('deliver.migrated.secret is the same as store.url');
    expect(found?.said).not.toMatch(new RegExp(`${ONE}|pppp`));
  });

  test('a file that others may read', async () => {
    const [file, token] = [join(folder, 'private.pem'), join(folder, 'token')];
    writeFileSync(file, pem);
    writeFileSync(token, 't'.repeat(20));
    writeFileSync(join(folder, 'authority.pem'), 'public');
    const own = {
      amazon: { ...key, privateKey: { file: 'private.pem' }, certificateAuthority: { file: 'authority.pem' } },
      operate: { admin: { token: { file: 'token' } } },
    };
    for (const each of [file, token]) chmodSync(each, 0o600);
    expect((await find(own)).at(-1)).toEqual({ what: 'files of secrets', mark: 'ok', said: 'for their owner alone' });
    chmodSync(file, 0o604);
    const found = (await find(own)).at(-1);
    expect(found).toMatchObject({ what: 'files of secrets', mark: 'look', said: expect.stringContaining(file) });
    expect(found?.said).not.toContain(token);
    expect(found?.said).not.toContain('authority.pem');
  });
});
