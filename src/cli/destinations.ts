import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from './cli-error';
import { exitCodes } from './exit-codes';

/**
 * Checks before the work starts that a file can be put where an option says: a scan that ends in "no such folder" wasted
 * everybody's time. Folders are not created, because a mistyped path would go unnoticed.
 */
export function checkDestination(option: string, path: string): void {
  if (path === '') throw new CliError('DESTINATION', `${option} needs a file name.`, 'Name a file to write to.');
  const parent = dirname(path);
  if (!isDirectory(parent)) {
    throw new CliError(
      'DESTINATION',
      `${option} ${path}: there is no folder ${parent}.`,
      `Create it: mkdir -p ${parent}`,
    );
  }
  if (isDirectory(path)) {
    throw new CliError('DESTINATION', `${option} ${path}: this is a folder.`, 'Name a file in it.');
  }
}

/** Writes a file that an option asked for. */
export function writeDestination(option: string, path: string, data: string | Uint8Array): void {
  try {
    writeFileSync(path, data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      'WRITE_FAILED',
      `${option} ${path} could not be written: ${reason}`,
      'Check permissions and space.',
      exitCodes.filesFailed,
      { cause: error },
    );
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
