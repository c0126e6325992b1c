import { symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRoot } from '../../src/workspace/open-root';
import { walk, type WalkResult } from '../../src/workspace/walk';
import { makeFolder, removeFolders } from './temporary-folder';

afterEach(removeFolders);

function walkAll(root: string, include: readonly string[] = []): WalkResult & { readonly files: readonly string[] } {
  const walking = walk(root, { include });
  const files: string[] = [];
  for (;;) {
    const next = walking.next();
    if (next.done === true) return { ...next.value, files: files.sort() };
    files.push(...next.value);
  }
}

it('lists files in order, without node_modules and what .gitignore names, also in folders below', () => {
  const root = makeFolder({
    'b.js': '',
    'a/z.js': '',
    'a/.gitignore': 'generated\n!generated/keep.js\n*.log\n',
    'a/generated/x.js': '',
    'a/deep/y.log': '',
    '.gitignore': 'dist/\n',
    'dist/bundle.js': '',
    'node_modules/amazon-payments/index.js': '',
  });
  expect(walkAll(root).files).toEqual(['.gitignore', 'a/.gitignore', 'a/z.js', 'b.js']);
});

it('brings ignored paths back when told to', () => {
  const root = makeFolder({
    '.gitignore': 'dist/\n',
    'dist/server.js': '',
    'other/x.js': '',
    'node_modules/x/y.js': '',
  });
  expect(walkAll(root, ['dist/']).files).toContain('dist/server.js');
  expect(walkAll(root, ['node_modules']).files).toContain('node_modules/x/y.js');
});

it('follows no link, and says so', () => {
  const root = makeFolder({ 'a/x.js': '' });
  symlinkSync(root, join(root, 'a/loop'));
  symlinkSync(tmpdir(), join(root, 'outside'));
  symlinkSync(join(root, 'gone'), join(root, 'nowhere'));
  const { files, skipped } = walkAll(root);
  expect(files).toEqual(['a/x.js']);
  expect(skipped).toEqual([
    { path: 'a/loop', reason: 'symbolic link: its target is read where it stands' },
    { path: 'nowhere', reason: 'symbolic link that leads nowhere' },
    { path: 'outside', reason: 'symbolic link to a place outside the folder' },
  ]);
});

it.each([
  ['does-not-exist', 'ROOT_NOT_FOUND'],
  ['file.js', 'ROOT_NOT_A_FOLDER'],
])('refuses %s as a root', (name, code) => {
  const root = makeFolder({ 'file.js': '' });
  expect(() => openRoot(join(root, name))).toThrow(expect.objectContaining({ code }));
});

it('judges a folder of more files than the ignore rules remember', () => {
  const files = Object.fromEntries(
    Array.from({ length: 10_050 }, (_, index) => [`a/${index}.${index % 2 === 0 ? 'js' : 'log'}`, '']),
  );
  const root = makeFolder({ ...files, '.gitignore': '*.log\n!a/10049.log\n' });
  expect(walkAll(root).files).toHaveLength(1 + 5025 + 1);
});
