import type { Clock } from './clock';
import type { Observer } from './observer';
import type { Database } from './store/database';
import { probeStore } from './store/probe';
import { StoreError } from './store/store-error';

const WHEN_WELL_MS = 5000;
const WHEN_ILL_MS = 1000;

/** Whether messages can be stored: by the last that was, and by a row that is written now and then. */
export class StoreHealth {
  #isWritable = true;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly observer: Observer,
    /** The store may have lost what it took, or is of a newer version, and must not be written to again: the process has to end. */
    private readonly onUnsafe: (error: StoreError) => void,
  ) {}

  get isWritable(): boolean {
    return this.#isWritable;
  }

  worked(): void {
    this.#set(true, null);
  }

  failed(error: unknown): void {
    this.#set(false, error instanceof StoreError ? error.code : 'failed');
    if (error instanceof StoreError && (error.code === 'unsafe' || error.code === 'newer')) this.onUnsafe(error);
  }

  /** Writes a row; returns in how many milliseconds to do it again. */
  async probe(): Promise<number> {
    try {
      await probeStore(this.database, this.clock.now());
      this.worked();
      return WHEN_WELL_MS;
    } catch (error) {
      this.failed(error);
      return WHEN_ILL_MS;
    }
  }

  #set(isWritable: boolean, reason: string | null): void {
    if (this.#isWritable === isWritable) return;
    this.#isWritable = isWritable;
    this.observer.storeChanged({ isWritable, reason });
  }
}
