import { translate } from '../../../transforms/ipn/translate';
import { readEnvelope, type SnsEnvelope } from '../../../transforms/sns/read-envelope';
import type { Side } from '../observer';
import type { StoredMessage } from '../store/inbox';
import type { MigratedTarget } from './settings';

/** How a message is told, and in which of the two versions. */
export type Shape = 'as-received' | 'v1-as-v2';

export interface Shaped {
  readonly shape: Shape;
  readonly body: Uint8Array;
}

type ShapedMessage = Pick<StoredMessage, 'kind' | 'body' | 'is_sample'>;

const asReceived = ({ body }: ShapedMessage): Shaped => ({ shape: 'as-received', body });

/**
 * The bytes that go to a handler. The legacy one gets what Amazon sent, byte for byte, and so does the migrated one but for a
 * legacy message that it is to get in v2 shape. What has no counterpart in v2, or no object that can be fetched (a legacy
 * chargeback), is sent as it was received: better a message that a handler refuses, and that is seen, than none.
 */
export function shapeFor(side: Side, message: ShapedMessage, v1Messages: MigratedTarget['v1Messages']): Shaped {
  if (side === 'legacy' || message.kind !== 'v1' || v1Messages === 'as-received') return asReceived(message);
  const { version, notification, fetch, sample } = translate(message.body);
  if (version !== 'v1' || notification === null || (fetch === null && !sample)) return asReceived(message);
  const inner = sample ? { ...notification, IsSample: true } : notification;
  return { shape: 'v1-as-v2', body: Buffer.from(JSON.stringify(envelopeAround(inner, message))) };
}

/**
 * An envelope as SNS makes it, with the same MessageId, without a signature: Amazon signed other words (facts: ipn.md, section 4).
 * `Translated` says so, for whoever reads it.
 */
function envelopeAround(inner: object, { body }: ShapedMessage): object {
  const { Type, MessageId, TopicArn, Timestamp } = readEnvelopeOrNothing(body) ?? {};
  return {
    Type: Type ?? 'Notification',
    MessageId,
    TopicArn,
    Message: JSON.stringify(inner),
    Timestamp,
    Translated: {
      from: 'v1',
      by: 'amazon-pay-migrate proxy',
      signedByAmazon: false,
      because:
        'This is a legacy notification in v2 shape. The proxy verified what Amazon signed; verify x-amazon-pay-proxy-signature.',
    },
  };
}

/** A message without envelope was verified by no one, and is not forwarded; should it be one day, it is told without one's fields. */
function readEnvelopeOrNothing(body: Uint8Array): SnsEnvelope | null {
  try {
    return readEnvelope(body);
  } catch {
    return null;
  }
}
