/** Milliseconds since 1970. Several instances that share a store go by the store's time (see store/store-clock.ts). */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
