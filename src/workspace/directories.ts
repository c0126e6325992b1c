/** The folder of a file; '' for the root. */
export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Every folder that one of the files is in, at any depth; '' is the root. */
export function directoriesAbove(files: Iterable<string>): Set<string> {
  const directories = new Set<string>();
  for (const file of files) {
    for (let path = file; path !== ''; path = directoryOf(path)) {
      const directory = directoryOf(path);
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return directories;
}

/** The path that `relative` names from a folder; undefined when it leaves the root. */
export function joinInside(directory: string, relative: string): string | undefined {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
