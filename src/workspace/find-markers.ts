import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decode } from './decode-text';
import type { MarkerMatch, MarkerMatcher } from './match-markers';
import { messageOf } from './workspace-error';

export type Candidate =
  | { readonly kind: 'none' }
  /** The bytes of the file, of their own memory. */
  | { readonly kind: 'candidate'; readonly bytes: Buffer; readonly marker: string; readonly line: number }
  /** Its marker says nothing where it stands. */
  | { readonly kind: 'noted'; readonly marker: string; readonly line: number }
  | { readonly kind: 'too-large'; readonly size: number; readonly marker: string; readonly line: number }
  | { readonly kind: 'failed'; readonly error: string };

export interface ReadOptions {
  /** Is shown the bytes of a file while they are in memory; they are the next file's soon after. */
  readonly look?: (bytes: Uint8Array, length: number) => void;
  /** The first match that makes the file a candidate. */
  readonly firstThatCounts?: (searched: Buffer, first: MarkerMatch) => MarkerMatch | undefined;
  /** What a file is searched for that is too large to be judged by its text. */
  readonly ofLarge?: MarkerMatcher;
  /** Whether a file with this marker is only to be noted, not kept. */
  readonly isQuiet?: (searched: Buffer, first: MarkerMatch) => boolean;
}

/** Bytes; larger files are searched but neither kept nor analysed. */
const MAX_ANALYSED = 5 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const NONE: Candidate = { kind: 'none' };

/** One buffer for all files: a new one each would cost more than the reading. */
let shared = Buffer.allocUnsafeSlow(256 * 1024);

/** Bytes. A transport that answers with less than was asked for (a network or a container's mount) ends at a whole page. */
const PAGE = 4096;

/**
 * Reads until there is nothing more; the size is asked for only when the file is larger than any before it. A short answer is
 * the end of the file, so it is not asked for once more, which would be a quarter of the calls: only one that ends at a whole
 * page may have been cut by what carries it.
 */
function readFully(descriptor: number): number {
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, shared, length, shared.length - length, null);
    if (count === 0) return length;
    length += count;
    if (length < shared.length) {
      if (count % PAGE !== 0) return length;
      continue;
    }
    const { size } = fstatSync(descriptor);
    if (size > MAX_ANALYSED || length > MAX_ANALYSED) return Math.max(size, length);
    const larger = Buffer.allocUnsafeSlow(Math.min(MAX_ANALYSED + 1, Math.max(size + 1, length * 2)));
    shared.copy(larger, 0, 0, length);
    shared = larger;
  }
}

/** Markers are one byte a character; only UTF-16, which says so in its first bytes, is not. */
function searchable(bytes: Buffer): Buffer {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 ? Buffer.from(decode(bytes).text) : bytes;
}

const lineOf = (bytes: Buffer, offset: number): number => {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
};

/** Goes through a file of any size in pieces that overlap by almost a marker. */
function searchLarge(descriptor: number, size: number, matcher: MarkerMatcher): Candidate {
  const overlap = matcher.longest - 1;
  const chunk = Buffer.allocUnsafe(CHUNK + overlap);
  let kept = 0;
  let lines = 0;
  for (let position = 0; ;) {
    const count = readSync(descriptor, chunk, kept, CHUNK, position);
    if (count === 0) return NONE;
    position += count;
    const bytes = chunk.subarray(0, kept + count);
    const found = matcher.find(bytes, 0, bytes.length);
    if (found !== undefined)
      return { kind: 'too-large', size, marker: found.marker, line: lines + lineOf(bytes, found.offset) };
    const tail = Math.min(overlap, bytes.length);
    lines += lineOf(bytes, bytes.length - tail) - 1;
    bytes.copyWithin(0, bytes.length - tail);
    kept = tail;
  }
}

/** Reads a file once and says whether it holds a marker. */
export function readCandidate(
  root: string,
  path: string,
  matcher: MarkerMatcher,
  { look, isQuiet, ofLarge = matcher, firstThatCounts = (_, first) => first }: ReadOptions = {},
): Candidate {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(`${root}/${path}`, 'r');
    const length = readFully(descriptor);
    if (length === 0) return NONE;
    if (length > MAX_ANALYSED) return searchLarge(descriptor, length, ofLarge);
    const bytes = shared.subarray(0, length);
    const searched = searchable(bytes);
    look?.(searched, searched.length);
    const first = matcher.find(searched, 0, searched.length);
    const found = first === undefined ? undefined : firstThatCounts(searched, first);
    if (found === undefined) return NONE;
    const { marker } = found;
    const line = lineOf(searched, found.offset);
    if (isQuiet?.(searched, found) === true) return { kind: 'noted', marker, line };
    // Of its own memory, so that a thread can hand it over.
    const own = Buffer.allocUnsafeSlow(length);
    bytes.copy(own);
    return { kind: 'candidate', bytes: own, marker, line };
  } catch (error) {
    return { kind: 'failed', error: messageOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
