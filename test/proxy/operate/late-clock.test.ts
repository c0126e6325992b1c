import { proxySettings } from '../../../src/proxy/configuration/settings';
import { silentObserver, type Observer } from '../../../src/proxy/observer';
import { startProxy, type Proxy } from '../../../src/proxy/proxy';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { TestHandler } from '../deliver/handler';
import { certificateOf, envelope, TOPIC } from '../receive/messages';
import { post } from '../receive/receiving';
import { makeStore, TestClock, type TestStore } from '../stores';

const HOUR = 3_600_000;
const secret = 'a secret of at least 32 characters, for tests';

describe('a clock of the machine that is hours late when the proxy starts', () => {
  const machine = new TestClock();
  const legacy = new TestHandler();
  let store: TestStore;
  let certificates: CertificateServer;
  let proxy: Proxy;
  let isTried: Promise<void>;

  beforeEach(async () => {
    store = makeStore('sqlite');
    certificates = await startCertificateServer();
    const certificate = await certificateOf();
    certificates.answer = (_, response) => void response.end(certificate);
    await legacy.start();
    machine.time = Date.now() - 3 * HOUR;
    let tell = (): void => undefined;
    isTried = new Promise((resolve) => (tell = resolve));
    const observer: Observer = {
      ...silentObserver,
      retried: ({ kind, failure }) => {
        if (kind === 'verify' && failure === 'timestamp') tell();
      },
    };
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      deliver: { legacy: { url: legacy.url, secret }, migrated: { url: legacy.url, secret: `${secret}.` } },
      operate: { admin: { port: 0, protectMetrics: false } },
    });
    proxy = await startProxy(settings, {
      ...{ agent: certificates.agent, observer, clock: machine, elapsed: () => 0 },
    });
  });
  afterEach(async () => {
    await proxy.stop();
    await Promise.all([certificates.close(), legacy.close()]);
    await store.remove();
  });

  const read = async (path: string): Promise<string> => {
    const headers = { authorization: `Bearer ${proxy.adminToken}` };
    return (await fetch(`${proxy.adminUrl}${path}`, { headers })).text();
  };

  test('is named by status and metrics, which say what to do; once it is right nothing waits, and handlers see the right time', async () => {
    expect((await post(proxy.url, envelope())).status).toBe(200);
    await isTried;
    expect(await read('/api/status')).toContain(
      'their time is not that of this machine: 1. Is its clock right (timedatectl)?',
    );
    expect(await read('/metrics')).toContain('amazon_pay_proxy_messages_out_of_time 1');
    machine.time = Date.now();
    expect(await read('/api/status')).toContain('The time of the store is 180 min behind the clock of this machine');
    expect((await post(proxy.url, envelope())).status).toBe(200);
    await legacy.has(1);
    // Or a handler that checks the signature would refuse it as one of three hours ago.
    expect(legacy.ledger[0]?.headers['x-amazon-pay-proxy-timestamp']).toBe(new Date(machine.time).toISOString());
  });
});
