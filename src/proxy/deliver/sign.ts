import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Role } from '../store/attempts';

export interface Signed {
  /** As in `x-amazon-pay-proxy-timestamp`. */
  readonly timestamp: string;
  readonly role: Role;
  readonly body: Uint8Array;
}

/**
 * The value of `x-amazon-pay-proxy-signature`: HMAC-SHA256 over timestamp, role and body, with a dot between. The role is signed,
 * too: who could turn `dry-run` into `primary` would make a rehearsal real.
 */
export function signDelivery({ timestamp, role, body }: Signed, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${role}.`).update(body).digest('hex')}`;
}

const MAX_AGE_MS = 300_000;

/** For handlers in JavaScript: whether a request is from the proxy, of this role, unchanged, and not an old one sent again. */
export function isFromProxy(signed: Signed, signature: string, secret: string, now: number): boolean {
  const age = Math.abs(now - Date.parse(signed.timestamp));
  const expected = Buffer.from(signDelivery(signed, secret));
  const given = Buffer.from(signature);
  return age <= MAX_AGE_MS && given.length === expected.length && timingSafeEqual(given, expected);
}
