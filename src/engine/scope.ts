import { createHash } from 'node:crypto';
import type { PackageInfo } from '../../codemods/codemod';
import { directoryOf } from '../workspace/directories';
import { isAmong } from '../workspace/list-changed';
import type { EngineOptions } from './outcome';
import type { Run } from './run';
import type { Selection } from './select-files';

/** The part of a project that a run reports. Everything is searched, because what one file means hangs on others. */
export interface Scope {
  /** Only what has changed since a git revision: these paths, and what is below them. */
  readonly changed?: { readonly since: string; readonly paths: readonly string[] };
  /** The share `index` (from 1) of `count`. */
  readonly shard?: { readonly index: number; readonly count: number };
}

/**
 * Tells the files that a run reports.
 *
 * @param packages a package is one share; the files of the outermost one are dealt out one by one
 */
export function createScope(scope: Scope | undefined, packages: readonly PackageInfo[]): (path: string) => boolean {
  const isChanged = scope?.changed === undefined ? () => true : isAmong(scope.changed.paths);
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

/** What a run says of its scope, so that nobody takes a part for the whole. */
export function describeScope({ only, skip, scope }: EngineOptions): Pick<Run, 'scope'> {
  const part = {
    ...(scope?.shard === undefined || scope.shard.count === 1 ? {} : { shard: scope.shard }),
    ...(scope?.changed === undefined ? {} : { since: scope.changed.since }),
    ...(only.length === 0 ? {} : { only: [...only] }),
    ...(skip.length === 0 ? {} : { skip: [...skip] }),
  };
  return Object.keys(part).length === 0 ? {} : { scope: [{ folder: '', ...part }] };
}

/** The files of a project that a run speaks of. */
export function countScanned(
  paths: readonly string[],
  { packages }: Selection,
  { scope }: Pick<EngineOptions, 'scope'>,
): number {
  return scope === undefined ? paths.length : paths.filter(createScope(scope, packages)).length;
}

/** Whether something of a selection would be reported; if nothing is, nothing need be parsed. */
export const isConcerned = ({ files, packages }: Selection, { scope }: Pick<EngineOptions, 'scope'>): boolean =>
  scope === undefined || files.map(({ path }) => path).some(createScope(scope, packages));

const bucketOf = (name: string, count: number): number =>
  createHash('sha256').update(name).digest().readUInt32LE(0) % count;
