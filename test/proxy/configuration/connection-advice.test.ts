import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createTlsIdentity } from '../../../src/amazon-pay/certificates';
import { adviseOn } from '../../../src/proxy/configuration/checks/connection-advice';
import { checkHandlers } from '../../../src/proxy/configuration/checks/handlers';
import { proxySettings } from '../../../src/proxy/configuration/settings';
import { TOPIC } from '../receive/messages';

test.each([
  ['ENOTFOUND', 'The name shop.test cannot be looked up here'],
  ['ECONNREFUSED', 'Nothing listens there'],
  ['ETIMEDOUT', 'allow connections to shop.test (firewall'],
  ['UND_ERR_CONNECT_TIMEOUT', 'allow connections to shop.test (firewall'],
  ['ECONNRESET', 'was ended before an answer'],
  ['CERT_HAS_EXPIRED', 'Renew the certificate of shop.test'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'of another name than shop.test'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'of an authority that is not known here'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'of an authority that is not known here'],
  ['EPROTO', 'does not speak TLS'],
  ['ESOMETHING', 'Look at the way to shop.test.'],
])('%s', (code, advice) => {
  const error = new Error('outer', { cause: Object.assign(new Error('inner'), { code }) });
  expect(adviseOn(error, 'shop.test')).toContain(advice);
});

describe('a handler whose certificate is not believed', () => {
  let server: Server;
  let authority: string;
  const find = async (host: string, own: object = {}) => {
    const url = `https://${host}:${(server.address() as AddressInfo).port}/ipn`;
    const secret = 'x'.repeat(32);
    const deliver = { legacy: { url, secret, ...own }, migrated: { url: 'http://127.0.0.1:1/', secret } };
    const settings = proxySettings.parse({ receive: { topics: [TOPIC] }, deliver });
    return checkHandlers(settings)[0]?.find();
  };
  beforeAll(async () => {
    const identity = await createTlsIdentity(['localhost'], [], new Date());
    ({ authority } = identity);
    server = createServer({ key: identity.server.key, cert: identity.server.certificate });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('is told which setting takes an authority of its own', async () => {
    const found = await find('localhost');
    expect(found).toMatchObject({ mark: 'look', said: expect.stringContaining('deliver.legacy.certificateAuthority') });
    expect(found?.said).not.toContain('llow');
    expect(await find('localhost', { certificateAuthority: authority })).toMatchObject({ mark: 'ok' });
  });

  test('is told that it is of another name', async () => {
    const found = await find('127.0.0.1', { certificateAuthority: authority });
    expect(found).toMatchObject({ mark: 'look', said: expect.stringContaining('of another name than 127.0.0.1') });
  });
});
