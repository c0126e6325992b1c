import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SnsEnvelope } from '../../transforms/sns/read-envelope';
import { signEnvelope } from '../../transforms/sns/sign-envelope';
import { notificationTopics } from '../catalog/environments';
import { CliError } from './cli-error';

const { accounts, marketplaces } = notificationTopics;

export const SAMPLE_TOPIC = `arn:aws:sns:us-east-1:${accounts.sandbox}:${marketplaces.naSandbox}A2SAMPLE`;

export interface SampleSigner {
  readonly certificate: string;
  readonly certificateUrl: string;
  sign(envelope: Omit<SnsEnvelope, 'Signature'>, by?: 'stranger'): SnsEnvelope;
}

const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function readKey(path: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(path));
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Said below, without what the file holds.
  }
  throw new CliError(
    'USAGE',
    `--key ${path}: no private RSA key in PEM.`,
    `Make one: openssl genrsa -out ${path} 2048`,
  );
}

/** A key that stands in for that of SNS, and its certificate under an address of the form that SNS uses. */
export async function createSampleSigner(keyPath: string | undefined, now: Date): Promise<SampleSigner> {
  const { selfSignedCertificate } = await import('../amazon-pay/certificates.js');
  const key = keyPath === undefined ? newKey() : readKey(keyPath);
  const year = 365 * 86_400_000;
  const certificate = await selfSignedCertificate(key, {
    commonName: 'sns.amazonaws.com',
    validFrom: new Date(now.getTime() - year),
    validTo: new Date(now.getTime() + year),
  });
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const name = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  let stranger: KeyObject | undefined;
  return {
    certificate,
    certificateUrl: `https://sns.us-east-1.amazonaws.com/SimpleNotificationService-${name}.pem`,
    sign: (envelope, by) => signEnvelope(envelope, by === undefined ? key : (stranger ??= newKey())),
  };
}
