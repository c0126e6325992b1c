import { classify } from './classify-file';
import { decode, type DecodedText } from './decode-text';
import { readCandidate, type Candidate } from './find-markers';
import { keywordsWith } from './find-specifiers';
import type { ImportIndex } from './import-index';
import { compileMarkers, type MarkerMatch, type MarkerMatcher } from './match-markers';

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

/** A marker that says nothing in a source that holds no other one, and none of these words, in small letters, in what is not unrelated. */
export interface QuietMarker {
  readonly marker: string;
  readonly words: RegExp;
  readonly unrelated: RegExp;
}

/** Markers that count only in a script in which they stand as the pattern says. */
export interface MarkersInContext {
  readonly markers: readonly string[];
  readonly pattern: RegExp;
}

/** What a tree is searched for: data, so that threads can be given it. */
export interface Wanted {
  readonly markers: readonly string[];
  readonly more?: MoreMarkers;
  readonly quiet?: QuietMarker;
  readonly inContext?: MarkersInContext;
  /** Words of which is noted which scripts have them in quotes. */
  readonly quoted?: readonly string[];
  /** Names of which the same is noted wherever they stand. */
  readonly named?: readonly string[];
}

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Searches files for markers, one after the other, and notes what the scripts among them load. */
export class FileSearch {
  private readonly matcher: MarkerMatcher;
  private readonly scripts: MarkerMatcher;
  /** For the files in which more texts are markers. */
  private readonly wider: { readonly files: RegExp; readonly matcher: MarkerMatcher } | undefined;
  private readonly keywords: MarkerMatcher | undefined;

  constructor(
    private readonly root: string,
    private readonly wanted: Wanted,
    private readonly imports: ImportIndex,
  ) {
    const { markers, more, inContext, quoted = [], named = [] } = wanted;
    this.matcher = compileMarkers(markers);
    this.scripts = inContext === undefined ? this.matcher : compileMarkers([...markers, ...inContext.markers]);
    if (quoted.length + named.length > 0) this.keywords = keywordsWith(quoted, named);
    if (more !== undefined) this.wider = { files: more.files, matcher: compileMarkers([...markers, ...more.markers]) };
  }

  /** @param first the number of the first path; the imports are noted by number */
  search(paths: readonly string[], first: number): RawHit[] {
    const hits: RawHit[] = [];
    for (const [index, path] of paths.entries()) {
      const look = (bytes: Uint8Array, length: number): void =>
        this.imports.add(first + index, bytes, length, this.keywords);
      const isScript = SCRIPT.test(path);
      const wider = this.wider?.files.test(path) === true ? this.wider.matcher : undefined;
      const matcher = wider ?? (isScript ? this.scripts : this.matcher);
      const found = readCandidate(this.root, path, matcher, {
        isQuiet: (bytes, match) => this.isQuiet(path, bytes, match, matcher),
        ofLarge: wider ?? this.matcher,
        firstThatCounts: (bytes, match) => this.firstThatCounts(bytes, match, matcher),
        ...(isScript ? { look } : {}),
      });
      if (found.kind !== 'none') hits.push({ path, found });
    }
    return hits;
  }

  private isQuiet(path: string, bytes: Buffer, first: MarkerMatch, matcher: MarkerMatcher): boolean {
    const { quiet } = this.wanted;
    if (quiet === undefined) return false;
    for (let match: MarkerMatch | undefined = first; match !== undefined;) {
      if (match.marker !== quiet.marker) return false;
      match = matcher.find(bytes, match.offset + 1, bytes.length);
    }
    const text = bytes.toString('utf8');
    return !quiet.words.test(text.replace(quiet.unrelated, '').toLowerCase()) && classify(path, text).kind === 'source';
  }

  private firstThatCounts(bytes: Buffer, first: MarkerMatch, matcher: MarkerMatcher): MarkerMatch | undefined {
    const { inContext } = this.wanted;
    if (inContext?.markers.includes(first.marker) !== true) return first;
    for (let match: MarkerMatch | undefined = first; match !== undefined;) {
      if (!inContext.markers.includes(match.marker)) return match;
      match = matcher.find(bytes, match.offset + 1, bytes.length);
    }
    return inContext.pattern.test(bytes.toString('utf8')) ? first : undefined;
  }
}
