import { createHash } from 'node:crypto';
import { limits } from '../../catalog/limits';
import type { Posting } from '../ledger/posting';
import type { Environment } from '../ledger/rows';
import { V2Error, type Reply } from './reply';

const { maxLength, alphabet } = limits.idempotencyKey;
const KEY = new RegExp(`^[${alphabet}]{1,${maxLength}}$`);

export interface KeyedRequest {
  readonly key: string;
  readonly environment: Environment;
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

/**
 * Answers a key that was used before with its first answer, and does the work for a new one (facts: v2-rest.md section 4).
 * Keys are kept for good. What ended in a payment, accepted or declined, is kept with its key; whether Amazon keeps
 * declines is not known, so that is our choice. A request that was refused before anything happened may be sent again.
 */
export function answerOnce({ store }: Posting, request: KeyedRequest, work: () => Reply): Reply {
  const { key, environment, method, path, body } = request;
  if (!KEY.test(key))
    throw new V2Error(
      'InvalidHeaderValue',
      `The idempotency key has at most ${maxLength} of the characters ${alphabet}.`,
    );
  const id = `v2:${environment}:${key}`;
  const digest = createHash('sha256').update(`${method}\n${path}\n`).update(body).digest('base64');
  const known = store.get('answers', id);
  if (known !== undefined) {
    if (known.request === digest) return { status: known.status, body: JSON.parse(known.body) as unknown };
    throw new V2Error('DuplicateIdempotencyKey', `The idempotency key ${key} was used for another request.`);
  }
  const reply = work();
  store.put('answers', { id, request: digest, status: reply.status, body: JSON.stringify(reply.body) });
  return reply;
}
