const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * Reads a Retry-After header, in seconds or as a date. A date is measured by the sender's own `Date` header: clocks differ.
 * Returns milliseconds, an hour at most; null where the header says nothing.
 */
export function readRetryAfter(value: unknown, date: unknown): number | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_WAIT_MS);
  const until = Date.parse(text) - Date.parse(typeof date === 'string' ? date : '');
  return Number.isNaN(until) ? null : Math.min(Math.max(until, 0), LONGEST_WAIT_MS);
}
