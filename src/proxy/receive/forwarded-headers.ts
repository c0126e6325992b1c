import type { IncomingHttpHeaders } from 'node:http';
import type { SnsEnvelope } from '../../../transforms/sns/read-envelope';

const CONTENT_TYPE = /^(?:text\/plain|application\/json)(?:; ?charset=[\w-]{1,20})?$/i;
const printable = (value: string | string[] | undefined): value is string =>
  typeof value === 'string' && /^[ -~]{1,512}$/.test(value);

/**
 * The headers that go along when a message is forwarded: those that SNS sends, and no other. What the envelope says too is
 * taken from there: whoever posts a genuine envelope under wrong headers must not make a handler drop it.
 */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  envelope: SnsEnvelope | null,
): Readonly<Record<string, string>> {
  const type = headers['content-type'];
  const subscription = headers['x-amz-sns-subscription-arn'];
  const forwarded: Record<string, string> = {
    'content-type': printable(type) && CONTENT_TYPE.test(type) ? type : 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
  };
  if (envelope === null) return forwarded;
  forwarded['x-amz-sns-message-type'] = envelope.Type;
  forwarded['x-amz-sns-message-id'] = envelope.MessageId;
  forwarded['x-amz-sns-topic-arn'] = envelope.TopicArn;
  if (printable(subscription) && subscription.startsWith(`${envelope.TopicArn}:`))
    forwarded['x-amz-sns-subscription-arn'] = subscription;
  return forwarded;
}
