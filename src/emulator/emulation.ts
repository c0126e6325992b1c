import type { Clock } from './clock';
import type { IdSource } from './id-source';
import type { LedgerSettings, Posting } from './ledger/posting';
import type { Timer } from './ledger/rows';
import type { Change, Store } from './ledger/store';
import { fire, isLedgerTimer } from './ledger/timers';
import { TimerQueue } from './timer-queue';

/** Adds to a transaction what follows from what it has written. */
export type FollowUp = (posting: Posting, changes: readonly Change[]) => void;

/** Work that is due at its time and talks to others: the delivery of notifications. */
export type DueWork = (posting: Posting, timer: Timer) => void;

/** The ledger in time: every piece of work is one transaction, and what is due by then has happened before it. */
export class Emulation {
  readonly #timers = new TimerQueue();
  #followUp: FollowUp = () => {};
  #due: DueWork = () => {};
  #changed: () => void = () => {};
  #moving: Promise<void> = Promise.resolve();
  /** Resolves when what left the emulator has been answered: the clock waits for it before it moves on. */
  idle: () => Promise<void> = () => Promise.resolve();

  constructor(
    readonly store: Store,
    readonly clock: Clock,
    readonly ids: IdSource,
    readonly settings: LedgerSettings,
  ) {
    for (const timer of store.all('timers')) {
      this.#timers.add(timer);
      ids.serialsAfter(Number(timer.id));
    }
  }

  /** Belongs to every transaction: what it writes is kept with it, or not at all. */
  onCommit(followUp: FollowUp): void {
    this.#followUp = followUp;
  }

  /** Hears that something was written; it may be due at once. */
  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  /** Takes the timers that are not the ledger's. */
  onDue(work: DueWork): void {
    this.#due = work;
  }

  /** Does one piece of work at the present time. */
  post<T>(work: (posting: Posting) => T): T {
    this.settle();
    return this.#transact(this.clock.now(), work);
  }

  /** Lets everything happen that is due by now. */
  settle(): void {
    const now = this.clock.now();
    for (let at = this.#timers.peek(); at !== null && at <= now; at = this.#timers.peek()) this.#fireNext(at);
  }

  /** When something will happen by itself next. */
  nextDue(): number | null {
    return this.#timers.peek();
  }

  /** Moves the clock, one timer after the other; each sees its own time, and the answers to what was sent before it. */
  moveTo(instant: number): Promise<void> {
    this.#moving = this.#moving.then(async () => {
      await this.idle();
      for (let at = this.#timers.peek(); at !== null && at <= instant; at = this.#timers.peek()) {
        this.clock.moveTo(at);
        this.#fireNext(at);
        await this.idle();
      }
      this.clock.moveTo(instant);
    });
    return this.#moving;
  }

  #fireNext(at: number): void {
    const timer = this.store.get('timers', this.#timers.take() ?? '');
    if (timer === undefined) return;
    this.#transact(at, (posting) => {
      if (isLedgerTimer(timer)) fire(posting, timer);
      else {
        posting.store.remove('timers', timer.id);
        this.#due(posting, timer);
      }
    });
  }

  #transact<T>(now: number, work: (posting: Posting) => T): T {
    const { store, ids, settings } = this;
    const { result, changes } = store.transact(() => {
      const posting = { store, now, ids, settings };
      const done = work(posting);
      this.#followUp(posting, store.pending());
      return done;
    });
    for (const { table, after } of changes) if (table === 'timers' && after !== undefined) this.#timers.add(after);
    if (changes.length > 0) this.#changed();
    return result;
  }
}
