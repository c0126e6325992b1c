import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { notificationTopics } from '../../catalog/environments';
import type { Identity } from '../../amazon-pay/certificates';
import { signEnvelope } from '../../../transforms/sns/sign-envelope';

const { accounts, marketplaces } = notificationTopics;

/** Where the topics of Amazon Pay are (facts: ipn.md section 1, "TopicArn form"). That of Japan is made up. */
const places = {
  na: { region: 'us-east-1', marketplace: marketplaces.naSandbox },
  eu: { region: 'eu-west-1', marketplace: marketplaces.euSandbox },
  jp: { region: 'ap-northeast-1', marketplace: 'AEMULATEDJAPAN' },
} as const;

export interface EnvelopeSigner {
  readonly topicArn: string;
  readonly certificate: string;
  readonly certificateUrl: string;
  /** The body of a message as SNS posts it. */
  sign(messageId: string, message: string): string;
  headers(messageId: string): Readonly<Record<string, string>>;
}

/** Signs as SNS does. `realTime` dates the envelopes: receivers check them by the time of the world. */
export function createEnvelopeSigner(
  region: keyof typeof places,
  merchantId: string,
  signatureVersion: '1' | '2',
  { key, certificate }: Identity,
  realTime: () => number,
): EnvelopeSigner {
  const place = places[region];
  const privateKey = createPrivateKey(key);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  const host = `sns.${place.region}.amazonaws.com`;
  const topicArn = `arn:aws:sns:${place.region}:${accounts.sandbox}:${place.marketplace}${merchantId}`;
  const certificateUrl = `https://${host}/SimpleNotificationService-${name}.pem`;
  const subscription = `${topicArn}:00000000-0000-4000-8000-000000000000`;
  return {
    topicArn,
    certificate,
    certificateUrl,
    sign: (messageId, message) => {
      const envelope = signEnvelope(
        {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Message: message,
          Timestamp: new Date(realTime()).toISOString(),
          SignatureVersion: signatureVersion,
          SigningCertURL: certificateUrl,
        },
        privateKey,
      );
      return JSON.stringify({
        ...envelope,
        UnsubscribeURL: `https://${host}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      });
    },
    headers: (messageId) => ({
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': topicArn,
      'x-amz-sns-subscription-arn': subscription,
    }),
  };
}
