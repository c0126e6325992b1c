import type { PackageInfo } from '../codemod';

/**
 * Packages of the project that what these answer with reaches: those that load them, however far away, and the contracts and
 * schemas that all of them load.
 */
export function packagesAround(calling: Iterable<PackageInfo>, packages: readonly PackageInfo[]): Set<PackageInfo> {
  const found = new Set(calling);
  for (const { name } of found) {
    if (name === undefined) continue;
    for (const each of packages) if (each.dependencies.has(name)) found.add(each);
  }
  const loaded = packages.filter(
    ({ name }) => name !== undefined && [...found].some(({ dependencies }) => dependencies.has(name)),
  );
  return new Set([...found, ...loaded]);
}
