/** How long a message of Amazon is waited for that may tell of what a GET has seen already. */
export const PATIENCE_MS = 120_000;
/** How long, where one is here, and Amazon has not said of what it tells: 2, 4, 8 … minutes after the change was seen. */
const UNREAD_MS = 16 * PATIENCE_MS;

/** When to look whether Amazon has said it; null: that was tried often enough. */
export function nextReading(seenAt: number, now: number): number | null {
  const waited = now - seenAt;
  return waited >= UNREAD_MS ? null : now + Math.max(PATIENCE_MS, waited);
}
