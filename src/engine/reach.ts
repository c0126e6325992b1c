import type { PackageInfo } from '../../codemods/codemod';
import { directoryOf } from '../workspace/directories';
import { isScript } from './check-syntax';

/** Which scripts of a workspace have to do with which. */
export interface Reach {
  /** It can load a candidate: it is of its package, or of one that depends on this. */
  readonly mayImport: (path: string) => boolean;
  /** The same, and what those packages load of the workspace. */
  readonly mayLoad: (path: string) => boolean;
}

/** Reads off the packages of a workspace what the candidates can be loaded by, and what stands beside them. */
export function createReach(candidates: readonly string[], packages: readonly PackageInfo[]): Reach {
  const byDirectory = new Map(packages.map((one) => [one.directory, one]));
  const ownerOf = (path: string): PackageInfo | undefined => {
    let directory = directoryOf(path);
    while (directory !== '' && !byDirectory.has(directory)) directory = directoryOf(directory);
    return byDirectory.get(directory);
  };
  const owners = new Set(candidates.filter(isScript).map(ownerOf));
  const names = [...owners].flatMap((owner) => owner?.name ?? []);
  const inReach = new Set(
    packages.filter((one) => owners.has(one) || names.some((name) => one.dependencies.has(name))),
  );
  const loaded = packages.filter(
    ({ name }) => name !== undefined && [...inReach].some((one) => one.dependencies.has(name)),
  );
  const isIn = (set: ReadonlySet<PackageInfo>) => (path: string) => {
    if (!isScript(path) || /[.-]min\.[cm]?js$/.test(path)) return false;
    const owner = ownerOf(path);
    return owner !== undefined && set.has(owner);
  };
  return { mayImport: isIn(inReach), mayLoad: isIn(new Set([...inReach, ...loaded])) };
}
