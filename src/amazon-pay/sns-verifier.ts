import type { Agent } from 'node:https';
import { checkOrigin, checkTopic } from '../../transforms/sns/check-origin';
import { checkSignature, type SigningCertificate } from '../../transforms/sns/check-signature';
import { confirmationUrl } from '../../transforms/sns/confirmation-url';
import { readEnvelope, type SnsEnvelope } from '../../transforms/sns/read-envelope';
import { refuseMessage } from '../../transforms/sns/sns-error';
import { CertificateCache } from './certificate-cache';
import { fetchBounded } from './fetch-bounded';

// Why none from npm. `sns-validator` (AWS, 0.3.5) refuses genuine UnsubscribeConfirmations, takes any path or query that
// ends in `.pem`, has no timeout and keeps every address for ever. `sns-payload-validator` (2.1.0) keeps an error page as
// certificate and has no timeout either. Both take any topic, fields that are no text, and fields that swallowed others.

export interface SnsVerifierOptions {
  /** ARNs of the topics that are believed: as they stand in `TopicArn` of messages that you know to be genuine. */
  readonly topics: readonly string[];
  /** How old a message may be [15]. Amazon repeats legacy messages for 14 days. */
  readonly maxAgeDays?: number;
  /** Whether a message of another topic is refused for that only when its signature fits [false]: it costs a certificate. */
  readonly isTopicCheckedLast?: boolean;
  /** For a proxy: makes the connections to Amazon. It cannot change which address is asked. */
  readonly agent?: Agent;
  /** Time for one request [3000]. SNS waits 15 seconds for your answer. */
  readonly timeoutMs?: number;
  /** Called when the certificate of an address, fetched anew, has vouched for a message: what waits for it can be verified. */
  readonly onCertificate?: (url: string) => void;
  /** The clock, for tests. */
  readonly now?: () => Date;
}

declare const isVerified: unique symbol;
/** A message that Amazon SNS signed, for one of the allowed topics. Holds what is signed, and nothing else. */
export type VerifiedMessage = SnsEnvelope & { readonly [isVerified]: true };

export interface SnsVerifier {
  /**
   * Resolves to the message when it is genuine, rejects with an SnsVerificationError when it is not. `orAt`: when it came, where
   * it has waited since, or what another clock says. It is too old, or of the future, when it is so by all of them.
   */
  verify(input: unknown, orAt?: readonly Date[]): Promise<VerifiedMessage>;
  /** Confirms the subscription that a verified confirmation is about. Nothing is ever confirmed unasked. */
  confirm(message: VerifiedMessage): Promise<void>;
}

const MAX_CERTIFICATE_BYTES = 16 * 1024;
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Checks signatures of Amazon SNS (facts: ipn.md section 1). Optional: what counts is the GET, since anyone may post a
 * message and no message is believed. The check spares the GETs for forged ones, whose quota is that of the checkout.
 * Make one and keep it: certificates are cached in it.
 */
export function createSnsVerifier(options: SnsVerifierOptions): SnsVerifier {
  const { topics, maxAgeDays, isTopicCheckedLast = false, agent, timeoutMs = 3000, now = () => new Date() } = options;
  const { onCertificate = () => undefined } = options;
  const limits = { timeoutMs, ...(agent === undefined ? {} : { agent }) };
  const makeCache = (): CertificateCache =>
    new CertificateCache(
      (url) => fetchBounded(url, { ...limits, maxBytes: MAX_CERTIFICATE_BYTES }),
      () => now().getTime(),
    );
  const certificates = makeCache();
  // Anyone can name topics and certificates: they shall not use up the requests for those of `topics`, nor push these out.
  const ofOtherTopics = makeCache();
  const verified = new WeakSet<SnsEnvelope>();
  const vouched = new WeakSet<SigningCertificate>();
  return {
    async verify(input, orAt = []) {
      const envelope = Object.freeze(readEnvelope(input));
      const rules = {
        topics,
        isTopicCheckedLast,
        now: now(),
        orAt,
        ...(maxAgeDays === undefined ? {} : { maxAgeDays }),
      };
      const url = checkOrigin(envelope, rules);
      const cache = topics.includes(envelope.TopicArn) ? certificates : ofOtherTopics;
      const certificate = await cache.get(url);
      checkSignature(envelope, certificate);
      checkTopic(envelope, rules);
      verified.add(envelope);
      // Only what SNS has signed for one of the topics: anyone could have a certificate fetched.
      if (!vouched.has(certificate)) onCertificate(url);
      vouched.add(certificate);
      return envelope as VerifiedMessage;
    },
    async confirm(message) {
      // What JavaScript callers hand in may be anything; the type alone does not keep it out.
      if (!verified.has(message)) refuseMessage('confirmation', '', 'Not a message that this verifier has verified.');
      const url = confirmationUrl(message);
      await fetchBounded(url, { ...limits, maxBytes: MAX_ANSWER_BYTES }).catch((error: Error) =>
        refuseMessage('confirmation', 'SubscribeURL', `Amazon did not confirm: ${error.message}.`, { cause: error }),
      );
    },
  };
}
