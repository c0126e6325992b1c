import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The name of a file that may not be there yet, in the real name of its folder: only so can it be compared with a root. */
export function realPathOf(path: string): string {
  const named = resolve(path);
  return existsSync(dirname(named)) ? join(realpathSync(dirname(named)), basename(named)) : named;
}
