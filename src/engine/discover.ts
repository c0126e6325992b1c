import ignore from 'ignore';
import { needles, strongMarkers } from '../catalog';
import type { PackageInfo, SourceUnit } from '../../codemods/codemod';
import { classify, languageOf } from '../workspace/classify-file';
import { decode, type Encoding } from '../workspace/decode-text';
import { findPackages } from '../workspace/find-packages';
import { readCandidate } from '../workspace/find-markers';
import { walk } from '../workspace/walk';

/** A file as it was read: its text for the codemods, its bytes and encoding for writing it back whole. */
export interface ProjectFile {
  readonly unit: SourceUnit;
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /** Why it is read closer; absent for files that only came along. */
  readonly marker?: { readonly text: string; readonly line: number };
}

export interface Aside {
  readonly path: string;
  readonly reason: string;
  /** Set when the file holds legacy code that will not be touched. */
  readonly marker?: { readonly text: string; readonly line: number };
}

export interface Project {
  readonly root: string;
  /** Every file that was looked at, sorted. */
  readonly scanned: readonly string[];
  readonly candidates: readonly ProjectFile[];
  readonly skipped: readonly Aside[];
  readonly failed: readonly { readonly path: string; readonly error: string }[];
  readonly packages: readonly PackageInfo[];
}

export interface EngineProgress {
  readonly phase: string;
  readonly done: number;
  /** 0 when it is not known how many there are. */
  readonly total: number;
}

export type Progress = (event: EngineProgress) => void;

const PROGRESS_STEP = 500;

/** The file as codemods see it. */
export function toProjectFile(path: string, bytes: Buffer, marker?: ProjectFile['marker']): ProjectFile {
  const { text, encoding } = decode(bytes);
  return {
    unit: { path, text, language: languageOf(path) },
    bytes,
    encoding,
    ...(marker === undefined ? {} : { marker }),
  };
}

/** Walks the tree and keeps what holds a marker. Each file is read once. */
export function discover(root: string, include: readonly string[], onProgress: Progress): Project {
  const tree = walk(root, { include });
  const wanted = ignore().add([...include]);
  const candidates: ProjectFile[] = [];
  const skipped: Aside[] = [...tree.skipped];
  const failed = [...tree.failed];
  tree.files.forEach((path, index) => {
    if (index % PROGRESS_STEP === 0) onProgress({ phase: 'Searching', done: index, total: tree.files.length });
    const found = readCandidate(root, path, strongMarkers, needles);
    if (found.kind === 'failed') failed.push({ path, error: found.error });
    if (found.kind === 'none' || found.kind === 'failed') return;
    const marker = { text: found.marker, line: found.line };
    if (found.kind === 'too-large') {
      skipped.push({ path, reason: `too large to analyse: ${Math.round(found.size / 1024 / 1024)} MB`, marker });
      return;
    }
    const file = toProjectFile(path, found.bytes, marker);
    const kind = classify(path, file.unit.text);
    if (kind.kind === 'generated' && !wanted.ignores(path))
      skipped.push({ path, reason: `not edited: ${kind.reason}`, marker });
    else candidates.push(file);
  });
  const { packages, failed: broken } = findPackages(root, tree.files);
  return { root, scanned: tree.files, candidates, skipped, failed: [...failed, ...broken], packages };
}
