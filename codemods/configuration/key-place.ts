/** A name in a configuration file: a key, or a reference to a variable (`${{ secrets.X }}`). Never a value. */
export interface KeyPlace {
  readonly name: string;
  /** The keys and sections around it, the outermost first. */
  readonly parents: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly kind: 'key' | 'reference';
}

/** Lines longer than this are data or minified, not configuration that somebody wrote. */
export const MAX_LINE_LENGTH = 2_000;
