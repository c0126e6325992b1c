import { kindOf, type Failure } from './failure';
import type { DeliverSettings } from './settings';

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Spares a handler that is down, and the messages their attempts. Open, it lets nothing through but one probe at a time; nothing
 * is dropped, the messages wait. It opens when deliveries of several orders failed in a row: one order that always fails, be
 * it alone for hours, is no sign that the handler is down.
 */
export class Breaker {
  readonly #failedLanes = new Set<string>();
  #probeAt: number | null = null;
  #isProbing = false;

  constructor(
    private readonly settings: DeliverSettings['breaker'],
    private readonly onChange: (state: BreakerState) => void,
  ) {}

  state(now: number): BreakerState {
    if (this.#probeAt === null) return 'closed';
    return this.#isProbing || now >= this.#probeAt ? 'half-open' : 'open';
  }

  /** How many more may be sent. */
  room(now: number): number {
    const state = this.state(now);
    if (state === 'closed') return Infinity;
    return state === 'half-open' && !this.#isProbing ? 1 : 0;
  }

  /** Asked right before sending. False: not now. What is let through must be told of, by `succeeded`, `failed` or `gaveUp`. */
  letThrough(now: number): boolean {
    if (this.room(now) === 0) return false;
    if (this.#probeAt !== null) {
      this.#isProbing = true;
      this.onChange('half-open');
    }
    return true;
  }

  /** Any answer that does not speak of the handler as a whole: it is there. Returns whether it had failed before. */
  succeeded(): boolean {
    const hadFailed = this.#failedLanes.size > 0;
    const wasOpen = this.#probeAt !== null;
    this.#failedLanes.clear();
    this.#probeAt = null;
    this.#isProbing = false;
    if (wasOpen) this.onChange('closed');
    return hadFailed;
  }

  failed(failure: Failure, lane: string, now: number): void {
    if (!kindOf(failure).isOfTarget) {
      this.succeeded();
      return;
    }
    this.#failedLanes.add(lane);
    const isOpen = this.#probeAt !== null;
    // What was under way when it opened says nothing new.
    if (isOpen && !this.#isProbing) return;
    if (!isOpen && this.#failedLanes.size < this.settings.orders) return;
    this.#isProbing = false;
    this.#probeAt = now + this.settings.probeMs;
    this.onChange('open');
  }

  /** What was let through was not sent after all: the next one is the probe. */
  gaveUp(): void {
    this.#isProbing = false;
  }

  /** When a probe may go; `now` while it is closed. */
  nextProbe(now: number): number {
    return this.#probeAt ?? now;
  }
}
