/** An edit of one file whose path is known. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Sorts edits by place; insertions at one place keep their order and stand before a replacement that starts there. */
export function sortSpans<T extends Span>(spans: readonly T[]): T[] {
  return [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Two sorted spans that overlap; touching is not overlapping. */
export function findOverlap<T extends Span>(sorted: readonly T[]): readonly [T, T] | undefined {
  for (const [index, span] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous !== undefined && span.start < previous.end) return [previous, span];
  }
  return undefined;
}

/**
 * Where an offset of the old text is in the new one. An offset inside a replacement, or where text is inserted, becomes
 * the `side` of what replaced it.
 */
export function mapForward(sorted: readonly Span[], offset: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { start, end, text } of sorted) {
    if (start > offset || (start === offset && end > start && side === 'end')) break;
    if (side === 'start' && offset === start) break;
    const isInside = offset < end;
    if (isInside) return start + shift + (side === 'start' ? 0 : text.length);
    shift += text.length - (end - start);
  }
  return offset + shift;
}

/**
 * Where an offset of the new text is in the old one. Inside text that an edit wrote there is no such place: then it is
 * the `side` of what was replaced, and `isInside` says so.
 */
export function mapBackward(
  sorted: readonly Span[],
  offset: number,
  side: 'start' | 'end',
): { readonly offset: number; readonly isInside: boolean } {
  let shift = 0;
  for (const { start, end, text } of sorted) {
    const newStart = start + shift;
    const newEnd = newStart + text.length;
    if (offset < newStart || (offset === newStart && side === 'end')) break;
    if (offset < newEnd || (offset === newEnd && side === 'end')) {
      return { offset: side === 'start' ? start : end, isInside: true };
    }
    shift += text.length - (end - start);
  }
  return { offset: offset - shift, isInside: false };
}
