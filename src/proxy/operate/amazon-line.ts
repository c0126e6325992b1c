import type { BreakerState } from '../deliver/breaker';
import { silentObserver, type Observer } from '../observer';

/** Whether this instance asks Amazon at the moment: not when it does not answer, or does not take the key. */
export class AmazonLine {
  #state: BreakerState = 'closed';

  readonly observer: Observer = {
    ...silentObserver,
    breakerChanged: ({ target, state }) => {
      if (target === 'amazon') this.#state = state;
    },
  };

  get state(): BreakerState {
    return this.#state;
  }
}
