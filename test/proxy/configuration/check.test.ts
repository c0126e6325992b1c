import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { checkConfiguration, type CheckResult } from '../../../src/proxy/configuration/check';
import { startProxy } from '../../../src/proxy/proxy';
import { proxySettings } from '../../../src/proxy/configuration/settings';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { TOPIC } from '../receive/messages';
import { makeStore, stores, type TestStore } from '../stores';

describe.each(stores)('the check of a configuration, on %s', (driver) => {
  let store: TestStore;
  let amazon: CertificateServer;
  beforeEach(async () => {
    store = makeStore(driver);
    amazon = await startCertificateServer();
  });
  afterEach(async () => {
    await amazon.close();
    await store.remove();
  });

  async function check(
    own: object = {},
    store_ = store.settings,
    operate: object = { admin: { port: 0 } },
  ): Promise<readonly CheckResult[]> {
    const settings = proxySettings.parse({
      store: store_,
      receive: { topics: [TOPIC], port: 0, ...own },
      operate,
    });
    const results: CheckResult[] = [];
    for await (const result of checkConfiguration({ settings, files: new Map() }, amazon.agent)) results.push(result);
    return results;
  }

  test('finds nothing wrong where nothing is', async () => {
    const results = await check();
    expect(results.map(({ what }) => what)).toEqual([
      `store (${driver})`,
      'public port',
      'admin port',
      'certificates of sns.eu-west-1.amazonaws.com',
      ...(driver === 'postgres' ? ['way to PostgreSQL'] : []),
    ]);
    expect(results.filter(({ mark }) => mark !== 'ok')).toEqual([]);
    expect(amazon.requests).toEqual(['sns.eu-west-1.amazonaws.com/']);
  });

  test('says that a port is taken, and which setting to change', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const [, found] = await check({ port });
    expect(found).toEqual({
      what: 'public port',
      mark: 'wrong',
      said: `127.0.0.1:${port} cannot be used (EADDRINUSE). Set receive.port to another, or end what listens there.`,
    });
    other.close();
  });

  test('takes its own proxy, which runs, for nothing that is wrong: keys are tried beside it', async () => {
    const own = { store: store.settings, receive: { topics: [TOPIC], port: 0 }, operate: { admin: { port: 0 } } };
    const proxy = await startProxy(proxySettings.parse(own), { agent: amazon.agent });
    const portOf = (url: string): number => Number(new URL(url).port);
    const [adminPort, port] = [portOf(proxy.adminUrl), portOf(proxy.url)];
    const found = await check({ port }, store.settings, { admin: { port: adminPort } });
    await proxy.stop();
    const inUse = { mark: 'look', said: expect.stringMatching(/^in use, and a proxy answers at operate\.admin\.port/) };
    expect(found.slice(0, 3)).toMatchObject([
      { what: `store (${driver})`, ...(driver === 'sqlite' ? inUse : { mark: 'ok' }) },
      { what: 'public port', ...inUse },
      { what: 'admin port', ...inUse },
    ]);
  });

  test('says that an address is none of this machine', async () => {
    const [, found] = await check({ host: '192.0.2.7', port: 8080 });
    expect(found?.said).toBe(
      '192.0.2.7:8080 cannot be used (EADDRNOTAVAIL). It is no address of this machine: set receive.host to one.',
    );
  });

  test('says that the certificates cannot be reached', async () => {
    await amazon.close();
    expect((await check()).find(({ what }) => what.startsWith('certificates'))).toMatchObject({
      mark: 'wrong',
      said: expect.stringMatching(/ECONNREFUSED.*Nothing listens there.*allow connections to sns/),
    });
    amazon = await startCertificateServer();
  });

  test('says that the store cannot be opened', async () => {
    const wrong =
      driver === 'sqlite'
        ? { driver, path: '/nowhere/proxy.db' }
        : { driver, url: 'postgres://nobody@127.0.0.1:1/x', schema: 'x', connections: 2 };
    expect((await check({}, wrong as typeof store.settings))[0]).toMatchObject({ mark: 'wrong' });
  });

  const { settings } = makeStore(driver);
  test.each(
    settings.driver === 'sqlite'
      ? [
          [
            { path: `${__filename}/proxy.db` },
            /proxy\.db\S* leads through something that is no folder\. Mend that, or set store\.path/,
          ],
          [{ path: '/nowhere/proxy.db' }, /\/nowhere does not exist\. Make it, or set store\.path/],
        ]
      : [
          [
            { url: 'postgres://nobody@127.0.0.1:1/x' },
            /Nothing listens there, .*allow connections to 127\.0\.0\.1\. See store\.url/,
          ],
          [
            { url: settings.url.replace(/\/\w+$/, '/nothing') },
            /\(3D000\).*Make the database, or name another in store\.url/,
          ],
          [{ url: settings.url.replace(/\/\/.*@/, '//nobody@') }, /\(28000\).*Look at user and password in store\.url/],
        ],
  )('says what to do about a store that cannot be opened: %j', async (change, said) => {
    const [found] = await check({}, { ...store.settings, ...change } as typeof store.settings);
    expect(found).toMatchObject({ mark: 'wrong', said: expect.stringMatching(said) });
  });
});
