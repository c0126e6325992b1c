import type { CodemodInput, PackageInfo } from '../../codemod';
import { type FileUses, isUsed } from '../file-uses';
import { packageOf } from './place-helpers';
import { SIGNS_REQUESTS } from '../untyped/untyped-shapes';

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

/** Where a file gets its answers from: calls of its own packages, those of others in the project, or nobody who calls v2. */
export type Answered = 'here' | 'elsewhere' | 'nowhere';

/**
 * Tells of every file of the project who answers it. A page, a worker or a contract in a package of its own loads nothing of
 * the server that answers it, and is handed the objects of v2 all the same; only what goes on with legacy by itself is not.
 *
 * @param answering the packages that calls of v2 reach by what is loaded
 */
export function answeredIn(
  input: CodemodInput,
  all: readonly FileUses[],
  answering: ReadonlySet<PackageInfo>,
): (path: string) => Answered {
  const keeping = new Set([
    ...all.filter(isUsed).map(({ packageInfo }) => packageInfo),
    ...input.files.filter(({ text }) => SIGNS_REQUESTS.test(text)).map(({ path }) => packageOf(input, path)),
  ]);
  return (path) => {
    const own = packageOf(input, path);
    if (answering.has(own)) return 'here';
    return answering.size === 0 || keeping.has(own) ? 'nowhere' : 'elsewhere';
  };
}
