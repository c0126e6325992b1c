import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectGit, listUnguarded } from '../../src/workspace/inspect-git';
import { makeFolder, removeFolders } from './temporary-folder';

const saved = { ...process.env };
afterEach(() => {
  process.env = { ...saved };
  removeFolders();
});

function repository(): string {
  const root = makeFolder({ 'a.js': '1', 'shop/b.js': '1' });
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  return root;
}

it('clean', () => expect(inspectGit(repository())).toEqual({ kind: 'clean' }));

it('dirty, with the files', () => {
  const root = repository();
  writeFileSync(join(root, 'a.js'), '2');
  expect(inspectGit(root)).toEqual({ kind: 'dirty', files: ['a.js'] });
});

it('untracked, with the files', () => {
  const root = repository();
  writeFileSync(join(root, 'ü x.js'), '2');
  expect(inspectGit(root)).toEqual({ kind: 'untracked', files: ['ü x.js'] });
});

it('looks at the files below the folder only', () => {
  const root = repository();
  writeFileSync(join(root, 'a.js'), '2');
  expect(inspectGit(join(root, 'shop'))).toEqual({ kind: 'clean' });
});

it('no repository', () => expect(inspectGit(makeFolder({ 'a.js': '' }))).toEqual({ kind: 'no-repository' }));

it('no git', () => {
  const root = repository();
  process.env.PATH = '/nonexistent';
  expect(inspectGit(root)).toEqual({ kind: 'no-git' });
});

it('dubious ownership is not called clean', () => {
  const root = repository();
  process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
  process.env.GIT_CONFIG_GLOBAL = '/dev/null';
  process.env.GIT_CONFIG_SYSTEM = '/dev/null';
  expect(inspectGit(root)).toEqual({ kind: 'dubious-ownership' });
});

it('anything else is a failure, with the words of git', () => {
  const root = repository();
  writeFileSync(join(root, '.git/config'), '[broken');
  expect(inspectGit(root)).toMatchObject({ kind: 'failed', message: expect.stringContaining('config') });
});

it('names files of a clean tree that git could not bring back', () => {
  const root = repository();
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root });
  writeFileSync(join(root, '.git/info/exclude'), 'own.js\n');
  writeFileSync(join(root, 'own.js'), '1');
  git('update-index', '--assume-unchanged', 'shop/b.js');
  writeFileSync(join(root, 'shop/b.js'), 'work of hours');
  expect(inspectGit(root)).toEqual({ kind: 'clean' });
  expect(listUnguarded(root, ['a.js', 'own.js', 'shop/b.js'])).toEqual(['own.js', 'shop/b.js']);
});

it('knows the files of a folder below the top of the repository by their own paths', () => {
  expect(listUnguarded(join(repository(), 'shop'), ['b.js', 'a.js'])).toEqual(['a.js']);
});

it('runs no program that the repository names', () => {
  const root = repository();
  execFileSync('git', ['config', 'core.fsmonitor', 'touch was-run; false'], { cwd: root });
  expect(inspectGit(root)).toEqual({ kind: 'clean' });
});
