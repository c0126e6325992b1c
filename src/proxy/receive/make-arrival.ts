import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SnsEnvelope } from '../../../transforms/sns/read-envelope';
import type { Arrival } from '../store/inbox';
import { classify, confirmation, type Classification } from './classify';
import { forwardedHeaders } from './forwarded-headers';
import type { Judgement } from './judge';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const notLookedAt: Classification = {
  kind: 'unknown',
  quarantine: null,
  notificationId: null,
  notificationType: null,
  objectType: null,
  objectId: null,
  orderKey: null,
  isSample: false,
};

/** A message whose signature fits: what it says about itself decides where it goes. */
export function verifiedArrival(body: Uint8Array, headers: IncomingHttpHeaders, envelope: SnsEnvelope): Arrival {
  return {
    ...(envelope.Type === 'Notification' ? classify(envelope.Message) : confirmation),
    topicArn: envelope.TopicArn,
    messageId: envelope.MessageId,
    verdict: 'verified',
    body,
    bodySha256: sha256(body),
    headers: forwardedHeaders(headers, envelope),
  };
}

/** Under the digest of its bytes: with the id that it claims, a forged message would keep the genuine one out. */
function pendingArrival(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  { topicArn, envelope, reason, isWaiting }: Judgement & { outcome: 'pending' },
): Arrival {
  const bodySha256 = sha256(body);
  return {
    ...notLookedAt,
    topicArn,
    messageId: `sha256:${bodySha256}`,
    verdict: 'pending',
    quarantine: isWaiting ? null : reason,
    body,
    bodySha256,
    headers: forwardedHeaders(headers, envelope),
  };
}

/** Without an envelope: at most it says which object to look at. */
function rawArrival(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  message: unknown,
  allowUnsignedPokes: boolean,
): Arrival | null {
  const about = classify(message);
  // Not of Amazon Pay, unless it comes as SNS delivers without envelopes.
  if (about.kind === 'unknown' && headers['x-amz-sns-rawdelivery'] === undefined) return null;
  const bodySha256 = sha256(body);
  const isPoke = allowUnsignedPokes && about.kind === 'v2' && about.quarantine === null;
  return {
    ...about,
    topicArn: '',
    messageId: `sha256:${bodySha256}`,
    verdict: 'unsigned',
    quarantine: isPoke ? null : 'raw-delivery',
    body,
    bodySha256,
    headers: forwardedHeaders(headers, null),
  };
}

/** What is to be stored of a request; null for what is refused. */
export function makeArrival(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  judgement: Judgement,
  allowUnsignedPokes: boolean,
): Arrival | null {
  switch (judgement.outcome) {
    case 'verified':
      return verifiedArrival(body, headers, judgement.envelope);
    case 'pending':
      return pendingArrival(body, headers, judgement);
    case 'raw':
      return rawArrival(body, headers, judgement.message, allowUnsignedPokes);
    case 'refused':
      return null;
  }
}
