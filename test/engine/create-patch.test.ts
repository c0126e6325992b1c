import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createPatch } from '../../src/engine/create-patch';
import type { Change } from '../../src/engine/engine';
import { createFolder, readBytes, removeFolders } from './project-folder';

afterEach(removeFolders);

function git(cwd: string, ...args: string[]): void {
  const isolated = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CEILING_DIRECTORIES: cwd };
  const { status, stderr } = spawnSync('git', args, { cwd, env: { ...process.env, ...isolated }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

/** Applies the patch of some changes to the files as they were, and takes it back. */
function expectToApply(changes: readonly Change[]): void {
  const before = changes.flatMap(({ path, before: bytes }) => (bytes === null ? [] : [[path, bytes] as const]));
  const root = createFolder(Object.fromEntries(before));
  const patch = join(createFolder(), 'changes.patch');
  writeFileSync(patch, createPatch(changes));
  git(root, 'apply', patch);
  for (const { path, after } of changes) expect(readBytes(root, path)).toEqual(after);
  git(root, 'apply', '--reverse', patch);
  for (const { path, before: bytes } of changes) {
    if (bytes === null) expect(existsSync(join(root, path))).toBe(false);
    else expect(readBytes(root, path)).toEqual(bytes);
  }
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

it.each<[string, string, string | null, string]>([
  ['one line of many', 'src/a.js', '1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nfive\n6\n7\n8\n9\n'],
  ['two places far apart', 'a.js', `a\n${'x\n'.repeat(30)}b\n`, `A\n${'x\n'.repeat(30)}B\n`],
  ['CRLF', 'a.js', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
  ['mixed line ends', 'a.js', 'a\r\nb\nc\r\n', 'a\r\nB\nc\r\n'],
  ['a lone carriage return', 'a.js', 'a\rb\nc\n', 'a\rB\nc\n'],
  ['no line feed at the end', 'a.js', 'a\nb', 'a\nc'],
  ['a line feed that comes', 'a.js', 'a\nb', 'a\nb\n'],
  ['a line feed that goes', 'a.js', 'a\nb\n', 'a\nb'],
  ['a BOM', 'a.js', '\xef\xbb\xbfa\nb\n', '\xef\xbb\xbfA\nb\n'],
  ['latin1', 'a.js', 'caf\xe9\nx\n', 'caf\xe9\ny\n'],
  ['a line that looks like a header', 'a.js', '-- a/b\n++ c\n@@ -1 +1 @@\n', '-- x\n++ c\n@@ -1 +1 @@\n'],
  ['a new file', 'lib/amazon-pay-v2.js', null, "'use strict';\nexports.a = 1;\n"],
  ['a new file without line feed at the end', 'n.js', null, 'a'],
  ['a new file that is empty', 'empty.js', null, ''],
  ['a file that becomes empty', 'a.js', 'a\n', ''],
  ['a file that was empty', 'a.js', '', 'a\n'],
  ['an insertion before everything', 'a.js', 'a\n', 'new\na\n'],
  ['a name with a space', 'my shop/a b.js', 'a\n', 'b\n'],
  ['a name beyond ASCII', 'café/ü.js', 'a\n', 'b\n'],
  ['a name with both', 'mein büro/ä ö.js', 'a\n', 'b\n'],
  ['a name with a quote', 'a"b.js', 'a\n', 'b\n'],
  ['a new file with such a name', 'my shop/é.js', null, 'b\n'],
])('git apply takes %s, and takes it back', (_, path, before, after) => {
  expectToApply([{ path, before: before === null ? null : bytes(before), after: bytes(after) }]);
});

it('takes several files at once, and UTF-16', () => {
  const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
  expectToApply([
    { path: 'a.js', before: bytes('a\n'), after: bytes('b\n') },
    { path: 'b.js', before: null, after: bytes('b\n') },
    { path: 'c.js', before: utf16('a\r\nb\r\n'), after: utf16('a\r\nc\r\n') },
  ]);
});

it('writes what git writes', () => {
  const changes = [
    { path: 'new.js', before: null, after: bytes('a\n') },
    { path: 'a b.js', before: bytes('a\nb'), after: bytes('a\n') },
  ];
  expect(createPatch(changes).toString().split('\n')).toEqual([
    'diff --git a/new.js b/new.js',
    'new file mode 100644',
    '--- /dev/null',
    '+++ b/new.js',
    '@@ -0,0 +1,1 @@',
    '+a',
    'diff --git a/a b.js b/a b.js',
    '--- a/a b.js\t',
    '+++ b/a b.js\t',
    '@@ -1,2 +1,1 @@',
    ' a',
    '-b',
    '\\ No newline at end of file',
    '',
  ]);
});

it('is empty without changes, and for a file that stays as it is', () => {
  expect(createPatch([])).toHaveLength(0);
  expect(createPatch([{ path: 'a.js', before: bytes('a'), after: bytes('a') }])).toHaveLength(0);
});

it('applies whatever the lines are', () => {
  const line = fc.constantFrom('a', 'b', '', '\r', ' ', '\\ No newline at end of file', '-', '+', '\xe9');
  const text = fc
    .tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('', '\n'))
    .map(([lines, end]) => lines.join('\n') + end);
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);
      expectToApply([{ path: 'a.js', before: bytes(before), after: bytes(after) }]);
    }),
    { numRuns: 40, seed: 1 },
  );
});
