import type { Instant } from './common';

/** The answer that an idempotency key, or a legacy reference id, was given first. */
export interface Answered {
  readonly id: string;
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

/** Something that will happen by itself when its time has come. */
export interface Timer {
  /** A number that only grows: of two timers of one instant the older goes first. */
  readonly id: string;
  readonly at: Instant;
  readonly event: string;
  readonly target: string;
}

/** A message to the merchant, and every attempt to deliver it. */
export interface OutgoingNotification {
  readonly id: string;
  readonly version: 'v1' | 'v2';
  readonly about: string;
  readonly objectId: string;
  readonly createdAt: Instant;
  /** Where it goes. Null: where all go that have no place of their own. */
  readonly url: string | null;
  /** The inner message: the envelope is signed when it is sent. */
  readonly message: string;
  readonly attempts: readonly Attempt[];
  readonly state: 'waiting' | 'held' | 'delivered' | 'lost' | 'given up';
}

export interface Attempt {
  readonly at: Instant;
  /** Null: no answer. */
  readonly status: number | null;
}
