/** The time of the emulator: real time and what it was moved by, or standing still until it is moved. */
export class Clock {
  #offset = 0;

  constructor(
    private readonly realTime: () => number = Date.now,
    private readonly frozenAt: number | null = null,
  ) {}

  /** Milliseconds since 1970. */
  now(): number {
    return (this.frozenAt ?? this.realTime()) + this.#offset;
  }

  /** How far it was moved, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  set offset(milliseconds: number) {
    this.#offset = milliseconds;
  }

  get isFrozen(): boolean {
    return this.frozenAt !== null;
  }

  /** Sets the time. It cannot go back: what has happened would not have. */
  moveTo(instant: number): void {
    const by = instant - this.now();
    if (by > 0) this.#offset += by;
  }
}
