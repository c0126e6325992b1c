import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

/** What git says about a folder. Everything but clean means that git could not bring back what is overwritten. */
export type GitState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'dirty'; readonly files: readonly string[] }
  | { readonly kind: 'untracked'; readonly files: readonly string[] }
  | { readonly kind: 'no-git' }
  | { readonly kind: 'no-repository' }
  | { readonly kind: 'dubious-ownership' }
  | { readonly kind: 'failed'; readonly message: string };

/** `XY path`, separated by NUL; a rename is followed by its old path. */
function parseStatus(output: string): { readonly changed: string[]; readonly untracked: string[] } {
  const changed: string[] = [];
  const untracked: string[] = [];
  const entries = output.split('\0').filter((entry) => entry !== '');
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? '';
    if (entry.startsWith('??')) untracked.push(entry.slice(3));
    else changed.push(entry.slice(3));
    if (/^[RC]/.test(entry)) index += 1;
  }
  return { changed, untracked };
}

/** `core.fsmonitor` and hooks are programs of the repository (one runs when git renews its index); none is executed. */
export function askGit(root: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync('git', ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: 256 * 1024 * 1024,
  });
}

/** Asks git about the files below a folder; whatever is not certainly clean is not called clean. */
export function inspectGit(root: string): GitState {
  const args = ['--porcelain', '-z', '--untracked-files=normal', '--ignore-submodules=none', '--', '.'];
  const result = askGit(root, 'status', ...args);
  if (result.error !== undefined) {
    return (result.error as NodeJS.ErrnoException).code === 'ENOENT'
      ? { kind: 'no-git' }
      : { kind: 'failed', message: result.error.message };
  }
  if (result.status !== 0) {
    // Exit code 128 has many reasons; only git's own words tell them apart.
    if (/dubious ownership/i.test(result.stderr)) return { kind: 'dubious-ownership' };
    if (/not a git repository/i.test(result.stderr)) return { kind: 'no-repository' };
    return { kind: 'failed', message: result.stderr.trim() || `git ended with ${result.status ?? result.signal}` };
  }
  const { changed, untracked } = parseStatus(result.stdout);
  if (changed.length > 0) return { kind: 'dirty', files: changed };
  return untracked.length > 0 ? { kind: 'untracked', files: untracked } : { kind: 'clean' };
}

/**
 * The files among these that git could not bring back although the tree is clean: ignored ones, also by the excludes that
 * only this machine has, and those that git was told not to look at (assume-unchanged, skip-worktree).
 */
export function listUnguarded(root: string, paths: readonly string[]): string[] {
  const result = askGit(root, 'ls-files', '-z', '-v', '--recurse-submodules');
  if (result.error !== undefined || result.status !== 0) return [...paths];
  const guarded = new Set(
    result.stdout
      .split('\0')
      .filter((entry) => entry.startsWith('H '))
      .map((entry) => entry.slice(2)),
  );
  return paths.filter((path) => !guarded.has(path));
}
