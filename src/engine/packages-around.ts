import type { PackageInfo } from '../../codemods/codemod';
import { directoriesAbove, directoryOf } from '../workspace/directories';
import { isScript } from './check-syntax';

/** Tells the files whose package, the innermost one, is one of these scripts or one that such a package lies in. */
export function inPackagesAround(
  scripts: readonly string[],
  packages: readonly PackageInfo[],
): (path: string) => boolean {
  const above = directoriesAbove(scripts.filter(isScript));
  const own = new Set(packages.map(({ directory }) => directory));
  const around = new Set([...own].filter((directory) => above.has(directory)));
  return (path) => {
    let directory = directoryOf(path);
    while (directory !== '' && !own.has(directory)) directory = directoryOf(directory);
    return around.has(directory);
  };
}
