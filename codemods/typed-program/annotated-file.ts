/** A type written into the analysis copy of a file. The merchant's file never sees it. */
export interface Annotation {
  /** Offset in the original text. */
  readonly at: number;
  readonly text: string;
}

/**
 * A merchant file beside its analysis copy, in which types have been written where the checker could not know them.
 * Positions of the copy translate back, so that every edit is made on the original.
 */
export class AnnotatedFile {
  private annotations: Annotation[] = [];

  constructor(
    readonly path: string,
    readonly original: string,
  ) {}

  /** Returns how many of the annotations were new. */
  add(annotations: readonly Annotation[]): number {
    const isNew = (candidate: Annotation): boolean =>
      !this.annotations.some((known) => known.at === candidate.at && known.text === candidate.text);
    const added = annotations.filter(isNew);
    this.annotations = [...this.annotations, ...added].sort((a, b) => a.at - b.at);
    return added.length;
  }

  /** The text that the checker reads. */
  get text(): string {
    let result = '';
    let from = 0;
    for (const { at, text } of this.annotations) {
      result += this.original.slice(from, at) + text;
      from = at;
    }
    return result + this.original.slice(from);
  }

  /** Offset in the original for an offset in the analysis copy; inside an annotation, the place where it was written. */
  toOriginal(position: number): number {
    let shift = 0;
    for (const { at, text } of this.annotations) {
      if (at + shift >= position) break;
      if (at + shift + text.length > position) return at;
      shift += text.length;
    }
    return position - shift;
  }

  /** True when an annotation was written at this place of the original. */
  isAnnotatedAt(original: number): boolean {
    return this.annotations.some(({ at }) => at === original);
  }
}
