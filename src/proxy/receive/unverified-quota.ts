import type { Arrival } from '../store/inbox';
import { placeOf, type UnverifiedAmount } from '../store/unverified';

export interface QuotaLimits {
  readonly maxPending: number;
  readonly maxAside: number;
  readonly maxUnverifiedBytes: number;
}

const nothing = { messages: 0, bytes: 0 };

/**
 * How much may be kept that cannot be delivered. Verified messages are not counted, so a flood of forged ones takes nothing from them;
 * nor does it from what SNS has signed for a topic that may be of Amazon Pay. Each instance counts what it keeps and now and then
 * reads what all of them keep.
 */
export class UnverifiedQuota {
  #amount: UnverifiedAmount = { pending: nothing, aside: nothing, signed: nothing };

  constructor(private readonly limits: QuotaLimits) {}

  /** What is in the store. */
  set(amount: UnverifiedAmount): void {
    this.#amount = amount;
  }

  /** Counts a message in, unless there is no room for it: then it has to come again. */
  take(arrival: Pick<Arrival, 'verdict' | 'quarantine' | 'body'>): boolean {
    if (arrival.verdict === 'verified') return true;
    const place = placeOf(arrival);
    const { messages, bytes } = this.#amount[place];
    const kept = { messages: messages + 1, bytes: bytes + arrival.body.byteLength };
    const next = { ...this.#amount, [place]: kept };
    const { maxPending, maxAside, maxUnverifiedBytes } = this.limits;
    const taken = place === 'signed' ? kept.bytes : next.pending.bytes + next.aside.bytes;
    if (kept.messages > (place === 'pending' ? maxPending : maxAside) || taken > maxUnverifiedBytes) return false;
    this.#amount = next;
    return true;
  }
}
