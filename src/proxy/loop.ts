import type { Observer } from './observer';

const AFTER_FAILURE_MS = 1000;

/**
 * Repeats a piece of work until it is stopped. The work says how many milliseconds it need not be done again, which `wake`
 * cuts short. What it throws is told, and it goes on a second later.
 */
export class Loop {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #isWanted = false;
  #isStopped = false;

  constructor(
    /** The part that works, for the reader of the logs. */
    private readonly part: string,
    private readonly work: () => Promise<number>,
    private readonly observer: Pick<Observer, 'failed'>,
  ) {}

  /** Does the work now, or again at once where it is being done. */
  wake(): void {
    if (this.#isStopped) return;
    if (this.#running !== null) {
      this.#isWanted = true;
      return;
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running = this.#run();
  }

  /** Does the work for the first time after so long. */
  wakeIn(milliseconds: number): void {
    this.#timer ??= setTimeout(() => this.wake(), milliseconds);
  }

  async #run(): Promise<void> {
    this.#isWanted = false;
    let delay: number;
    try {
      delay = await this.work();
    } catch (error) {
      this.observer.failed({ part: this.part, error });
      delay = AFTER_FAILURE_MS;
    }
    this.#running = null;
    if (this.#isStopped) return;
    if (this.#isWanted) this.wake();
    else this.#timer = setTimeout(() => this.wake(), delay);
  }

  /** Resolves when the work that is being done has ended; it is not begun again. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }
}
