import { createHash } from 'node:crypto';

/** The longest key that Amazon Pay takes; its alphabet is a-z A-Z 0-9 - _. */
export const IDEMPOTENCY_KEY_MAX_LENGTH = 32;

/** A reference that would give every request the same key. */
export class IdempotencyKeyError extends Error {
  readonly code = 'NO_REFERENCE';
  constructor(operation: string, reference: unknown) {
    super(
      `The idempotency key of ${operation} needs the legacy reference id, but got ${describe(reference)}. ` +
        'Pass the value that was sent as AuthorizationReferenceId, CaptureReferenceId or RefundReferenceId.',
    );
    this.name = 'IdempotencyKeyError';
  }
}

/**
 * Derives the key from the operation and the legacy reference id.
 *
 * Legacy references are unique per operation, v2 keys over all POST requests of the account and for good, so the
 * operation is part of the key. It is always hashed: a reference may fill all 32 characters already, and a rule that
 * hashed only the long ones could make two references meet. The same operation and reference always give the same key,
 * so a repeated request is answered with the first result instead of moving money twice.
 */
export function toIdempotencyKey(operation: string, reference: string | number | bigint): string {
  if (operation === '') throw new IdempotencyKeyError('an unnamed operation', operation);
  if (!isReference(reference)) throw new IdempotencyKeyError(operation, reference);
  // JSON keeps the two parts apart and, unlike UTF-8, tells lone surrogates apart.
  const text = JSON.stringify([operation, String(reference)]);
  return createHash('sha256').update(text).digest('hex').slice(0, IDEMPOTENCY_KEY_MAX_LENGTH);
}

/** NaN is refused with the empty values: it is what a missing number becomes, and every such order would share a key. */
function isReference(reference: unknown): boolean {
  if (typeof reference === 'number') return Number.isFinite(reference);
  return typeof reference === 'bigint' || (typeof reference === 'string' && reference !== '');
}

function describe(reference: unknown): string {
  if (reference === '') return 'an empty string';
  if (reference === null || reference === undefined || typeof reference === 'number') return String(reference);
  return `a value of type ${typeof reference}`;
}
