import { kindOf, type Failure } from './failure';
import type { DeliverSettings } from './settings';

export interface Tried {
  readonly failure: Failure;
  /** Attempts that failed, this one included. */
  readonly failed: number;
  /** Of those, the refusals. */
  readonly refused: number;
  readonly firstAt: number;
  readonly now: number;
  /** What the handler asked for, or null. */
  readonly retryAfterMs: number | null;
}

export type NextTry = { readonly at: number } | { readonly isDead: true };

const JITTER = 0.2;

/** Says when a delivery that failed is begun again, or that it is dead. `random` is from [0, 1). */
export function nextTry(tried: Tried, settings: DeliverSettings['retry'], random: () => number): NextTry {
  const { failure, failed, refused, firstAt, now, retryAfterMs } = tried;
  if (now - firstAt >= settings.giveUpAfterMs) return { isDead: true };
  const isRefusal = kindOf(failure).retry === 'short';
  const pause = isRefusal
    ? settings.refusedMs[refused - 1]
    : Math.min(settings.baseMs * 2 ** Math.min(failed - 1, 40), settings.maxMs);
  if (pause === undefined) return { isDead: true };
  if (retryAfterMs !== null) {
    const asked = Math.min(Math.max(retryAfterMs, settings.baseMs), settings.maxRetryAfterMs);
    // Never earlier than asked for, and not all at the same moment.
    return { at: now + Math.round(asked * (1 + JITTER * random())) };
  }
  return { at: now + Math.round(pause * (1 - JITTER + 2 * JITTER * random())) };
}

/** Reads Retry-After: seconds or a date. Null where there is none, or it is not understood. RFC 9110, 10.2.3. */
export function readRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
