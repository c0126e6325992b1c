import { randomInt, randomUUID } from 'node:crypto';
import { forgeries } from '../../transforms/ipn-samples/forgeries';
import { sampleId, type SampleKind } from '../../transforms/ipn-samples/sample-kinds';
import type { SnsMessageType } from '../../transforms/sns/read-envelope';
import { SAMPLE_TOPIC, type SampleSigner } from './sample-signer';

/** One message to send. The body is made when it is its turn. */
export interface PlannedMessage {
  readonly name: string;
  /** A message that Amazon may send: any answer but 2xx is a loss, or a repetition. */
  readonly mayBeGenuine: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface MessageSettings {
  readonly objectId: string | undefined;
  readonly signatureVersion: string;
  readonly now: () => Date;
}

const CONFIRMATION = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${SAMPLE_TOPIC}&Token=sample-token`;

/** Sandbox, by its letter: should the handler ask Amazon, it asks for nothing that is worth money. */
const sampleOrder = (): string => {
  const digits = (): string => String(randomInt(10_000_000)).padStart(7, '0');
  return `S01-${digits()}-${digits()}`;
};

/** Makes a signed sample of a kind, or the forgery of one. */
export function makeMessage(
  kind: SampleKind,
  forgeryName: string | undefined,
  signer: SampleSigner,
  { objectId, signatureVersion, now }: MessageSettings,
): PlannedMessage {
  const id = objectId ?? sampleId(kind, sampleOrder());
  const inner = kind.message(id, now(), randomUUID());
  const Type: SnsMessageType = kind.confirmation ?? 'Notification';
  const isNotification = Type === 'Notification';
  const unsigned = {
    Type,
    MessageId: randomUUID(),
    TopicArn: SAMPLE_TOPIC,
    Message: isNotification ? JSON.stringify(inner) : 'A sample: there is no such subscription to confirm.',
    ...(isNotification ? {} : { SubscribeURL: CONFIRMATION, Token: 'sample-token' }),
    Timestamp: now().toISOString(),
    SignatureVersion: signatureVersion,
    SigningCertURL: signer.certificateUrl,
  };
  const envelope = signer.sign(unsigned);
  const forgery = forgeryName === undefined ? undefined : forgeries[forgeryName];
  const sign = (own: object, by?: 'stranger') => signer.sign({ ...unsigned, ...own }, by);
  return {
    name: [kind.version, kind.name, forgeryName ?? (isNotification ? id : '')].join(' ').trimEnd(),
    mayBeGenuine: forgery === undefined || forgery.mayBeGenuine === true,
    headers: {
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
      'x-amz-sns-message-type': Type,
      'x-amz-sns-message-id': unsigned.MessageId,
      'x-amz-sns-topic-arn': SAMPLE_TOPIC,
    },
    body: forgery === undefined ? JSON.stringify(envelope) : forgery.body({ envelope, inner, sign }),
  };
}
