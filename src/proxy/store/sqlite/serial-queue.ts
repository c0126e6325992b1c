import { setImmediate } from 'node:timers/promises';

/** For so long, at most, nothing else of the process has its turn: a disk may need half a second for each commit. */
const TURN_MS = 10;

/** Runs one piece of work after the other, in the order in which they were handed in. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #turnBegan = 0;

  run<T>(work: () => Promise<T>): Promise<T> {
    const inTurn = (): Promise<T> => this.#run(work);
    const next = this.#last.then(inTurn, inTurn);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /**
   * The driver is synchronous, and so is the way from the end of one piece to the next: without a pause a queue that never
   * empties would keep the process from reading what senders and handlers say, until they give up.
   */
  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (performance.now() - this.#turnBegan > TURN_MS) {
      await setImmediate();
      this.#turnBegan = performance.now();
    }
    return work();
  }

  /** Resolves when all that was handed in by now has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
