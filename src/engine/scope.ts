import { createHash } from 'node:crypto';
import type { PackageInfo } from '../../codemods/codemod';
import { directoryOf } from '../workspace/directories';
import { isAmong } from '../workspace/list-changed';

/** The part of a project that a run reports. Everything is searched, because what one file means hangs on others. */
export interface Scope {
  /** Only these, and what is below them. */
  readonly changed?: readonly string[];
  /** The share `index` (from 1) of `count`. */
  readonly shard?: { readonly index: number; readonly count: number };
}

/**
 * Tells the files that a run reports.
 *
 * @param packages a package is one share; the files of the outermost one are dealt out one by one
 */
export function createScope(scope: Scope | undefined, packages: readonly PackageInfo[]): (path: string) => boolean {
  const isChanged = scope?.changed === undefined ? () => true : isAmong(scope.changed);
  const { shard } = scope ?? {};
  if (shard === undefined) return isChanged;
  const directories = new Set(packages.map(({ directory }) => directory));
  const shareOf = (path: string): string => {
    let directory = directoryOf(path);
    while (directory !== '' && !directories.has(directory)) directory = directoryOf(directory);
    return directory === '' ? path : directory;
  };
  return (path) => isChanged(path) && bucketOf(shareOf(path), shard.count) === shard.index - 1;
}

const bucketOf = (name: string, count: number): number =>
  createHash('sha256').update(name).digest().readUInt32LE(0) % count;
