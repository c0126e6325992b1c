import { forEachSpecifier } from './find-specifiers';
import type { MarkerMatcher } from './match-markers';

/** The key of a specifier that may mean anything: it ends with `..` or `.`, or has letters that depend on the encoding. */
const ANY = 0;
const SLASH = 47;
const DOT = 46;

/**
 * Remembers of every script how the last parts of what it loads are spelled, as numbers: eight bytes an import, so that a
 * tree of any size can be asked who loads a module without reading it again. The answer may name a file too many (two names
 * with one number), never one too few.
 */
export class ImportIndex {
  private pairs = new Int32Array(1024);
  private length = 0;

  /**
   * Notes what a script loads.
   *
   * @param keywords of `keywordsWith`: its words in quotes and its names are noted as if the script loaded them
   */
  add(file: number, bytes: Uint8Array, length: number, keywords?: MarkerMatcher): void {
    forEachSpecifier(bytes, length, (start, end) => this.note(file, keyOf(bytes, start, end)), keywords);
  }

  private note(file: number, key: number): void {
    if (this.length === this.pairs.length) {
      const larger = new Int32Array(this.pairs.length * 2);
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[this.length] = file;
    this.pairs[this.length + 1] = key;
    this.length += 2;
  }

  /** What was noted, to be sent to another thread. */
  take(): Int32Array<ArrayBuffer> {
    return this.pairs.slice(0, this.length);
  }

  /** Takes in what another thread noted. */
  merge(pairs: Int32Array): void {
    const all = new Int32Array(this.length + pairs.length);
    all.set(this.pairs.subarray(0, this.length));
    all.set(pairs, this.length);
    this.pairs = all;
    this.length = all.length;
  }

  /** The files that load something whose last part is one of these names, or hold the name in quotes or as one that was asked for. */
  filesThatName(names: Iterable<string>): Set<number> {
    const keys = new Set([ANY]);
    for (const name of names) {
      const bytes = Buffer.from(name);
      keys.add(keyOf(bytes, 0, bytes.length));
    }
    const files = new Set<number>();
    for (let at = 0; at < this.length; at += 2) {
      if (keys.has(this.pairs[at + 1] ?? ANY)) files.add(this.pairs[at] ?? 0);
    }
    return files;
  }
}

/** A number for the last part of `a/b/part`; parts that are empty or `.` lead nowhere and do not count. */
function keyOf(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  let first = last;
  for (;;) {
    while (last > start && bytes[last - 1] === SLASH) last -= 1;
    first = last;
    while (first > start && bytes[first - 1] !== SLASH) first -= 1;
    if (last - first !== 1 || bytes[first] !== DOT || first === start) break;
    last = first;
  }
  const size = last - first;
  if (size === 0 || (bytes[first] === DOT && (size === 1 || (size === 2 && bytes[first + 1] === DOT)))) return ANY;
  let hash = 0x811c9dc5;
  for (let at = first; at < last; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > 127) return ANY;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash;
}
