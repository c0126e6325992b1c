import { decode, type DecodedText } from './decode-text';
import { readCandidate, type Candidate } from './find-markers';
import type { ImportIndex } from './import-index';
import { compileMarkers, type MarkerMatcher } from './match-markers';

/** A file that holds a marker, or that could not be read, as a thread hands it over. */
export interface RawHit {
  readonly path: string;
  readonly found: Exclude<Candidate, { readonly kind: 'none' }>;
}

type Readable = Extract<RawHit['found'], { readonly kind: 'candidate' }>;

/** The same with its text, which is kept so that no file is read twice; its bytes can be made of it. */
export interface Hit {
  readonly path: string;
  readonly found: Exclude<RawHit['found'], Readable> | (Omit<Readable, 'bytes'> & DecodedText);
}

/** Decodes a hit as soon as it is there: both its bytes and its text would be twice the memory. */
export function decodeHit({ path, found }: RawHit): Hit {
  if (found.kind !== 'candidate') return { path, found };
  const { bytes, ...rest } = found;
  return { path, found: { ...rest, ...decode(bytes) } };
}

/** Texts that are markers in some files only. */
export interface MoreMarkers {
  readonly files: RegExp;
  readonly markers: readonly string[];
}

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Searches files for markers, one after the other, and notes what the scripts among them load. */
export class FileSearch {
  private readonly matcher: MarkerMatcher;
  /** For the files in which more texts are markers. */
  private readonly wider: { readonly files: RegExp; readonly matcher: MarkerMatcher } | undefined;

  constructor(
    private readonly root: string,
    markers: readonly string[],
    private readonly imports: ImportIndex,
    more?: MoreMarkers,
  ) {
    this.matcher = compileMarkers(markers);
    if (more !== undefined) this.wider = { files: more.files, matcher: compileMarkers([...markers, ...more.markers]) };
  }

  /** @param first the number of the first path; the imports are noted by number */
  search(paths: readonly string[], first: number): RawHit[] {
    const hits: RawHit[] = [];
    for (const [index, path] of paths.entries()) {
      const note = (bytes: Uint8Array, length: number): void => this.imports.add(first + index, bytes, length);
      const found = readCandidate(this.root, path, this.matcherFor(path), SCRIPT.test(path) ? note : undefined);
      if (found.kind !== 'none') hits.push({ path, found });
    }
    return hits;
  }

  private matcherFor(path: string): MarkerMatcher {
    return this.wider?.files.test(path) === true ? this.wider.matcher : this.matcher;
  }
}
