import ignore from 'ignore';
import { needles, strongMarkers } from '../catalog';
import { classify, languageOf } from '../workspace/classify-file';
import { decode } from '../workspace/decode-text';
import { readCandidate } from '../workspace/find-markers';
import { walk } from '../workspace/walk';
import { checkAbort } from './check-abort';
import type { FailedFile, LegacyCopy, LoadedFile } from './loaded-file';
import type { EngineOptions } from './outcome';

export interface Discovery {
  /** Every file that was looked into, sorted. */
  readonly paths: readonly string[];
  readonly candidates: readonly LoadedFile[];
  readonly legacyCopies: readonly LegacyCopy[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly failed: readonly FailedFile[];
}

/** Files between two looks at Ctrl-C. */
const BATCH = 256;
const LOCK_FILE = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;

/** Searches all files for legacy markers. Each is read once; only those that hold one are kept. */
export async function discover(
  root: string,
  options: Pick<EngineOptions, 'include' | 'onProgress' | 'signal'>,
): Promise<Discovery> {
  const walked = walk(root, { include: options.include });
  const wanted = ignore().add([...options.include]);
  const candidates: LoadedFile[] = [];
  const legacyCopies: LegacyCopy[] = [];
  const skipped = [...walked.skipped];
  const failed = [...walked.failed];
  for (const [index, path] of walked.files.entries()) {
    if (index % BATCH === 0) {
      await checkAbort(options.signal);
      options.onProgress?.({ phase: 'searching', done: index, total: walked.files.length });
    }
    const found = readCandidate(root, path, strongMarkers, needles);
    if (found.kind === 'none') continue;
    if (found.kind === 'failed') {
      failed.push({ path, error: found.error });
      continue;
    }
    const { marker, line } = found;
    if (LOCK_FILE.test(path)) {
      skipped.push({ path, reason: 'lock file: the package manager brings it up to date' });
    } else if (found.kind === 'too-large') {
      legacyCopies.push({ path, marker, line, reason: `too large to analyse: ${formatSize(found.size)}` });
    } else {
      const { text, encoding } = decode(found.bytes);
      const kind = classify(path, text);
      if (kind.kind === 'generated' && !wanted.ignores(path))
        legacyCopies.push({ path, marker, line, reason: kind.reason });
      else {
        const language = languageOf(path);
        candidates.push({ path, bytes: found.bytes, text, encoding, language, marker: { marker, line } });
      }
    }
  }
  return { paths: walked.files, candidates, legacyCopies, skipped, failed };
}

const formatSize = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
