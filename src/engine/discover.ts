import ignore from 'ignore';
import {
  answerFields,
  answerMarkers,
  answerRead,
  buyerReturnMarkers,
  changedStates,
  idPattern,
  idPatternMarkers,
  strongMarkers,
} from '../catalog';
import { foreignFiles, foreignMarkers } from '../catalog/languages';
import { classify, languageOf } from '../workspace/classify-file';
import type { TreeMemory } from '../workspace/cache/tree-memory';
import type { ImportIndex } from '../workspace/import-index';
import type { Hit, Wanted } from '../workspace/search-files';
import { searchTree, type TreeSearch } from '../workspace/search-tree';
import { checkAbort } from './check-abort';
import { namesV2Alone } from './find-bystanders';
import type { FailedFile, LegacyCopy, LoadedFile, Marker, NotedFile } from './loaded-file';
import type { EngineOptions } from './outcome';

export interface Discovery {
  /** Every file that was looked into, in no order. */
  readonly paths: readonly string[];
  /** Who loads what; files are numbered as in `paths`. */
  readonly imports: ImportIndex;
  readonly candidates: readonly LoadedFile[];
  /** Files that hold a marker and nothing else that a rule could speak of. */
  readonly noted: readonly NotedFile[];
  readonly legacyCopies: readonly LegacyCopy[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly failed: readonly FailedFile[];
}

export interface DiscoverOptions extends Pick<EngineOptions, 'include' | 'onProgress' | 'signal'> {
  /** Is given candidates while the search goes on in threads. */
  readonly onIdle?: (candidates: readonly LoadedFile[]) => Promise<void>;
  readonly memory?: TreeMemory;
  /** Is given what the search found, before it is judged. */
  readonly onSearched?: (search: TreeSearch) => void;
}

const LOCK_FILE = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;

const WANTED: Wanted = {
  markers: strongMarkers,
  more: { files: foreignFiles, markers: foreignMarkers },
  quiet: namesV2Alone,
  inContext: {
    markers: [...answerMarkers, ...idPatternMarkers],
    pattern: new RegExp(`${answerRead.source}|${idPattern.source}`),
  },
  quoted: changedStates,
  named: answerFields,
};

/** Searches all files for legacy markers. Each is read once; only those that hold one are kept. */
export async function discover(root: string, options: DiscoverOptions): Promise<Discovery> {
  const sort = createSorter(options.include);
  const search = await searchTree(root, {
    ...(options.memory === undefined ? {} : { memory: options.memory }),
    include: options.include,
    wanted: WANTED,
    onBatch: async (done, total) => {
      await checkAbort(options.signal);
      options.onProgress?.({ phase: 'searching', done, total });
    },
    onIdle: async (news) =>
      options.onIdle?.(news.map(sort).flatMap((one) => (one.kind === 'candidate' ? [one.file] : []))),
  });
  options.onSearched?.(search);
  const { paths, imports, hits, skipped, failed } = search;
  const sorted = [...hits].sort((a, b) => (a.path < b.path ? -1 : 1)).map(sort);
  return {
    paths,
    imports,
    candidates: sorted.flatMap((one) => (one.kind === 'candidate' ? [one.file] : [])),
    noted: sorted.flatMap((one) => (one.kind === 'noted' ? [one.file] : [])),
    legacyCopies: sorted.flatMap((one) => (one.kind === 'copy' ? [one.copy] : [])),
    skipped: [...skipped, ...sorted.flatMap((one) => (one.kind === 'skipped' ? [one.file] : []))],
    failed: [...failed, ...sorted.flatMap((one) => (one.kind === 'failed' ? [one.file] : []))],
  };
}

type Sorted =
  | { readonly kind: 'candidate'; readonly file: LoadedFile }
  | { readonly kind: 'noted'; readonly file: NotedFile }
  | { readonly kind: 'copy'; readonly copy: LegacyCopy }
  | { readonly kind: 'skipped'; readonly file: Discovery['skipped'][number] }
  | { readonly kind: 'failed'; readonly file: FailedFile };

/** Tells what can be migrated from what is only to be listed; each hit is looked at once. */
function createSorter(include: readonly string[]): (hit: Hit) => Sorted {
  const wanted = ignore().add([...include]);
  const known = new WeakMap<Hit, Sorted>();
  return (hit) => {
    const sorted = known.get(hit) ?? sortHit(hit, (path) => wanted.ignores(path));
    known.set(hit, sorted);
    return sorted;
  };
}

function sortHit({ path, found }: Hit, isWanted: (path: string) => boolean): Sorted {
  if (found.kind === 'failed') return { kind: 'failed', file: { path, error: found.error } };
  const { marker, line } = found;
  if (LOCK_FILE.test(path)) {
    return { kind: 'skipped', file: { path, reason: 'lock file: the package manager brings it up to date' } };
  }
  if (found.kind === 'noted') return { kind: 'noted', file: { path, marker, line } };
  if (found.kind === 'too-large') {
    const reason = `too large to analyse: ${formatSize(found.size)}`;
    return { kind: 'copy', copy: { path, marker, line, reason, isTooLarge: true } };
  }
  const { text, encoding } = found;
  const kind = classify(path, text);
  if (kind.kind === 'generated' && !isWanted(path)) {
    return { kind: 'copy', copy: { path, ...tellingMarker(text, { marker, line }), reason: kind.reason } };
  }
  return { kind: 'candidate', file: { path, text, encoding, language: languageOf(path), marker: { marker, line } } };
}

/** What a buyer's return is told by may be anybody's in a bundle, so any other marker that stands in it counts for it. */
function tellingMarker(text: string, first: Marker): Marker {
  if (!buyerReturnMarkers.includes(first.marker)) return first;
  const marker = strongMarkers.find((other) => !buyerReturnMarkers.includes(other) && text.includes(other));
  if (marker === undefined) return first;
  return { marker, line: text.slice(0, text.indexOf(marker)).split('\n').length };
}

const formatSize = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
