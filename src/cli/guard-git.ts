import { inspectGit, listUnguarded, type GitState } from '../workspace/inspect-git';
import { CliError } from './cli-error';

const anyway = 'Or write anyway with --allow-dirty.';
const filesShown = 5;

/** Refuses to write where git could not undo it. Every state but `clean` refuses: an unknown one must not pass. */
export function guardGit(root: string): void {
  const refusal = describeRefusal(inspectGit(root), root);
  if (refusal !== null) throw refusal;
}

/** Refuses to overwrite a file of a clean tree that git has no copy of. New files overwrite nothing. */
export function guardFiles(root: string, changes: readonly { path: string; before: Buffer | null }[]): void {
  const overwritten = changes.filter(({ before }) => before !== null).map(({ path }) => path);
  const unguarded = overwritten.length === 0 ? [] : listUnguarded(root, overwritten);
  if (unguarded.length === 0) return;
  throw new CliError(
    'GIT_NOT_TRACKED',
    `git ignores files that would be changed, so it could not bring them back: ${listFiles(unguarded)}`,
    `Add them to git (git add --force), or leave them out. Nothing was written. ${anyway}`,
  );
}

/** What to say about a state of the working tree; null when it is safe to write. */
export function describeRefusal(state: GitState, root: string): CliError | null {
  switch (state.kind) {
    case 'clean':
      return null;
    case 'dirty':
      return new CliError(
        'GIT_DIRTY',
        `There are changes that are not committed: ${listFiles(state.files)}`,
        `Commit or stash them first, so that the migration can be told apart and undone. ${anyway}`,
      );
    case 'untracked':
      return new CliError(
        'GIT_UNTRACKED',
        `There are files that git does not know: ${listFiles(state.files)}`,
        `Add and commit them, or list them in .gitignore: git could not bring them back. ${anyway}`,
      );
    case 'no-git':
      return new CliError(
        'GIT_MISSING',
        'git is not installed, so what is written could not be undone.',
        `Install git, or make a copy of ${root} and write with --allow-dirty.`,
      );
    case 'no-repository':
      return new CliError(
        'GIT_NO_REPOSITORY',
        `${root} is not in a git repository, so what is written could not be undone.`,
        'Make it one (git init && git add --all && git commit -m before), or make a copy and write with --allow-dirty.',
      );
    case 'dubious-ownership':
      return new CliError(
        'GIT_DUBIOUS_OWNERSHIP',
        `${root} belongs to another user, so git does not say whether it is clean.`,
        `If you trust it: git config --global --add safe.directory ${root}`,
      );
    case 'failed':
      return new CliError(
        'GIT_FAILED',
        `git could not say whether ${root} is clean: ${state.message}`,
        `Run git status there and put right what it says. ${anyway}`,
      );
  }
}

function listFiles(files: readonly string[]): string {
  const more = files.length - filesShown;
  return `${files.slice(0, filesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
