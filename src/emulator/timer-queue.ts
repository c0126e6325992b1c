import type { Timer } from './ledger/rows';

/** Of two timers of one instant the older goes first. */
const isBefore = (left: Timer, right: Timer): boolean =>
  left.at < right.at || (left.at === right.at && Number(left.id) < Number(right.id));

/** Which timer is due next: a binary heap, since every order brings two or more. */
export class TimerQueue {
  readonly #heap: Timer[] = [];

  add(entry: Timer): void {
    let index = this.#heap.length;
    this.#heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      this.#heap[index] = above;
      index = parent;
    }
    this.#heap[index] = entry;
  }

  /** When the next timer is due. */
  peek(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  /** Takes the id of the next timer out. */
  take(): string | null {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#heap.length > 0) this.#sink(last);
    return first.id;
  }

  #sink(entry: Timer): void {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [this.#heap[child], this.#heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const smaller = this.#heap[child] ?? left;
      if (!isBefore(smaller, entry)) break;
      this.#heap[index] = smaller;
      index = child;
    }
    this.#heap[index] = entry;
  }
}
