import type { Part } from '../part';

/** The check of the signature that the legacy client made, for handlers that had it (facts: ipn.md section 1). */
export const verifyMessageParts: readonly Part[] = [
  {
    name: 'createVerify',
    needs: [],
    exported: false,
    source: "import { createVerify } from 'node:crypto';",
    commonjs: "const { createVerify } = require('node:crypto');",
  },
  {
    name: 'https',
    needs: [],
    exported: false,
    source: "import { get as getHttps } from 'node:https';",
    commonjs: "const { get: getHttps } = require('node:https');",
  },
  {
    name: 'CERTIFICATES',
    needs: [],
    exported: false,
    source: String.raw`
/** Certificates by their address; Amazon changes the address when it changes the certificate. */
const CERTIFICATES = new Map⟦<string, Promise<string>>⟧();`,
  },
  {
    name: 'signingCertificate',
    needs: ['CERTIFICATES', 'https', 'refuse'],
    exported: false,
    source: String.raw`
/** Fetches the certificate that a message was signed with, from a host of Amazon SNS only. */
function signingCertificate(address⟦: string⟧)⟦: Promise<string>⟧ {
  if (!/^https:\/\/sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?\/[\w./-]+\.pem$/.test(address)) {
    refuse('AMAZON_PAY_NOT_SIGNED', 'Not the address of a certificate of Amazon SNS');
  }
  const known = CERTIFICATES.get(address);
  if (known) return known;
  const certificate = new Promise⟦<string>⟧((resolve, reject) => {
    const request = getHttps(address, { timeout: 5000 }, (response) => {
      let text = '';
      if (response.statusCode !== 200) request.destroy(new Error('No certificate: HTTP status ' + response.statusCode));
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        if (text.length > 65536) request.destroy(new Error('Too long for a certificate'));
      });
      response.on('end', () => resolve(text)).on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('The certificate took too long'))).on('error', reject);
  });
  // One that could not be fetched is tried again with the next message.
  certificate.catch(() => CERTIFICATES.delete(address));
  if (CERTIFICATES.size >= 16) CERTIFICATES.clear();
  CERTIFICATES.set(address, certificate);
  return certificate;
}`,
  },
  {
    name: 'verifyMessage',
    needs: ['signingCertificate', 'createVerify', 'parseMessage', 'refuse'],
    exported: true,
    source: String.raw`
/**
 * Checks that a message of Amazon SNS was signed by Amazon SNS, as the legacy client did, and
 * resolves to it. Signature versions 1 and 2. State is never taken from a message, signed or not;
 * the check keeps strangers from using up the quota of GET requests.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 *
 * For rehearsals, certificate (PEM) takes the place of the one of Amazon. Never set it in production.
 */
async function verifyMessage(body⟦: unknown⟧, certificate⟦?: string⟧)⟦: Promise<Fetched>⟧ {
  const parsed = parseMessage(body);
  // AWS Lambda spells the addresses in another way.
  const message = {
    ...parsed,
    SigningCertURL: parsed.SigningCertURL ?? parsed.SigningCertUrl,
    SubscribeURL: parsed.SubscribeURL ?? parsed.SubscribeUrl,
  };
  const algorithm = new Map([['1', 'RSA-SHA1'], ['2', 'RSA-SHA256']]).get(String(message.SignatureVersion));
  const isNotification = message.Type === 'Notification';
  const keys = isNotification
    ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const isComplete = keys.every((key) => typeof message[key] === 'string' || (key === 'Subject' && !message[key]));
  if (!algorithm || !isComplete) refuse('AMAZON_PAY_NOT_SIGNED', 'Not a signed message of Amazon SNS');
  const pem = certificate || (await signingCertificate(String(message.SigningCertURL)));
  const signed = keys.filter((key) => typeof message[key] === 'string').map((key) => key + '\n' + message[key] + '\n');
  const isGenuine = createVerify(algorithm).update(signed.join('')).verify(pem, String(message.Signature), 'base64');
  if (!isGenuine) refuse('AMAZON_PAY_NOT_SIGNED', 'The signature does not fit the message');
  return message;
}`,
  },
];
