import type { Language } from '../../codemods/codemod';
import type { decode } from '../workspace/decode-text';

export type Encoding = ReturnType<typeof decode>['encoding'];

/** The first legacy marker of a file, and its line. */
export interface Marker {
  readonly marker: string;
  readonly line: number;
}

/** A file that the codemods get. */
export interface LoadedFile {
  readonly path: string;
  /** Without BOM; `encoding` brings the bytes back. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly language: Language;
  /** Null for a file that is only here because a candidate imports it or is imported by it. */
  readonly marker: Marker | null;
}

/** A file whose marker says nothing where it stands: it is listed, and otherwise like any other file of the project. */
export interface NotedFile extends Marker {
  readonly path: string;
}

/** A file that is not processed, and why. */
export interface FailedFile {
  readonly path: string;
  readonly error: string;
}

/** A file that holds a legacy marker and is left alone, and why. */
export interface LegacyCopy extends Marker {
  readonly path: string;
  readonly reason: string;
  /** It was searched and not read. */
  readonly isTooLarge?: true;
}
