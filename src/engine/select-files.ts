import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageInfo } from '../../codemods/codemod';
import { classify, languageOf } from '../workspace/classify-file';
import { decode } from '../workspace/decode-text';
import { findPackages } from '../workspace/find-packages';
import { checkAbort } from './check-abort';
import { isScript } from './check-syntax';
import type { Discovery } from './discover';
import type { FailedFile, LoadedFile } from './loaded-file';
import type { EngineOptions } from './outcome';
import { findSpecifiers, ImportResolver } from './resolve-import';

export interface Selection {
  /** What the codemods get, sorted by path. */
  readonly files: readonly LoadedFile[];
  readonly packages: readonly PackageInfo[];
  readonly failed: readonly FailedFile[];
}

/** What an earlier run has emitted. */
export const HELPER = /(?:^|\/)(?:amazon-pay-v2\.[cm]?[jt]s|amazon-pay-api-sdk-nodejs\.d\.ts)$/;
const LOCK_FILE = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
/** Bytes. Nobody writes a module of this size by hand. */
const MAX_EXTRA = 1024 * 1024;
const BATCH = 256;

const contains = (directory: string, path: string): boolean => directory === '' || path.startsWith(`${directory}/`);
const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/**
 * Adds to the candidates what the codemods need to judge them: the modules that they load, the files that load them and
 * those that load these in turn, and package.json of their packages. A client is often made in one file, wrapped in a
 * second and used in a third that holds no marker at all.
 */
export async function selectFiles(
  root: string,
  { paths, candidates }: Discovery,
  options: Pick<EngineOptions, 'onProgress' | 'signal'>,
): Promise<Selection> {
  if (candidates.length === 0) return { files: [], packages: [], failed: [] };
  const { packages, failed: malformed } = findPackages(root, paths);
  const resolver = new ImportResolver(new Set(paths), packages);
  const loaded = new Map(candidates.map((file) => [file.path, file]));
  const selected = new Set(loaded.keys());
  const importers = new Map<string, string[]>();

  const scripts = scriptsInReach(paths, candidates, packages);
  for (const [index, path] of scripts.entries()) {
    if (index % BATCH === 0) {
      await checkAbort(options.signal);
      options.onProgress?.({ phase: 'reading', done: index, total: scripts.length });
    }
    for (const specifier of findSpecifiers(loaded.get(path)?.text ?? readText(root, path))) {
      const target = resolver.resolve(path, specifier);
      if (target === undefined) continue;
      if (loaded.has(path) && (isScript(target) || target.endsWith('.json'))) selected.add(target);
      const known = importers.get(target);
      if (known === undefined) importers.set(target, [path]);
      else known.push(path);
    }
  }
  const first = [...loaded.keys()].flatMap((path) => importers.get(path) ?? []);
  const second = first.flatMap((path) => importers.get(path) ?? []);
  for (const path of [...first, ...second]) selected.add(path);
  for (const path of companions(paths, [...selected], packages)) selected.add(path);

  const failed = malformed.filter(({ path }) => candidates.some((file) => contains(directoryOf(path), file.path)));
  const broken = new Set(failed.map(({ path }) => path));
  const files = [...selected]
    .filter((path) => !broken.has(path))
    .sort()
    .flatMap((path) => loaded.get(path) ?? load(root, path, failed));
  return { files, packages, failed };
}

/** The scripts that can load a candidate: those of its package, and of packages that depend on this one. */
function scriptsInReach(
  paths: readonly string[],
  candidates: readonly LoadedFile[],
  packages: readonly PackageInfo[],
): string[] {
  const ownerOf = (path: string): PackageInfo | undefined =>
    packages.find(({ directory }) => contains(directory, path));
  const owners = new Set(candidates.filter(({ path }) => isScript(path)).map(({ path }) => ownerOf(path)));
  if (owners.size === 0) return [];
  const names = [...owners].flatMap((owner) => owner?.name ?? []);
  const inReach = new Set(
    packages.filter((one) => owners.has(one) || names.some((name) => one.dependencies.has(name))),
  );
  return paths.filter((path) => {
    if (!isScript(path) || /[.-]min\.[cm]?js$/.test(path)) return false;
    const owner = ownerOf(path);
    return owner !== undefined && inReach.has(owner);
  });
}

/** Files that no import names: the manifests and lock files around them, and what an earlier run emitted. */
function companions(paths: readonly string[], selected: readonly string[], packages: readonly PackageInfo[]): string[] {
  const around = packages
    .map(({ directory }) => directory)
    .filter((directory) => selected.some((path) => contains(directory, path)));
  const exactly = new Set(around);
  return paths.filter((path) => {
    if (HELPER.test(path)) return around.some((directory) => contains(directory, path));
    return (/(?:^|\/)package\.json$/.test(path) || LOCK_FILE.test(path)) && exactly.has(directoryOf(path));
  });
}

/** The text of a script, for its imports alone. What cannot be read loads nothing that we know of. */
function readText(root: string, path: string): string {
  try {
    const full = join(root, path);
    return statSync(full).size > MAX_EXTRA ? '' : readFileSync(full, 'latin1');
  } catch {
    return '';
  }
}

function load(root: string, path: string, failed: FailedFile[]): LoadedFile[] {
  const language = languageOf(path);
  // Of a lock file only its being there counts: it says which package manager there is.
  if (LOCK_FILE.test(path)) {
    return [{ path, bytes: Buffer.alloc(0), text: '', encoding: 'utf8', language, marker: null }];
  }
  try {
    const full = join(root, path);
    if (statSync(full).size > MAX_EXTRA) return [];
    const bytes = readFileSync(full);
    const { text, encoding } = decode(bytes);
    // A bundle without a marker that a candidate happens to load has nothing to tell.
    if (classify(path, text).kind === 'generated') return [];
    return [{ path, bytes, text, encoding, language, marker: null }];
  } catch (error) {
    failed.push({ path, error: error instanceof Error ? error.message : String(error) });
    return [];
  }
}
