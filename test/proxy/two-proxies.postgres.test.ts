import { proxySettings } from '../../src/proxy/configuration/settings';
import { startProxy } from '../../src/proxy/proxy';
import { startCertificateServer } from '../amazon-pay/certificate-server';
import { certificateOf, envelope, TOPIC } from './receive/messages';
import { post } from './receive/receiving';
import { makeStore } from './stores';

describe('two proxies with one PostgreSQL', () => {
  // Also after a test that failed: a proxy that runs keeps the process from ending.
  const undo: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0)) await step();
  });

  test('one whose store is of a newer version since it started takes nothing more, and asks to be ended', async () => {
    const store = makeStore('postgres');
    const amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      operate: { admin: { port: 0 } },
    });
    const proxy = await startProxy(settings, { agent: amazon.agent });
    undo.push(
      () => proxy.stop(),
      () => amazon.close(),
      () => store.remove(),
    );
    expect(await post(proxy.url, envelope())).toMatchObject({ status: 200 });
    const database = await store.open();
    await database.query('INSERT INTO schema_version (version) VALUES (1000)');
    expect(await post(proxy.url, envelope())).toMatchObject({ status: 503 });
    expect(await proxy.unsafe).toMatchObject({ code: 'newer', message: expect.stringContaining('1000') as string });
    expect(await database.query('SELECT COUNT(*) AS n FROM inbox')).toEqual([{ n: 1 }]);
  });

  test('take the same messages, and each makes its work once', async () => {
    const store = makeStore('postgres');
    const amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      operate: { admin: { port: 0 } },
    });
    const proxies = await Promise.all([1, 2].map(() => startProxy(settings, { agent: amazon.agent })));
    undo.push(
      ...proxies.map((proxy) => () => proxy.stop()),
      () => amazon.close(),
      () => store.remove(),
    );
    const messages = Array.from({ length: 100 }, () => envelope());
    const urls = proxies.map(({ url }) => url);
    const replies = await Promise.all(messages.flatMap((message) => urls.map((url) => post(url, message))));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const database = await store.open();
    expect(
      await database.query('SELECT COUNT(*) AS n, MIN(seen_count) AS least, MAX(seen_count) AS most FROM inbox'),
    ).toEqual([{ n: 100, least: 2, most: 2 }]);
    expect(await database.query(`SELECT kind, COUNT(*) AS n FROM job GROUP BY kind ORDER BY kind`)).toEqual([
      { kind: 'deliver-legacy', n: 100 },
      { kind: 'deliver-migrated', n: 100 },
    ]);
  });
});
