import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { CACHE_FOLDER, isWalked } from '../ignore-rules';
import { realPathOf } from '../real-path';
import { WorkspaceError } from '../workspace-error';

/** Where a cache is kept, and what is to be done before it is written. */
export interface CachePlace {
  readonly path: string;
  /** Whether the name was given: then a file that is not ours stays. */
  readonly isGiven: boolean;
  prepare(): void;
}

/**
 * The place of a cache: a given file, or one in the project's `node_modules/.cache`, in a folder that tells git to leave it
 * alone even where node_modules is not ignored.
 *
 * @param given a file, or '' for the default
 * @throws WorkspaceError CACHE_IN_TREE when the file would be read as one of the project, and git could track it
 */
export function findCachePlace(root: string, given: string, include: readonly string[]): CachePlace {
  if (given !== '') return givenPlace(root, given, include);
  const folder = join(root, CACHE_FOLDER);
  return {
    path: join(folder, 'audit.cache'),
    isGiven: false,
    prepare: () => {
      refuseOutside(root, folder);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const ignore = join(folder, '.gitignore');
      if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
    },
  };
}

function givenPlace(root: string, given: string, include: readonly string[]): CachePlace {
  const path = realPathOf(given);
  const isInside = path.startsWith(root + sep);
  if (isInside && isWalked(root, path.slice(root.length + 1).replaceAll(sep, '/'), include)) {
    throw new WorkspaceError(
      'CACHE_IN_TREE',
      `${given} lies in the project, where it would be read as one of its files, and git could track it.`,
      'Add it to .gitignore, put it elsewhere, or give --cache no name.',
    );
  }
  return { path, isGiven: true, prepare: () => undefined };
}

/** Nothing is written outside the root, also through links. */
function refuseOutside(root: string, folder: string): void {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const real = realpathSync(existing);
  if (real !== root && !real.startsWith(root + sep)) throw new Error('its folder is a link to a place outside');
}
