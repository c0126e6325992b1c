/** What is remembered of a refused message: enough to find it in the sender's logs, nothing of what it says. */
export interface RefusedMessage {
  readonly at: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly reason: string;
}

/** The last refused messages; older ones make room, however many there are. */
export class RefusedRing {
  readonly #messages: RefusedMessage[] = [];
  #next = 0;
  #total = 0;

  constructor(private readonly size = 1000) {}

  add(message: RefusedMessage): void {
    this.#messages[this.#next] = message;
    this.#next = (this.#next + 1) % this.size;
    this.#total += 1;
  }

  get total(): number {
    return this.#total;
  }

  /** Newest first. */
  list(): readonly RefusedMessage[] {
    return [...this.#messages.slice(this.#next), ...this.#messages.slice(0, this.#next)].reverse();
  }
}
