import type { Manifest } from './read-manifest';

const contains = (directory: string, path: string): boolean => directory === '' || path.startsWith(`${directory}/`);

/** The manifests above a file, the nearest first: a module that the nearest one does not declare comes from one above. */
export const manifestsAbove = (manifests: readonly Manifest[], path: string): readonly Manifest[] =>
  manifests
    .filter(({ directory }) => contains(directory, path))
    .sort((left, right) => right.directory.length - left.directory.length);

/** The manifest that declares a module for a file, by the way Node looks it up. */
export const findDeclaring = (manifests: readonly Manifest[], path: string, name: string): Manifest | undefined =>
  manifestsAbove(manifests, path).find(({ entries }) => entries.some((entry) => entry.name === name));

/**
 * The manifest that should declare something new for a file. A package.json that only says `"type": "module"` is no
 * package of its own, so nearest means the nearest one that installs anything.
 */
export function findOwner(
  manifests: readonly Manifest[],
  path: string,
  isLegacy: (manifest: Manifest) => boolean,
): Manifest | undefined {
  const above = manifestsAbove(manifests, path);
  return above.find(isLegacy) ?? above.find(({ entries }) => entries.length > 0) ?? above.at(-1);
}
