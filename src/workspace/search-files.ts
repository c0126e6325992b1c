import { readCandidate, type Candidate } from './find-markers';
import type { ImportIndex } from './import-index';
import { compileMarkers, type MarkerMatcher } from './match-markers';

/** A file that holds a marker, or that could not be read. */
export interface Hit {
  readonly path: string;
  readonly found: Exclude<Candidate, { readonly kind: 'none' }>;
}

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Searches files for markers, one after the other, and notes what the scripts among them load. */
export class FileSearch {
  private readonly matcher: MarkerMatcher;

  constructor(
    private readonly root: string,
    markers: readonly string[],
    private readonly imports: ImportIndex,
  ) {
    this.matcher = compileMarkers(markers);
  }

  /** @param first the number of the first path; the imports are noted by number */
  search(paths: readonly string[], first: number): Hit[] {
    const hits: Hit[] = [];
    for (const [index, path] of paths.entries()) {
      const note = (bytes: Uint8Array, length: number): void => this.imports.add(first + index, bytes, length);
      const found = readCandidate(this.root, path, this.matcher, SCRIPT.test(path) ? note : undefined);
      if (found.kind !== 'none') hits.push({ path, found });
    }
    return hits;
  }
}
