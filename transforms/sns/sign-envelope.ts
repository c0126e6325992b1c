import { createSign, type KeyObject } from 'node:crypto';
import type { SnsEnvelope } from './read-envelope';
import { stringToSign } from './string-to-sign';

/** Signs an envelope as SNS does, with a key of one's own: for tests of receivers. */
export function signEnvelope(envelope: Omit<SnsEnvelope, 'Signature'>, privateKey: KeyObject): SnsEnvelope {
  const algorithm = envelope.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  const Signature = createSign(algorithm).update(stringToSign(envelope), 'utf8').sign(privateKey, 'base64');
  return { ...envelope, Signature };
}
