import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, removed after the test. */
export function createFolder(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'amazon-pay-cli-')));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Runs git with no configuration but this, so that the machine's own does not decide a test. */
export function runGit(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

/** The same folder as a git repository in which everything is committed. */
export function createRepository(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = createFolder(files);
  runGit(folder, 'init', '--quiet');
  runGit(folder, 'config', 'core.autocrlf', 'false');
  runGit(folder, 'add', '--all');
  runGit(folder, 'commit', '--quiet', '--message', 'before');
  return folder;
}
