import type { SnsVerifier } from '../../amazon-pay/sns-verifier';
import { isObject, readJson, type JsonObject } from '../../../transforms/ipn/read-json';
import { readEnvelope, type SnsEnvelope } from '../../../transforms/sns/read-envelope';
import { SnsVerificationError } from '../../../transforms/sns/sns-error';
import { namesForeignCertificate, treatments } from './refusals';

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

/** What stands where an envelope has it; nobody has vouched for any of it. */
function readUnverified(body: Uint8Array): JsonObject {
  const message = readJson(body, '');
  const records: unknown = message['Records'];
  const [record] = Array.isArray(records) ? (records as readonly unknown[]) : [];
  const envelope = isObject(record) ? record['Sns'] : undefined;
  return isObject(envelope) ? envelope : message;
}

/** Visible characters alone: not every store keeps others in a text. */
const readTopic = ({ TopicArn }: JsonObject): string =>
  typeof TopicArn === 'string' && /^[!-~]{1,512}$/.test(TopicArn) ? TopicArn : '';

function judgeRefused({ code }: SnsVerificationError, body: Uint8Array, envelope: SnsEnvelope | null): Judgement {
  const refused: Judgement = { outcome: 'refused', reason: code, isForged: envelope !== null };
  if (treatments[code] === 'refuse') return refused;
  const unverified = readUnverified(body);
  const topicArn = readTopic(unverified);
  // It has neither type nor signature. What names a topic is of SNS all the same, or says so.
  if (code === 'no-envelope' && topicArn === '') return { outcome: 'raw', message: unverified };
  if (namesForeignCertificate(unverified)) return { ...refused, reason: 'certificate-url' };
  return { outcome: 'pending', topicArn, envelope, reason: code, isWaiting: treatments[code] === 'wait' };
}

/**
 * Tells what a message is worth: cheap checks first, and nothing in it is believed before its signature was checked. `orAt`: see
 * `SnsVerifier`.
 */
export async function judge(body: Uint8Array, verifier: SnsVerifier, orAt: readonly Date[]): Promise<Judgement> {
  let envelope: SnsEnvelope | null = null;
  try {
    envelope = readEnvelope(body);
    return { outcome: 'verified', envelope: await verifier.verify(envelope, orAt) };
  } catch (error) {
    if (!(error instanceof SnsVerificationError)) throw error;
    return judgeRefused(error, body, envelope);
  }
}
