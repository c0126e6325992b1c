import { createHash, randomBytes } from 'node:crypto';

/** Makes ids. With the same seed and the same requests in the same order they are the same. */
export class IdSource {
  #count = 0;
  #serial = 0;
  readonly #seed: string;

  /** `start` tells the runs of one file apart: with the seed alone a second run would give out the ids of the first. */
  constructor(seed?: string, start = 0) {
    this.#seed = seed === undefined ? randomBytes(16).toString('hex') : start === 0 ? seed : `${seed}:${start}`;
  }

  /** Numbers that only grow, for what nobody outside sees. */
  serial(): number {
    return (this.#serial += 1);
  }

  serialsAfter(last: number): void {
    this.#serial = Math.max(this.#serial, last);
  }

  #bytes(): Buffer {
    this.#count += 1;
    return createHash('sha256').update(`${this.#seed}:${this.#count}`).digest();
  }

  digits(length: number): string {
    const number = this.#bytes().readBigUInt64BE() % 10n ** BigInt(length);
    return String(number).padStart(length, '0');
  }

  uuid(): string {
    const bytes = this.#bytes();
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }
}
