import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entryPath } from './run-cli';
import { createFolder } from './temporary-folder';

/** What an audit does rather than how long it takes: how often it opens each file, and whether it loads the parser. */
function audit(files: Readonly<Record<string, string>>): { opened: Record<string, number>; loadsParser: boolean } {
  const root = realpathSync(createFolder());
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const file = join(createFolder(), 'work.json');
  const { stderr } = spawnSync(
    process.execPath,
    ['--require', join(__dirname, 'count-work.cjs'), entryPath, 'audit', root, '--quiet', '--json'],
    { env: { ...process.env, COUNT_ROOT: root, COUNT_FILE: file }, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const threads = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { opened: Record<string, number>; modules: string[] });
  const opened: Record<string, number> = {};
  for (const thread of threads)
    for (const [path, count] of Object.entries(thread.opened)) opened[path] = (opened[path] ?? 0) + count;
  return { opened, loadsParser: threads.some(({ modules }) => modules.some((path) => path.includes('ts-morph'))) };
}

const unrelated = { 'a.js': "require('./b');\n", 'b.js': 'x();\n', 'deep/c.ts': "import '../b';\n", 'd.css': 'a{}' };

it('opens every file once and loads no parser when there is nothing legacy', () => {
  expect(audit({ ...unrelated, 'node_modules/amazon-payments/index.js': '' })).toEqual({
    opened: { 'a.js': 1, 'b.js': 1, 'deep/c.ts': 1, 'd.css': 1 },
    loadsParser: false,
  });
});

it('loads no parser when no script is a candidate', () => {
  const { loadsParser } = audit({
    ...unrelated,
    '.env': 'MWS_ACCESS_KEY=\n',
    'shop.php': '<?php // offAmazonPayments',
  });
  expect(loadsParser).toBe(false);
});

it('opens only importers of candidates, and what candidates load, once more', () => {
  const { opened, loadsParser } = audit({
    ...unrelated,
    'pay.js': "require('amazon-payments').connect(require('./settings'));\n",
    'settings.js': 'module.exports = {};\n',
    'use.js': "const pay = require('./pay');\n",
  });
  expect(loadsParser).toBe(true);
  const once = { 'a.js': 1, 'b.js': 1, 'deep/c.ts': 1, 'd.css': 1, 'pay.js': 1 };
  expect(opened).toMatchObject(once);
  expect(Object.keys(opened).sort()).toEqual([...Object.keys(once), 'settings.js', 'use.js'].sort());
  // Once to search, once for its imports, once for the codemods.
  expect(opened['use.js']).toBeLessThanOrEqual(3);
  expect(opened['settings.js']).toBe(2);
});
