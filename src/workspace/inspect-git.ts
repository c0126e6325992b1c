import { spawnSync } from 'node:child_process';

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

/** Asks git about the files below a folder; whatever is not certainly clean is not called clean. */
export function inspectGit(root: string): GitState {
  const result = spawnSync('git', ['status', '--porcelain', '-z', '--untracked-files=normal', '--', '.'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 256 * 1024 * 1024,
  });
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
