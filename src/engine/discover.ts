import ignore from 'ignore';
import { buyerReturnMarkers, strongMarkers } from '../catalog';
import { classify, languageOf } from '../workspace/classify-file';
import type { TreeMemory } from '../workspace/cache/tree-memory';
import type { ImportIndex } from '../workspace/import-index';
import type { Hit } from '../workspace/search-files';
import { searchTree, type TreeSearch } from '../workspace/search-tree';
import { checkAbort } from './check-abort';
import type { FailedFile, LegacyCopy, LoadedFile } from './loaded-file';
import type { EngineOptions } from './outcome';

export interface Discovery {
  /** Every file that was looked into, in no order. */
  readonly paths: readonly string[];
  /** Who loads what; files are numbered as in `paths`. */
  readonly imports: ImportIndex;
  readonly candidates: readonly LoadedFile[];
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

/** Searches all files for legacy markers. Each is read once; only those that hold one are kept. */
export async function discover(root: string, options: DiscoverOptions): Promise<Discovery> {
  const search = await searchTree(root, {
    ...(options.memory === undefined ? {} : { memory: options.memory }),
    include: options.include,
    markers: strongMarkers,
    onBatch: async (done, total) => {
      await checkAbort(options.signal);
      options.onProgress?.({ phase: 'searching', done, total });
    },
    onIdle: async (news) => options.onIdle?.(sortHits(news, options.include, { skipped: [], failed: [] }).candidates),
  });
  options.onSearched?.(search);
  const { paths, imports, hits, ...walked } = search;
  const sorted = [...hits].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { paths, imports, ...sortHits(sorted, options.include, walked) };
}

/** Tells what can be migrated from what is only to be listed. */
function sortHits(
  hits: readonly Hit[],
  include: readonly string[],
  walked: Pick<Discovery, 'skipped' | 'failed'>,
): Omit<Discovery, 'paths' | 'imports'> {
  const wanted = ignore().add([...include]);
  const candidates: LoadedFile[] = [];
  const legacyCopies: LegacyCopy[] = [];
  const skipped = [...walked.skipped];
  const failed = [...walked.failed];
  for (const { path, found } of hits) {
    if (found.kind === 'failed') {
      failed.push({ path, error: found.error });
      continue;
    }
    const { marker, line } = found;
    if (LOCK_FILE.test(path)) {
      skipped.push({ path, reason: 'lock file: the package manager brings it up to date' });
    } else if (found.kind === 'too-large') {
      const reason = `too large to analyse: ${formatSize(found.size)}`;
      legacyCopies.push({ path, marker, line, reason, isTooLarge: true });
    } else {
      const { text, encoding } = found;
      const kind = classify(path, text);
      if (kind.kind === 'generated' && !wanted.ignores(path))
        legacyCopies.push({ path, ...tellingMarker(text, { marker, line }), reason: kind.reason });
      else {
        const language = languageOf(path);
        candidates.push({ path, text, encoding, language, marker: { marker, line } });
      }
    }
  }
  return { candidates, legacyCopies, skipped, failed };
}

interface Marker {
  readonly marker: string;
  readonly line: number;
}

/** What a buyer's return is told by may be anybody's in a bundle, so any other marker that stands in it counts for it. */
function tellingMarker(text: string, first: Marker): Marker {
  if (!buyerReturnMarkers.includes(first.marker)) return first;
  const marker = strongMarkers.find((other) => !buyerReturnMarkers.includes(other) && text.includes(other));
  if (marker === undefined) return first;
  return { marker, line: text.slice(0, text.indexOf(marker)).split('\n').length };
}

const formatSize = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
