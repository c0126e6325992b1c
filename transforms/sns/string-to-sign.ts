import type { SnsEnvelope } from './read-envelope';

/** In the order of bytes. Both confirmations have the second list: one known validator takes the first for one of them. */
const NOTIFICATION_KEYS = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const CONFIRMATION_KEYS = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const;

/** The text that the signature of a message is made over (facts: ipn.md section 1, "String to sign"). */
export function stringToSign(envelope: Omit<SnsEnvelope, 'Signature'>): string {
  const keys = envelope.Type === 'Notification' ? NOTIFICATION_KEYS : CONFIRMATION_KEYS;
  return keys.map((key) => (envelope[key] === undefined ? '' : `${key}\n${envelope[key]}\n`)).join('');
}
