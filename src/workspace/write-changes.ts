import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { messageOf, WorkspaceError } from './workspace-error';

/** The new content of one file; `before` is what it was analysed as, null for a file that must not exist yet. */
export interface FileChange {
  readonly path: string;
  readonly before: Buffer | null;
  readonly after: Buffer;
}

function refuse(path: string, because: string): never {
  throw new WorkspaceError(
    'WRITE_REFUSED',
    `${path} was not written: ${because}`,
    'Nothing of it was changed. Put it right and run migrate again.',
  );
}

/** The real place of a file below the root. Nothing is ever written outside it, also through links. */
function targetOf(root: string, path: string): string {
  const target = join(root, path);
  if (!target.startsWith(root + sep)) refuse(path, 'it is outside the folder.');
  let folder = dirname(target);
  while (!existsSync(folder)) folder = dirname(folder);
  const real = realpathSync(folder);
  if (real !== root && !real.startsWith(root + sep)) refuse(path, 'its folder is a link to a place outside.');
  return target;
}

function checkUnchanged(target: string, { path, before }: FileChange): void {
  const isThere = existsSync(target) || lstatSync(target, { throwIfNoEntry: false }) !== undefined;
  if (before === null) {
    if (isThere) refuse(path, 'there is a file of that name already.');
    return;
  }
  if (!isThere) refuse(path, 'it is gone.');
  if (lstatSync(target).isSymbolicLink()) refuse(path, 'it is a symbolic link.');
  if (!readFileSync(target).equals(before)) refuse(path, 'it has changed since it was read.');
}

function writeAtomically(target: string, change: FileChange): void {
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.amazon-pay-migrate.tmp`;
  const mode = change.before === null ? 0o644 : statSync(target).mode & 0o777;
  try {
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      for (let written = 0; written < change.after.length;) written += writeSync(descriptor, change.after, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes files below the root, each whole or not at all. All are checked before the first is written.
 *
 * @param root a real path (openRoot)
 * @returns the paths that were written; fewer than there are changes when the signal came in between
 * @throws WorkspaceError WRITE_REFUSED, which says what was written before
 */
export async function writeChanges(
  root: string,
  changes: readonly FileChange[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const targets = changes.map((change) => {
    const target = targetOf(root, change.path);
    checkUnchanged(target, change);
    return { change, target };
  });
  const written: string[] = [];
  for (const { change, target } of targets) {
    // Lets a Ctrl-C in between be heard.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) return written;
    try {
      writeAtomically(target, change);
    } catch (error) {
      throw new WorkspaceError(
        'WRITE_REFUSED',
        `${change.path} could not be written: ${messageOf(error)}`,
        describe(written),
      );
    }
    written.push(change.path);
  }
  return written;
}

const describe = (written: readonly string[]): string =>
  written.length === 0
    ? 'No file was written.'
    : `Written and complete: ${written.join(', ')}. Run migrate --write again for the rest.`;
