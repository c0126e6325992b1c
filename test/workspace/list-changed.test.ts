import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAmong, listChanged } from '../../src/workspace/list-changed';
import { makeFolder, removeFolders } from './temporary-folder';

afterEach(removeFolders);

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, encoding: 'utf8' });

function commit(root: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'a');
}

function makeRepository(files: Record<string, string>): string {
  const root = makeFolder(files);
  git(root, 'init', '--quiet');
  commit(root);
  return root;
}

const changedSince = (root: string, revision: string, ignored = false): string[] =>
  listChanged(root, revision, { ignored }).sort();

it('lists commits, the index, the working tree, new and moved files; nothing that is ignored', () => {
  const root = makeRepository({
    'a.js': '1',
    'b.js': '1',
    'c.js': '1',
    'd.js': '1',
    'same.js': '1',
    '.gitignore': 'x/\n',
  });
  git(root, 'tag', 'before');
  writeFileSync(join(root, 'a.js'), '2');
  commit(root);
  writeFileSync(join(root, 'b.js'), '2');
  git(root, 'add', 'b.js');
  writeFileSync(join(root, 'c.js'), '2');
  git(root, 'mv', 'd.js', 'moved.js');
  mkdirSync(join(root, 'x'));
  for (const name of ['new é "1".js', 'x/ignored.js', 'excluded.js']) writeFileSync(join(root, name), '1');
  writeFileSync(join(root, '.git/info/exclude'), 'excluded.js\n');
  const expected = ['a.js', 'b.js', 'c.js', 'd.js', 'excluded.js', 'moved.js', 'new é "1".js'];
  expect(changedSince(root, 'before')).toEqual(expected);
  expect(changedSince(root, 'before', true)).toEqual([...expected, 'x/ignored.js'].sort());
});

it('names files from the folder that is audited, and no others', () => {
  const root = makeRepository({ 'shop/a.js': '1', 'other/b.js': '1' });
  for (const path of ['shop/a.js', 'other/b.js', 'shop/new.js']) writeFileSync(join(root, path), '2');
  expect(changedSince(join(root, 'shop'), 'HEAD')).toEqual(['a.js', 'new.js']);
});

it('runs no program of the repository: hooks, a monitor, filters, diffs', () => {
  const root = makeRepository({ 'a.js': '1', '.gitattributes': '*.js filter=evil diff=evil\n' });
  const ran = join(root, 'ran');
  const program = join(root, '.git/evil.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\ncat\n`);
  chmodSync(program, 0o755);
  for (const hook of ['post-index-change', 'fsmonitor-watchman']) {
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    writeFileSync(join(root, `.git/hooks/${hook}`), `#!/bin/sh\ntouch '${ran}'\n`);
    chmodSync(join(root, `.git/hooks/${hook}`), 0o755);
  }
  for (const name of [
    'core.fsmonitor',
    'filter.evil.clean',
    'filter.evil.process',
    'diff.evil.command',
    'diff.evil.textconv',
    'diff.external',
  ])
    git(root, 'config', name, program);
  git(root, 'config', 'filter.evil.required', 'true');
  rmSync(ran, { force: true });
  writeFileSync(join(root, 'a.js'), '2');
  expect(changedSince(root, 'HEAD')).toContain('a.js');
  expect(existsSync(ran)).toBe(false);
  // The trap works: git itself falls into it.
  spawnSync('git', ['diff'], { cwd: root });
  expect(existsSync(ran)).toBe(true);
});

it('says what is wrong with a revision, and where there is no repository', () => {
  const root = makeRepository({ 'a.js': '1' });
  expect(() => listChanged(root, 'no-such', { ignored: false })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_REVISION' }),
  );
  // No option of git.
  expect(() => listChanged(root, '--all', { ignored: false })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_REVISION' }),
  );
  expect(() => listChanged(makeFolder({}), 'HEAD', { ignored: false })).toThrow(
    expect.objectContaining({ code: 'NO_HISTORY' }),
  );
});

it('takes a folder for all that is in it', () => {
  const isChanged = isAmong(['lib/', 'a.js']);
  expect(['lib/deep/x.js', 'a.js', 'a.jsx', 'library.js', 'lib'].map(isChanged)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});
