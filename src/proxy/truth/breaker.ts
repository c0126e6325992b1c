import type { Clock } from '../clock';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Failures in a row, after which nobody asks any more. */
const LIMIT = 5;
const PROBE_MS = 30_000;

/**
 * Keeps an instance from asking an Amazon that does not answer, or does not take its key: every 30 seconds one request tries.
 * The work waits meanwhile. Each instance finds out for itself; what that costs is one request.
 */
export class Breaker {
  #failures = 0;
  #openUntil: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly onChange: (state: BreakerState) => void,
  ) {}

  /** How many requests may go out now. */
  get room(): number {
    if (this.#openUntil === null) return Infinity;
    return this.clock.now() < this.#openUntil ? 0 : 1;
  }

  /** When the next request may go out. */
  get openUntil(): number | null {
    return this.#openUntil;
  }

  /** A request goes out: while it is under way there is no other. */
  begin(): void {
    if (this.#openUntil === null) return;
    this.#openUntil = this.clock.now() + PROBE_MS;
    this.onChange('half-open');
  }

  /** Amazon answered as it should, be it that there is no such object. */
  succeed(): void {
    this.#failures = 0;
    if (this.#openUntil === null) return;
    this.#openUntil = null;
    this.onChange('closed');
  }

  /** `isCertain`: another try gets the same, as with a key that was revoked. */
  fail(isCertain: boolean): void {
    this.#failures += 1;
    if (!isCertain && this.#failures < LIMIT && this.#openUntil === null) return;
    this.#openUntil = this.clock.now() + PROBE_MS;
    this.onChange('open');
  }
}
