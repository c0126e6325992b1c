import type { SnsVerifier } from '../../amazon-pay/sns-verifier';
import { isObject, readJson, type JsonObject } from '../../../transforms/ipn/read-json';
import { readEnvelope, type SnsEnvelope } from '../../../transforms/sns/read-envelope';
import { SnsVerificationError } from '../../../transforms/sns/sns-error';
import { isAmazonHost, treatments } from './refusals';

/** What can be said of the bytes of a request. */
export type Judgement =
  | { readonly outcome: 'verified'; readonly envelope: SnsEnvelope }
  /** It may be genuine. `isWaiting`: it can be checked again by itself; else something must change first. */
  | {
      readonly outcome: 'pending';
      readonly topicArn: string;
      readonly envelope: SnsEnvelope | null;
      readonly reason: string;
      readonly isWaiting: boolean;
    }
  /** No envelope: there is nothing that could be checked. */
  | { readonly outcome: 'raw'; readonly message: JsonObject }
  | { readonly outcome: 'refused'; readonly reason: string; readonly isForged: boolean };

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 512) : '');

function readTopic(body: Uint8Array): { readonly topicArn: string; readonly certificateUrl: string } {
  const message = readJson(body, '');
  return { topicArn: textOf(message['TopicArn']), certificateUrl: textOf(message['SigningCertURL']) };
}

/** Only after `readEnvelope` found no envelope: a message that has neither type nor signature. */
function judgeWithoutEnvelope(body: Uint8Array): Judgement {
  const message = readJson(body, '');
  const isRaw = isObject(message) && message['Records'] === undefined;
  return isRaw ? { outcome: 'raw', message } : { outcome: 'refused', reason: 'no-envelope', isForged: false };
}

function judgeRefused(
  { code }: SnsVerificationError,
  body: Uint8Array,
  envelope: SnsEnvelope | null,
  topics: readonly string[],
): Judgement {
  if (code === 'no-envelope') return judgeWithoutEnvelope(body);
  const treatment = treatments[code];
  const refused: Judgement = { outcome: 'refused', reason: code, isForged: envelope !== null };
  if (treatment === 'refuse') return refused;
  const { topicArn, certificateUrl } = envelope === null ? readTopic(body) : toTopic(envelope);
  if (treatment === 'aside-of-known-topic' && !topics.includes(topicArn)) return refused;
  if (code === 'certificate-url' && !isAmazonHost(certificateUrl)) return refused;
  return { outcome: 'pending', topicArn, envelope, reason: code, isWaiting: treatment === 'wait' };
}

const toTopic = ({ TopicArn, SigningCertURL }: SnsEnvelope) => ({ topicArn: TopicArn, certificateUrl: SigningCertURL });

/**
 * Tells what a message is worth: cheap checks first, and nothing in it is believed before its signature was checked. `orAt`: see
 * `SnsVerifier`.
 */
export async function judge(
  body: Uint8Array,
  verifier: SnsVerifier,
  topics: readonly string[],
  orAt: readonly Date[],
): Promise<Judgement> {
  let envelope: SnsEnvelope | null = null;
  try {
    envelope = readEnvelope(body);
    return { outcome: 'verified', envelope: await verifier.verify(envelope, orAt) };
  } catch (error) {
    if (!(error instanceof SnsVerificationError)) throw error;
    return judgeRefused(error, body, envelope, topics);
  }
}
