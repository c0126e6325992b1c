import { createHmac } from 'node:crypto';
import type { Emulator } from '../../src/emulator';

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** A form to MWS, signed by the rules of signature version 2. Gives its body. */
export function signedForm({ credentials }: Emulator, parameters: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = {
    AWSAccessKeyId: credentials.mwsAccessKey,
    SellerId: credentials.merchantId,
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: new Date().toISOString(),
    Version: '2013-01-01',
    ...parameters,
  };
  const pairs = Object.keys(all)
    .sort()
    .map((name) => `${encode(name)}=${encode(all[name] ?? '')}`);
  const text = ['POST', '127.0.0.1', '/OffAmazonPayments_Sandbox/2013-01-01', pairs.join('&')].join('\n');
  const signature = createHmac('sha256', credentials.mwsSecretKey).update(text).digest('base64');
  return `${pairs.join('&')}&Signature=${encode(signature)}`;
}
