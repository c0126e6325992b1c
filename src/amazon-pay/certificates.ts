import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, webcrypto, type KeyObject } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** `node:crypto` reads certificates and makes none; `@peculiar/x509` makes them. It needs `reflect-metadata` before it. */
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface CertificateContent {
  readonly commonName: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** A private key and its certificate, both as PEM. */
export interface Identity {
  readonly key: string;
  readonly certificate: string;
}

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const serialNumber = (): string => webcrypto.randomUUID().replace(/-/g, '').replace(/^./, '1');

async function toKeys(privateKey: KeyObject, algorithm: typeof RSA | typeof EC) {
  const publicKey = createPublicKey(privateKey);
  const [priv, pub] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), algorithm, true, ['sign']),
    webcrypto.subtle.importKey('spki', publicKey.export({ type: 'spki', format: 'der' }), algorithm, true, ['verify']),
  ]);
  return { privateKey: priv, publicKey: pub };
}

/** Makes a certificate (X.509 v3, PEM) that an RSA key signs for itself, as SNS publishes its own without a chain. */
export async function selfSignedCertificate(
  privateKey: KeyObject,
  { commonName, validFrom, validTo }: CertificateContent,
): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${commonName}`,
    notBefore: validFrom,
    notAfter: validTo,
    signingAlgorithm: RSA,
    keys: await toKeys(privateKey, RSA),
  });
  return `${certificate.toString('pem')}\n`;
}

export interface TlsIdentity {
  /** Of the authority: what a client is told to trust. */
  readonly authority: string;
  readonly server: Identity;
}

/** Makes a certificate authority, and a certificate that it signs for a server of these names. Its key is thrown away. */
export async function createTlsIdentity(
  hosts: readonly string[],
  addresses: readonly string[],
  now: Date,
): Promise<TlsIdentity> {
  const [ca, server] = [
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ];
  const [caKeys, serverKeys] = await Promise.all([toKeys(ca.privateKey, EC), toKeys(server.privateKey, EC)]);
  const year = 365 * 86_400_000;
  const validity = { notBefore: new Date(now.getTime() - 86_400_000), notAfter: new Date(now.getTime() + year) };
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: 'CN=Amazon Pay emulator of amazon-pay-migrate',
    signingAlgorithm: EC,
    keys: caKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    issuer: authority.subject,
    subject: 'CN=localhost',
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: EC,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...hosts.map((value) => ({ type: 'dns', value }) as const),
        ...addresses.map((value) => ({ type: 'ip', value }) as const),
      ]),
    ],
  });
  return {
    authority: `${authority.toString('pem')}\n`,
    server: { key: pem(server.privateKey), certificate: `${certificate.toString('pem')}\n` },
  };
}
