import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from './cli-error';

/** The absolute path of the folder to look at. */
export function checkDirectory(path: string): string {
  const root = resolve(path);
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats === undefined) throw new CliError('NO_DIRECTORY', `There is no folder ${path}.`, 'Check the path.');
  if (!stats.isDirectory()) {
    throw new CliError('NO_DIRECTORY', `${path} is not a folder.`, 'Name the folder that it is in.');
  }
  return root;
}
