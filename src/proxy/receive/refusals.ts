import type { JsonObject } from '../../../transforms/ipn/read-json';
import type { SnsErrorCode } from '../../../transforms/sns/sns-error';

/**
 * What becomes of a message that did not pass. A 4xx ends Amazon's attempts for ever (facts: ipn.md section 1), so it is for
 * what SNS certainly did not send. Everything that a genuine message could meet on a bad day is kept and answered 200:
 * - `wait`: checked again by itself.
 * - `aside`: only another configuration or another version of this program can help; checked again at every start.
 *
 * Several surprises at once are kept like one: a new version of the envelope may come by a topic that nobody has entered yet.
 * How much is kept is limited (unverified-quota.ts), and beyond that the answer is 503.
 */
export type Treatment = 'refuse' | 'wait' | 'aside';

export const treatments: Readonly<Record<SnsErrorCode, Treatment>> = {
  // SNS sends JSON that holds each name once.
  unreadable: 'refuse',
  // Several messages that a relay put into one, or names that are new; what names no topic is looked at as a raw message.
  'no-envelope': 'aside',
  // A field less, a field in another form, another type: a new version of the envelope may look so.
  'missing-field': 'aside',
  'field-form': 'aside',
  'unknown-type': 'aside',
  'signature-version': 'aside',
  // The most likely mistake in a configuration is a topic that is not in it.
  topic: 'aside',
  // A new place of certificates of Amazon; what names another is refused, see `namesForeignCertificate`.
  'certificate-url': 'aside',
  // A clock that is off here, and will be right again.
  timestamp: 'wait',
  // A new name in the certificates of SNS, or a new kind of key.
  certificate: 'aside',
  'certificate-unavailable': 'wait',
  // The arithmetic of versions 1 and 2 is settled.
  signature: 'refuse',
  confirmation: 'refuse',
};

/** Whether an address may be one at which Amazon publishes certificates, now or later. It is not fetched for that. */
function isAmazonHost(url: string): boolean {
  try {
    const { protocol, hostname, username } = new URL(url);
    return (
      protocol === 'https:' && username === '' && /(?:^|\.)(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)$/.test(hostname)
    );
  } catch {
    return false;
  }
}

/** A certificate of somewhere else makes a message a forged one, whatever else is new about it. None at all may be new. */
export function namesForeignCertificate(envelope: JsonObject): boolean {
  const named = [envelope['SigningCertURL'], envelope['SigningCertUrl']];
  return named.some((url) => typeof url === 'string' && !isAmazonHost(url));
}
