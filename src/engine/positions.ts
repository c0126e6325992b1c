/** Offsets at which the lines of a text start. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** 1-based line and column (in UTF-16 units) of an offset. */
export function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Widens a range to whole lines, without the line break at its end. */
export function wholeLines(text: string, start: number, end: number): { start: number; end: number } {
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  // A range that ends with a line break does not reach into the next line.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const lineEnd = text.indexOf('\n', last);
  const stop = lineEnd === -1 ? text.length : lineEnd;
  return { start: lineStart, end: stop > lineStart && text[stop - 1] === '\r' ? stop - 1 : stop };
}
