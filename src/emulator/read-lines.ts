import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1024 * 1024;
const NEWLINE = 0x0a;

export interface FileLine {
  readonly text: string;
  /** Where the line ends in the file, its newline included. */
  readonly end: number;
}

/** The lines of a file that end in a newline, one after the other: the file may be larger than a string can be. */
export function* readLines(path: string): Generator<FileLine> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    // Pieces of a line that is not complete yet.
    let pieces: Buffer[] = [];
    let position = 0;
    for (let bytes = readSync(file, chunk); bytes > 0; bytes = readSync(file, chunk)) {
      let start = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < bytes; at = chunk.indexOf(NEWLINE, start)) {
        const text = Buffer.concat([...pieces, chunk.subarray(start, at)]).toString('utf8');
        pieces = [];
        start = at + 1;
        yield { text, end: position + start };
      }
      if (start < bytes) pieces.push(Buffer.from(chunk.subarray(start, bytes)));
      position += bytes;
    }
  } finally {
    closeSync(file);
  }
}
