import { askGit } from './inspect-git';
import { WorkspaceError } from './workspace-error';

/**
 * Lists what git says has changed below a folder since a revision: commits, the index, the working tree and new files. An
 * entry stands for a file, or for all that is below it (a submodule, a repository inside the folder).
 *
 * @param sees whether files that `.gitignore` leaves out count too
 * @throws WorkspaceError NO_HISTORY or UNKNOWN_REVISION
 */
export function listChanged(root: string, revision: string, sees: { readonly ignored: boolean }): string[] {
  const commit = ask(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (commit === undefined) refuse(root, revision);
  // Programs that the configuration of the repository names are not run: filters, text conversions, other diffs.
  const filters = (ask(root, 'config', '-z', '--name-only', '--get-regexp', '^filter\\.') ?? '').split('\0');
  const off = filters.flatMap((name) =>
    name === '' ? [] : ['-c', `${name}=${name.endsWith('.required') ? 'false' : ''}`],
  );
  const diff = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--relative'];
  const changed = ask(root, ...off, 'diff', ...diff, commit.trim(), '--', '.');
  // By the rules that this tool knows too; what only this machine's git ignores is audited.
  const rules = sees.ignored ? [] : ['--exclude-per-directory=.gitignore'];
  const added = ask(root, 'ls-files', '-z', '--others', ...rules, '--', '.');
  if (changed === undefined || added === undefined) {
    throw new WorkspaceError('NO_HISTORY', `git could not compare ${root} with ${revision}.`, 'Try git diff there.');
  }
  return [...new Set(`${changed}\0${added}`.split('\0').filter((path) => path !== ''))];
}

/** Whether a path is one of these, or below one of them. */
export function isAmong(paths: Iterable<string>): (path: string) => boolean {
  const known = new Set([...paths].map((path) => path.replace(/\/$/, '')));
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (known.has(path.slice(0, end))) return true;
    }
    return false;
  };
}

function ask(root: string, ...args: readonly string[]): string | undefined {
  const { status, stdout, error } = askGit(root, ...args);
  return error === undefined && status === 0 ? stdout : undefined;
}

function refuse(root: string, revision: string): never {
  const { error, status, stderr } = askGit(root, 'rev-parse', '--is-inside-work-tree');
  if (error !== undefined)
    throw new WorkspaceError('NO_HISTORY', 'git is not installed.', 'Install it, or leave --since out.');
  if (status !== 0 && /dubious ownership/i.test(stderr)) {
    throw new WorkspaceError(
      'NO_HISTORY',
      `${root} belongs to another user, so git says nothing of its history.`,
      `If you trust it: git config --global --add safe.directory ${root}`,
    );
  }
  if (status !== 0) {
    throw new WorkspaceError(
      'NO_HISTORY',
      `${root} is not in a git repository, so nobody knows what has changed.`,
      'Leave --since out.',
    );
  }
  throw new WorkspaceError(
    'UNKNOWN_REVISION',
    `There is no revision ${revision} in the repository of ${root}.`,
    'In a shallow clone it may be missing: git fetch --unshallow, or fetch that branch.',
  );
}
