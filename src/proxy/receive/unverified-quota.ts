import type { Arrival } from '../store/inbox';
import type { UnverifiedAmount } from '../store/unverified';

export interface QuotaLimits {
  readonly maxPending: number;
  readonly maxAside: number;
  readonly maxUnverifiedBytes: number;
}

/**
 * How much may be kept that nobody has vouched for. Verified messages are not counted, so a flood of forged ones takes
 * nothing from them. Each instance counts what it keeps and now and then reads what all of them keep.
 */
export class UnverifiedQuota {
  #amount: UnverifiedAmount = { pending: 0, aside: 0, bytes: 0 };

  constructor(private readonly limits: QuotaLimits) {}

  /** What is in the store. */
  set(amount: UnverifiedAmount): void {
    this.#amount = amount;
  }

  /** Counts a message in, unless there is no room for it: then it has to come again. */
  take({ verdict, quarantine, body }: Pick<Arrival, 'verdict' | 'quarantine' | 'body'>): boolean {
    if (verdict === 'verified') return true;
    const { pending, aside, bytes } = this.#amount;
    const isPending = verdict === 'pending' && quarantine === null;
    const next = {
      pending: pending + (isPending ? 1 : 0),
      aside: aside + (isPending ? 0 : 1),
      bytes: bytes + body.byteLength,
    };
    const { maxPending, maxAside, maxUnverifiedBytes } = this.limits;
    const isFull = isPending ? next.pending > maxPending : next.aside > maxAside;
    if (isFull || next.bytes > maxUnverifiedBytes) return false;
    this.#amount = next;
    return true;
  }
}
