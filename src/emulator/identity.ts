import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import {
  createTlsIdentity,
  selfSignedCertificate,
  type Identity as KeyAndCertificate,
} from '../amazon-pay/certificates';
import type { TlsIdentity } from '../amazon-pay/certificates';

/** The keys that an emulator makes for itself. Shops are set up with them, so they outlive a start with the same file. */
export interface Identity {
  /** PEM: the key of the merchant. */
  readonly merchant: string;
  /** Stands in for the key of SNS. */
  readonly sns: KeyAndCertificate;
  readonly tls: TlsIdentity;
}

const YEAR = 365 * 86_400_000;
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const pem = (key: ReturnType<typeof newKey>): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

async function makeSns(now: number): Promise<KeyAndCertificate> {
  const key = newKey();
  const certificate = await selfSignedCertificate(key, {
    commonName: 'sns.amazonaws.com',
    validFrom: new Date(now - YEAR),
    validTo: new Date(now + 2 * YEAR),
  });
  return { key: pem(key), certificate };
}

const isValid = (certificate: string, now: number): boolean =>
  Date.parse(new X509Certificate(certificate).validTo) > now + 86_400_000;

/** What was kept, and what is missing of it or has run out. */
export async function completeIdentity(
  kept: Partial<Identity>,
  hostNames: readonly string[],
  now: number,
): Promise<Identity> {
  const sns = kept.sns !== undefined && isValid(kept.sns.certificate, now) ? kept.sns : await makeSns(now);
  const tls =
    kept.tls !== undefined && isValid(kept.tls.server.certificate, now)
      ? kept.tls
      : await createTlsIdentity(hostNames, ['127.0.0.1', '::1'], new Date(now));
  return { merchant: kept.merchant ?? pem(newKey()), sns, tls };
}

export const publicHalf = (privateKey: string): string =>
  createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'pem' }).toString();
