import type { Quota } from '../catalog/quotas';

interface Bucket {
  tokens: number;
  at: number;
}

/** Counts requests against quotas: a burst, and what comes back per second of the emulator's time. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  isOn = true;
  /** Refuses this many of the next requests, whatever the quota says. */
  refuseNext = 0;

  /** Whether a request may pass. `name` tells the buckets apart. */
  admits(name: string, { burst, perSecond }: Quota, now: number): boolean {
    if (this.refuseNext > 0) {
      this.refuseNext -= 1;
      return false;
    }
    if (!this.isOn) return true;
    const bucket = this.#buckets.get(name) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
