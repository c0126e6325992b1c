import { get } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proxySettings } from '../../src/proxy/configuration/settings';
import { silentObserver, type Observer } from '../../src/proxy/observer';
import { startProxy, type Proxy } from '../../src/proxy/proxy';
import { addJob, JobQueue } from '../../src/proxy/store/jobs';
import { systemClock } from '../../src/proxy/clock';
import { startCertificateServer, type CertificateServer } from '../amazon-pay/certificate-server';
import { certificateOf, envelope, TOPIC } from './receive/messages';
import { post } from './receive/receiving';
import { makeStore, stores, type TestStore } from './stores';

describe.each(stores)('a proxy that runs, on %s', (driver) => {
  let store: TestStore;
  let amazon: CertificateServer;
  let proxy: Proxy | null;
  let handlers: Server;
  beforeEach(async () => {
    handlers = createServer();
    await new Promise<void>((resolve) => handlers.listen(0, '127.0.0.1', resolve));
    store = makeStore(driver);
    amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    proxy = null;
  });
  afterEach(async () => {
    await proxy?.stop();
    await amazon.close();
    handlers.closeAllConnections();
    await new Promise((resolve) => handlers.close(resolve));
    await store.remove();
  });

  const handlerAt = (path: string) => ({
    url: `http://127.0.0.1:${(handlers.address() as AddressInfo).port}${path}`,
    secret: 'a secret of the tests, long enough to be one',
  });
  const start = async (receive: object = {}, deliver?: object): Promise<Proxy> => {
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0, ...receive },
      operate: { admin: { port: 0 } },
      ...(deliver === undefined ? {} : { deliver }),
    });
    return (proxy = await startProxy(settings, { agent: amazon.agent }));
  };
  const statusOf = async (path: string): Promise<number> => (await fetch(`${proxy?.adminUrl}${path}`)).status;

  test('takes messages, and is alive and ready', async () => {
    const { url } = await start();
    expect(await post(url, envelope())).toMatchObject({ status: 200 });
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
  });

  test('hands what it took to the legacy handler, which counts until the mode is changed, and to no other', async () => {
    const seen: string[] = [];
    const taken = new Promise<{ path: string; body: string }>((resolve) => {
      handlers.on('request', (request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (text: string) => (body += text));
        request.on('end', () => {
          seen.push(request.url ?? '');
          response.end();
          resolve({ path: request.url ?? '', body });
        });
      });
    });
    const message = envelope();
    const { url } = await start({}, { legacy: handlerAt('/legacy'), migrated: handlerAt('/migrated') });
    await post(url, message);
    const { path, body } = await taken;
    expect(path).toBe('/legacy');
    expect(JSON.parse(body)).toEqual(message);
    // What was begun is finished before the end.
    await proxy?.stop();
    proxy = null;
    expect(seen).toEqual(['/legacy']);
  });

  test('tells at once what must wake somebody', async () => {
    const database = await store.open();
    await addJob(database, { kind: 'deliver-legacy', lane: 'legacy:1', subject: '1', runAt: 0 }, 0);
    await database.query(`UPDATE job SET state = 'dead', ended_at = 1`);
    await database.close();
    const settings = { store: store.settings, receive: { topics: [TOPIC], port: 0 }, operate: { admin: { port: 0 } } };
    let tell: Observer['alertChanged'] = () => undefined;
    const told = new Promise((resolve) => (tell = resolve));
    const observer = { ...silentObserver, alertChanged: tell };
    proxy = await startProxy(proxySettings.parse(settings), { observer });
    expect(await told).toEqual({ alert: 'dead-letters', isOn: true, value: 1 });
  });

  test('tells its health to load balancers, which ask by address', async () => {
    const { adminUrl } = await start();
    const { port } = new URL(adminUrl);
    const status = await new Promise((resolve, reject) => {
      const options = { port, host: '127.0.0.1', path: '/readyz', headers: { host: `10.0.0.7:${port}` }, agent: false };
      get(options, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(200);
  });

  test('ends when it is told to, and what it took is there at the next start', async () => {
    const { url } = await start();
    const message = envelope();
    await post(url, message);
    await proxy?.stop();
    proxy = null;
    await expect(post(url, message)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const database = await store.open();
    expect(await database.query('SELECT message_id FROM inbox')).toEqual([{ message_id: message.MessageId }]);
    expect(await database.query(`SELECT COUNT(*) AS n FROM job WHERE state = 'ready'`)).toEqual([{ n: 2 }]);
  });

  test('without a key for Amazon no comparison waits for its word', async () => {
    const before = await store.open();
    await addJob(
      before,
      { kind: 'truth', lane: 'truth:1', subject: 'CHARGE P01-1112223-3334445-C000111', runAt: 0 },
      0,
    );
    await before.close();
    const { url } = await start();
    await post(url, envelope());
    await proxy?.stop();
    proxy = null;
    const database = await store.open();
    expect(await database.query(`SELECT state, reason FROM job WHERE kind = 'truth'`)).toEqual([
      { state: 'expired', reason: 'no-key' },
    ]);
  });

  test('a port that is taken leaves nothing open', async () => {
    const { url } = await start();
    const other = makeStore(driver);
    const settings = proxySettings.parse({
      store: other.settings,
      receive: { topics: [TOPIC], port: Number(new URL(url).port) },
    });
    await expect(startProxy(settings)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await (await other.open()).close();
    await other.remove();
  });

  test('gives back what it was working on', async () => {
    const database = await store.open();
    const own = new JobQueue(database, systemClock, 'own');
    const another = new JobQueue(database, systemClock, 'another');
    const job = { kind: 'deliver-legacy' as const, subject: '1', runAt: 0 };
    for (const lane of ['a', 'b']) await addJob(database, { ...job, lane }, 0);
    await own.claim({ kind: 'deliver-legacy', limit: 1, leaseMs: 60_000 });
    await another.claim({ kind: 'deliver-legacy', limit: 1, leaseMs: 60_000 });
    expect(await own.giveBack()).toBe(1);
    expect(await database.query('SELECT lane, state, lease_owner FROM job ORDER BY lane')).toEqual([
      { lane: 'a', state: 'ready', lease_owner: null },
      { lane: 'b', state: 'leased', lease_owner: 'another' },
    ]);
  });
});
