import type { SnsEnvelope } from './read-envelope';
import { refuseMessage } from './sns-error';

/**
 * The whole address, anchored, as text: no user, port, query, dot or second folder can hide in it. Parsing first and
 * looking at the host let `https://sns…/?Action=…&z=.pem` through in validators of AWS itself (2022).
 */
const CERTIFICATE = /^https:\/\/(sns\.([a-zA-Z0-9-]{3,})\.amazonaws\.com(?:\.cn)?)\/([\w-]{1,128}\.pem)$/;

export interface OriginRules {
  /** Full ARNs. Anyone can make a topic of their own, and SNS signs what they publish there. */
  readonly topics: readonly string[];
  readonly now: Date;
  /** What other clocks say, or when it came, where that is known: see `checkAge`. */
  readonly orAt?: readonly Date[];
  /** Amazon repeats legacy messages for 14 days, and the timestamp is that of the first time. */
  readonly maxAgeDays?: number;
  /** Whether the topic is left to `checkTopic`. */
  readonly isTopicCheckedLast?: boolean;
}

const DAY = 86_400_000;
const CLOCK_DIFFERENCE = 3_600_000;

/** Where the host of SNS for a topic is: region and partition come from the ARN, not from what a message says. */
export function snsHost(topicArn: string): string {
  const [, partition, , region] = topicArn.split(':');
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

/** One clock may be wrong, and a message may have waited since it came: it is of the future, or too old, when it is so by all. */
function checkAge(timestamp: string, { now, orAt = [], maxAgeDays = 15 }: OriginRules): void {
  const ages = [now, ...orAt].map((at) => at.getTime() - Date.parse(timestamp));
  if (!(Math.min(...ages) <= maxAgeDays * DAY))
    refuseMessage('timestamp', 'Timestamp', `${timestamp} is more than ${maxAgeDays} days ago, or no time.`);
  if (Math.max(...ages) < -CLOCK_DIFFERENCE) refuseMessage('timestamp', 'Timestamp', `${timestamp} is in the future.`);
}

/** Anyone may have SNS sign what they publish on a topic of their own. */
export function checkTopic({ TopicArn }: SnsEnvelope, { topics }: Pick<OriginRules, 'topics'>): void {
  if (!topics.includes(TopicArn)) refuseMessage('topic', 'TopicArn', `${TopicArn} is not among the allowed topics.`);
}

/** Checks everything that needs no certificate, cheapest first, and returns the address to fetch the certificate from. */
export function checkOrigin(envelope: SnsEnvelope, rules: OriginRules): string {
  const { TopicArn, SignatureVersion, SigningCertURL, Timestamp } = envelope;
  if (SignatureVersion !== '1' && SignatureVersion !== '2')
    refuseMessage('signature-version', 'SignatureVersion', `Version ${SignatureVersion} is not known; 1 and 2 are.`);
  if (rules.isTopicCheckedLast !== true) checkTopic(envelope, rules);
  const [, host, , file] = CERTIFICATE.exec(SigningCertURL) ?? [];
  if (host === undefined || file === undefined)
    refuseMessage('certificate-url', 'SigningCertURL', 'Not the address of a certificate of Amazon SNS.');
  if (host !== snsHost(TopicArn))
    refuseMessage('certificate-url', 'SigningCertURL', `${host} is not the host of the region of the topic.`);
  checkAge(Timestamp, rules);
  return `https://${host}/${file}`;
}
