import type { SnsErrorCode } from '../../../transforms/sns/sns-error';

/**
 * What becomes of a message that did not pass. A 4xx ends Amazon's attempts for ever (facts: ipn.md section 1), so it is for
 * what SNS certainly did not send. Everything that a genuine message could meet on a bad day is kept and answered 200:
 * - `wait`: checked again by itself.
 * - `aside`: only another configuration or another version of this program can help; checked again at every start.
 * - `aside-of-known-topic`: the same where the topic is known, else refused: one surprise is kept, two are not.
 */
export type Treatment = 'refuse' | 'wait' | 'aside' | 'aside-of-known-topic';

export const treatments: Readonly<Record<SnsErrorCode, Treatment>> = {
  // SNS sends JSON that holds each name once.
  unreadable: 'refuse',
  'no-envelope': 'refuse',
  // A field less, a field in another form, another type: a new version of the envelope may look so.
  'missing-field': 'aside-of-known-topic',
  'field-form': 'aside-of-known-topic',
  'unknown-type': 'aside-of-known-topic',
  'signature-version': 'aside-of-known-topic',
  // The most likely mistake in a configuration is a topic that is not in it.
  topic: 'aside',
  // A new place of certificates, when it is Amazon's; see `isAmazonHost`.
  'certificate-url': 'aside-of-known-topic',
  // A clock that is off here, and will be right again.
  timestamp: 'wait',
  // A new name in the certificates of SNS, or a new kind of key.
  certificate: 'aside-of-known-topic',
  'certificate-unavailable': 'wait',
  // The arithmetic of versions 1 and 2 is settled.
  signature: 'refuse',
  confirmation: 'refuse',
};

/** Whether an address may be one at which Amazon publishes certificates, now or later. It is not fetched for that. */
export function isAmazonHost(url: string): boolean {
  try {
    const { protocol, hostname, username } = new URL(url);
    return (
      protocol === 'https:' && username === '' && /(?:^|\.)(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)$/.test(hostname)
    );
  } catch {
    return false;
  }
}
