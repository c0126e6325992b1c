import { readdirSync, realpathSync, statSync } from 'node:fs';
import { messageOf, WorkspaceError } from './workspace-error';

/**
 * Returns the real path of the folder to work on.
 *
 * @throws WorkspaceError ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER or ROOT_UNREADABLE
 */
export function openRoot(path: string): string {
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    throw new WorkspaceError(
      'ROOT_NOT_FOUND',
      `${path} does not exist.`,
      'Name the folder of your codebase: audit path/to/shop',
    );
  }
  if (!statSync(real).isDirectory()) {
    throw new WorkspaceError('ROOT_NOT_A_FOLDER', `${path} is a file.`, 'Name the folder that it is in.');
  }
  try {
    readdirSync(real);
  } catch (error) {
    throw new WorkspaceError(
      'ROOT_UNREADABLE',
      `${path} cannot be read: ${messageOf(error)}`,
      'Check its permissions.',
    );
  }
  return real;
}
