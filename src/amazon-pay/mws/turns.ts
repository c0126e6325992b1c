import { setTimeout } from 'node:timers/promises';
import { AmazonError } from '../v2/amazon-error';

/** Less than the lease of whoever asks. */
const MAX_WAIT_MS = 20_000;

export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;
const realPause: Pause = (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal });

/** Questions to MWS come one after the other, no faster than the share of the quota comes back; there is no burst. */
export class Turns {
  readonly #closing = new AbortController();
  #nextAt = 0;

  constructor(
    private readonly intervalMs: number,
    private readonly now: () => number = () => Date.now(),
    private readonly pause: Pause = realPause,
  ) {}

  /**
   * Returns when each question about one object has its turn: all together, or the second would never come; a turn that is not
   * needed is lost. Throws an AmazonError `not-now` where that is too long a wait.
   */
  reserve(count: number): readonly number[] {
    const now = this.now();
    const first = Math.max(now, this.#nextAt);
    const turns = Array.from({ length: count }, (_, index) => first + index * this.intervalMs);
    if ((turns.at(-1) ?? now) > now + MAX_WAIT_MS)
      throw new AmazonError('not-now', 'The share of the quota of MWS is used up.', { retryAfterMs: first - now });
    this.#nextAt = first + count * this.intervalMs;
    return turns;
  }

  /** Rejects with an AmazonError when it is closed meanwhile. */
  async waitUntil(turn: number): Promise<void> {
    const milliseconds = turn - this.now();
    if (milliseconds <= 0) return;
    await this.pause(milliseconds, this.#closing.signal).catch((cause: unknown) => {
      throw new AmazonError('unavailable', 'MWS is not asked any more.', { cause });
    });
  }

  close(): void {
    this.#closing.abort();
  }
}
