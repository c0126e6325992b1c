import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
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
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (before === null) {
    if (found !== undefined) refuse(path, 'there is a file of that name already.');
    return;
  }
  if (found === undefined) refuse(path, 'it is gone.');
  if (found.isSymbolicLink()) refuse(path, 'it is a symbolic link.');
  // A file can be replaced without being writable, and root may write everything: what it says counts.
  if ((found.mode & 0o222) === 0) refuse(path, 'it is read-only.');
  if (!readFileSync(target).equals(before)) refuse(path, 'it has changed since it was read.');
}

interface Staged {
  /** The topmost folder that had to be made for it. */
  readonly madeFolder: string | undefined;
  readonly target: string;
  readonly temporary: string;
  readonly change: FileChange;
}

/** Puts the new content on the disk beside the target. */
function stage(target: string, change: FileChange): Staged {
  const madeFolder = mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.amazon-pay-migrate.tmp`;
  const descriptor = openSync(temporary, 'wx');
  try {
    for (let written = 0; written < change.after.length;) written += writeSync(descriptor, change.after, written);
    if (change.before !== null) keepAttributes(descriptor, target);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return { target, temporary, change, madeFolder };
}

/** Root, as in a container, would take the file away from its owner; the umask would narrow its mode. */
function keepAttributes(descriptor: number, target: string): void {
  const { mode, uid, gid } = statSync(target);
  if (process.getuid?.() === 0) fchownSync(descriptor, uid, gid);
  fchmodSync(descriptor, mode & 0o777);
}

function discard(staged: readonly Staged[]): void {
  for (const { temporary } of staged) rmSync(temporary, { force: true });
  for (const { target, madeFolder } of staged) if (madeFolder !== undefined) removeEmpty(dirname(target), madeFolder);
}

/** Takes back the folders that were made, from the innermost, as far as nothing is in them. */
function removeEmpty(folder: string, top: string): void {
  try {
    for (let next = folder; next.length >= top.length; next = dirname(next)) rmdirSync(next);
  } catch {
    // Something is in it, or it is gone already.
  }
}

/**
 * Writes files below the root, each whole or not at all, and all of them or none: a full disk, a missing permission or
 * Ctrl-C shows while the new contents are put beside the files. What is left then is to rename them, without a pause.
 *
 * @param root a real path (openRoot)
 * @returns the paths that were written; none when the signal came before
 * @throws WorkspaceError WRITE_REFUSED, which says what was written before
 */
export async function writeChanges(
  root: string,
  changes: readonly FileChange[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const targets = changes.map((change) => ({ change, target: targetOf(root, change.path) }));
  const checkAll = (): void => {
    for (const { change, target } of targets) checkUnchanged(target, change);
  };
  checkAll();
  const staged: Staged[] = [];
  // A second Ctrl-C, or a bug, ends the process without a way back to here.
  const tidy = (): void => {
    discard(staged);
  };
  process.once('exit', tidy);
  try {
    for (const { change, target } of targets) {
      // Lets a Ctrl-C in between be heard.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted === true) {
        discard(staged);
        return [];
      }
      attempt(change.path, [], () => staged.push(stage(target, change)));
    }
    checkAll();
    return renameAll(staged);
  } catch (error) {
    discard(staged);
    throw error;
  } finally {
    process.off('exit', tidy);
  }
}

function renameAll(staged: readonly Staged[]): string[] {
  const written: string[] = [];
  try {
    for (const { target, temporary, change } of staged) {
      attempt(change.path, written, () => {
        renameSync(temporary, target);
      });
      written.push(change.path);
    }
  } finally {
    discard(staged);
  }
  return written;
}

function attempt(path: string, written: readonly string[], action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new WorkspaceError('WRITE_REFUSED', `${path} could not be written: ${messageOf(error)}`, describe(written));
  }
}

const describe = (written: readonly string[]): string =>
  written.length === 0
    ? 'No file was written.'
    : `Written and complete: ${written.join(', ')}. Run migrate --write again for the rest.`;
