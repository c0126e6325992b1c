import { MAX_BYTES } from '../../transforms/ipn/read-json';

/** A message as it stands in a file: its bytes, and the line where it begins, counted from 1. */
export interface FoundMessage {
  readonly line: number;
  readonly bytes: Buffer;
}

const NEWLINE = 0x0a;
const OPEN = 0x7b;

/** How far the objects of a line are open at its end; a JSON text cannot go on behind a line break. */
function countOpen(line: Buffer): number {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < line.length; index += 1) {
    const byte = line[index];
    if (byte === 0x22) isText = !isText;
    else if (isText && byte === 0x5c) index += 1;
    else if (!isText && byte === OPEN) depth += 1;
    else if (!isText && byte === 0x7d) depth -= 1;
  }
  return depth;
}

const isBlank = (line: Buffer): boolean => line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

/** Lines without their line breaks. Of a line that no message can fill, only as much is kept as shows that. */
async function* splitLines(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const keep = (part: Buffer): void => {
    if (bytes <= MAX_BYTES) parts.push(part.subarray(0, MAX_BYTES + 1 - bytes));
    bytes += part.length;
  };
  for await (const chunk of chunks) {
    const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = buffer.indexOf(NEWLINE); end !== -1; end = buffer.indexOf(NEWLINE, start)) {
      keep(buffer.subarray(start, end));
      yield Buffer.concat(parts);
      parts = [];
      bytes = 0;
      start = end + 1;
    }
    if (start < buffer.length) keep(buffer.subarray(start));
  }
  if (bytes > 0) yield Buffer.concat(parts);
}

/**
 * Splits a stream into messages: one per line, or spread over lines as pretty-printed JSON is. A message that is cut off
 * ends where the next begins, at a line that starts with `{`: it costs no other message. Holds one message at a time.
 */
export async function* splitMessages(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<FoundMessage> {
  let line = 0;
  let start = 0;
  let depth = 0;
  let bytes = 0;
  let open: Buffer[] = [];
  const close = (): FoundMessage => {
    const found = { line: start, bytes: Buffer.concat(open) };
    open = [];
    bytes = 0;
    return found;
  };
  for await (const text of splitLines(chunks)) {
    line += 1;
    if (open.length > 0 && text[0] === OPEN) yield close();
    if (open.length === 0) {
      if (isBlank(text)) continue;
      start = line;
      depth = 0;
    }
    depth += countOpen(text);
    if (bytes <= MAX_BYTES) open.push(text, Buffer.from('\n'));
    bytes += text.length + 1;
    if (depth <= 0) yield close();
  }
  if (open.length > 0) yield close();
}
