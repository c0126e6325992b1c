import type { ReadOutcome } from '../read-outcome';

/** What a shop says of an order when it is asked. */
export type Sample = ReadOutcome | { readonly kind: 'unreachable'; readonly reason: string };

/** Asks a shop how an order is. Never rejects: what goes wrong is a sample, too. */
export interface OutcomeSource {
  readonly name: 'endpoint' | 'query';
  sample(orderKey: string): Promise<Sample>;
  close(): Promise<void>;
}
