import { generateKeyPairSync } from 'node:crypto';
import { startEmulator, type Emulator } from '../../../src/emulator';
import { proxySettings } from '../../../src/proxy/configuration/settings';
import { silentObserver, type Observer } from '../../../src/proxy/observer';
import { startProxy, type Proxy } from '../../../src/proxy/proxy';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf, envelope, TOPIC } from '../receive/messages';
import { post } from '../receive/receiving';
import { makeStore, type TestStore } from '../stores';

/** A key that Amazon does not know. */
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('a key that Amazon refuses while the proxy runs', () => {
  let store: TestStore;
  let emulator: Emulator;
  let certificates: CertificateServer;
  let proxy: Proxy;
  let refused: Promise<void>;

  beforeEach(async () => {
    store = makeStore('sqlite');
    emulator = await startEmulator();
    certificates = await startCertificateServer();
    const certificate = await certificateOf();
    certificates.answer = (_, response) => void response.end(certificate);
    let tell = (): void => undefined;
    refused = new Promise((resolve) => (tell = resolve));
    const observer: Observer = {
      ...silentObserver,
      breakerChanged: ({ target, state }) => {
        if (target === 'amazon' && state === 'open') tell();
      },
    };
    const { publicKeyId } = emulator.credentials;
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      operate: { admin: { port: 0 } },
      amazon: {
        publicKeyId: publicKeyId.replace('SANDBOX', 'LIVE'),
        privateKey: key,
        region: 'na',
        endpoint: emulator.url,
      },
    });
    proxy = await startProxy(settings, { agent: certificates.agent, observer });
  });
  afterEach(async () => {
    await proxy.stop();
    await certificates.close();
    await emulator.close();
    await store.remove();
  });

  const warnings = async (): Promise<readonly string[]> => {
    const headers = { authorization: `Bearer ${proxy.adminToken}` };
    const response = await fetch(`${proxy.adminUrl}/api/status`, { headers });
    return ((await response.json()) as { warnings: readonly string[] }).warnings;
  };

  test('is said by the status, and not by the log alone', async () => {
    expect((await warnings()).join()).not.toContain('refuses the key');
    await post(proxy.url, envelope());
    await refused;
    expect((await warnings()).join()).toContain('refuses the key');
  });
});
