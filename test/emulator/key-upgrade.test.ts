import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator';
import { createV2Client, refusal } from './clients';

/** From MWS keys to a public key id (facts: api-mapping.md section 6). */
test('a key that is registered signs requests, in the next run as well, and a stranger registers none', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const folder = mkdtempSync(join(tmpdir(), 'key-upgrade-'));
  const options = { throttling: false, data: join(folder, 'orders.jsonl') };
  const first = await startEmulator(options);
  const { mwsAccessKey, mwsSecretKey, merchantId } = first.credentials;
  const upgrade = (secret: string) => fetch(keyUpgradeUrl(first.url, { mwsAccessKey, merchantId, secret, publicKey }));
  expect((await upgrade('of a stranger')).status).toBe(403);
  const { publicKeyId } = (await (await upgrade(mwsSecretKey)).json()) as { publicKeyId: string };
  const id = first.people.startOrderReference();
  await first.close();
  const second = await startEmulator(options);
  const client = createV2Client(second, { publicKeyId, privateKey, sandbox: true });
  // Signed as it should be: what is missing is no permission yet.
  expect(await refusal(client['getChargePermission']!(id))).toBe('404 ResourceNotFound');
  await second.close();
  rmSync(folder, { recursive: true });
});

interface KeyUpgrade {
  readonly mwsAccessKey: string;
  readonly merchantId: string;
  readonly secret: string;
  readonly publicKey: string;
}

/** As the plug-in for Magento does: SellerId is signed and sent as MerchantId (facts: api-mapping.md section 6). */
function keyUpgradeUrl(origin: string, { mwsAccessKey, merchantId, secret, publicKey }: KeyUpgrade): URL {
  const url = new URL('/live/v2/publicKeyId', origin);
  const signed = {
    AWSAccessKeyId: mwsAccessKey,
    Action: 'GetPublicKeyId',
    SellerId: merchantId,
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: new Date().toISOString(),
  };
  const query = Object.entries(signed).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const text = ['GET', url.hostname, url.pathname, query.join('&')].join('\n');
  const { SellerId, ...rest } = signed;
  const Signature = createHmac('sha256', secret).update(text).digest('base64');
  url.search = new URLSearchParams({ ...rest, MerchantId: SellerId, PublicKey: publicKey, Signature }).toString();
  return url;
}
