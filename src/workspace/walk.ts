import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { IgnoreRules, isNeverEntered } from './ignore-rules';
import { messageOf } from './workspace-error';

export interface WalkResult {
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly failed: readonly { readonly path: string; readonly error: string }[];
}

/**
 * Lists the files below a folder, one folder at a time, relative to the root and with `/`; ignore rules apply to folders
 * before they are entered. Says at the end what it passed over.
 */
export function* walk(
  root: string,
  options: { readonly include: readonly string[]; readonly onDirectory?: (directory: string) => void },
): Generator<readonly string[], WalkResult> {
  const skipped: { path: string; reason: string }[] = [];
  const failed: { path: string; error: string }[] = [];
  const pending: { directory: string; rules: IgnoreRules }[] = [
    { directory: '', rules: IgnoreRules.forRoot(options.include) },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { directory } = next;
    options.onDirectory?.(directory);
    let entries: Dirent[];
    try {
      entries = readdirSync(join(root, directory), { withFileTypes: true });
    } catch (error) {
      failed.push({ path: directory, error: messageOf(error) });
      continue;
    }
    const rules = entries.some(({ name }) => name === '.gitignore') ? next.rules.enter(root, directory) : next.rules;
    const files: string[] = [];
    for (const entry of entries) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isFile()) {
        if (!rules.isIgnored(path)) files.push(path);
      } else if (entry.isDirectory()) {
        if (!isNeverEntered(path, rules) && !rules.isIgnored(`${path}/`)) pending.push({ directory: path, rules });
      } else if (entry.isSymbolicLink()) skipped.push({ path, reason: describeLink(root, path) });
    }
    yield files;
  }
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return { skipped: skipped.sort(byPath), failed: failed.sort(byPath) };
}

/** Links are never followed: their target is read where it stands, or it is none of the project's. */
function describeLink(root: string, path: string): string {
  try {
    const target = realpathSync(join(root, path));
    return target === root || target.startsWith(root + sep)
      ? 'symbolic link: its target is read where it stands'
      : 'symbolic link to a place outside the folder';
  } catch {
    return 'symbolic link that leads nowhere';
  }
}
