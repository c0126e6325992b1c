import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from './decode-text';
import { messageOf } from './workspace-error';

export type Candidate =
  | { readonly kind: 'none' }
  /** The bytes are kept, so that no file is read twice. */
  | { readonly kind: 'candidate'; readonly bytes: Buffer; readonly marker: string; readonly line: number }
  | { readonly kind: 'too-large'; readonly size: number; readonly marker: string; readonly line: number }
  | { readonly kind: 'failed'; readonly error: string };

/** Bytes; larger files are searched but neither kept nor analysed. */
const MAX_ANALYSED = 5 * 1024 * 1024;
const CHUNK = 1024 * 1024;
/** No marker is longer. */
const OVERLAP = 64;
const NONE: Candidate = { kind: 'none' };

/** One buffer for all files: a new one each would cost more than the reading. */
let shared = Buffer.allocUnsafe(256 * 1024);

function readFully(descriptor: number, size: number): Buffer {
  if (shared.length < size) shared = Buffer.allocUnsafe(Math.max(size, shared.length * 2));
  let read = 0;
  while (read < size) {
    const count = readSync(descriptor, shared, read, size - read, null);
    if (count === 0) break;
    read += count;
  }
  return shared.subarray(0, read);
}

/** Markers are one byte a character; only UTF-16, which says so in its first bytes, is not. */
function searchable(bytes: Buffer): Buffer {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 ? Buffer.from(decode(bytes).text, 'latin1') : bytes;
}

const lineOf = (bytes: Buffer, offset: number): number => {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
};

function findMarker(
  bytes: Buffer,
  markers: readonly string[],
  needles: readonly string[],
): { marker: string; offset: number } | undefined {
  if (!needles.some((needle) => bytes.includes(needle, 0, 'latin1'))) return undefined;
  let found: { marker: string; offset: number } | undefined;
  for (const marker of markers) {
    const offset = bytes.indexOf(marker, 0, 'latin1');
    if (offset !== -1 && (found === undefined || offset < found.offset)) found = { marker, offset };
  }
  return found;
}

function searchLarge(
  descriptor: number,
  size: number,
  markers: readonly string[],
  needles: readonly string[],
): Candidate {
  const chunk = Buffer.allocUnsafe(CHUNK + OVERLAP);
  let kept = 0;
  let lines = 0;
  for (;;) {
    const count = readSync(descriptor, chunk, kept, CHUNK, null);
    if (count === 0) return NONE;
    const bytes = chunk.subarray(0, kept + count);
    const found = findMarker(bytes, markers, needles);
    if (found !== undefined)
      return { kind: 'too-large', size, marker: found.marker, line: lines + lineOf(bytes, found.offset) };
    const tail = Math.min(OVERLAP, bytes.length);
    lines += lineOf(bytes, bytes.length - tail) - 1;
    bytes.copyWithin(0, bytes.length - tail);
    kept = tail;
  }
}

/**
 * Reads a file once and says whether it holds a marker. The few needles, one of which is in every marker, are searched
 * first: they decide most files.
 */
export function readCandidate(
  root: string,
  path: string,
  markers: readonly string[],
  needles: readonly string[],
): Candidate {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(root, path), 'r');
    const { size } = fstatSync(descriptor);
    if (size === 0) return NONE;
    if (size > MAX_ANALYSED) return searchLarge(descriptor, size, markers, needles);
    const bytes = readFully(descriptor, size);
    const searched = searchable(bytes);
    const found = findMarker(searched, markers, needles);
    if (found === undefined) return NONE;
    return { kind: 'candidate', bytes: Buffer.from(bytes), marker: found.marker, line: lineOf(searched, found.offset) };
  } catch (error) {
    return { kind: 'failed', error: messageOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
