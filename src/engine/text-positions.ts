import type { Edit } from '../../codemods/codemod';

/** Line and column of offsets, 1-based. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }

  /** The whole lines that a span touches. */
  lines(start: number, end: number): string {
    const from = this.text.lastIndexOf('\n', start - 1) + 1;
    const to = this.text.indexOf('\n', Math.max(end - 1, start));
    return this.text.slice(from, to === -1 ? undefined : to).replace(/\r$/, '');
  }
}

/** Where a span of the original stands after the edits, as far as it can be told. */
export function mapSpan(start: number, end: number, edits: readonly Edit[]): { start: number; end: number } {
  let shift = 0;
  let newStart: number | undefined;
  let newEnd: number | undefined;
  for (const edit of edits) {
    const delta = edit.text.length - (edit.end - edit.start);
    if (edit.end <= start) {
      shift += delta;
      continue;
    }
    if (edit.start >= end) break;
    newStart ??= Math.min(start, edit.start) + shift;
    newEnd = Math.max(end, edit.end) + shift + delta;
    shift += delta;
  }
  return { start: newStart ?? start + shift, end: newEnd ?? end + shift };
}
