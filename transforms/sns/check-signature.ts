import { createVerify, X509Certificate, type KeyObject } from 'node:crypto';
import type { SnsEnvelope } from './read-envelope';
import { refuseMessage } from './sns-error';
import { stringToSign } from './string-to-sign';

/** A certificate that was read once; its key is not read again for every message. */
export interface SigningCertificate {
  readonly publicKey: KeyObject;
  readonly validFrom: number;
  readonly validTo: number;
}

/** Legacy SDKs want the first name; newer certificates may name their region (facts: ipn.md, unconfirmed). */
const SUBJECT = /^CN=sns(?:\.[a-z0-9-]{3,32})?\.amazonaws\.com(?:\.cn)?$/m;

/**
 * Reads a certificate of SNS. The chain is not checked: SNS publishes the last certificate alone, and what vouches for it
 * is the TLS connection to the pinned host that it comes from.
 */
export function readCertificate(pem: string): SigningCertificate {
  try {
    const certificate = new X509Certificate(pem);
    const { publicKey, subject, validFrom, validTo } = certificate;
    if (!SUBJECT.test(subject)) refuseMessage('certificate', 'SigningCertURL', 'A certificate of someone else.');
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (publicKey.asymmetricKeyType !== 'rsa' || bits < 2048)
      refuseMessage('certificate', 'SigningCertURL', 'A certificate without an RSA key of 2048 bits or more.');
    return { publicKey, validFrom: Date.parse(validFrom), validTo: Date.parse(validTo) };
  } catch (error) {
    if (error instanceof Error && error.name === 'SnsVerificationError') throw error;
    // An error page, most likely: the certificate itself may come the next time.
    return refuseMessage('certificate-unavailable', 'SigningCertURL', 'What was fetched is no certificate.', {
      cause: error,
    });
  }
}

const ALGORITHMS: Readonly<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/** Throws unless the certificate was valid when the message was published and its key signed the message. */
export function checkSignature(envelope: SnsEnvelope, certificate: SigningCertificate): void {
  const published = Date.parse(envelope.Timestamp);
  if (!(published >= certificate.validFrom && published <= certificate.validTo))
    refuseMessage('certificate', 'SigningCertURL', 'The certificate was not valid when the message was published.');
  const algorithm = ALGORITHMS[envelope.SignatureVersion];
  if (algorithm === undefined) refuseMessage('signature-version', 'SignatureVersion', 'A version that is not known.');
  const verifier = createVerify(algorithm).update(stringToSign(envelope), 'utf8');
  if (!verifier.verify(certificate.publicKey, envelope.Signature, 'base64'))
    refuseMessage('signature', 'Signature', 'The signature does not fit the message.');
}
