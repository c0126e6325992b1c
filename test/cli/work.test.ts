import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entryPath } from './run-cli';
import { createFolder } from './temporary-folder';

interface Work {
  readonly opened: Record<string, number>;
  readonly parsed: Record<string, number>;
  readonly loadsParser: boolean;
}

/** What an audit does rather than how long it takes: how often it opens and parses each file, and whether it loads the parser. */
function audit(files: Readonly<Record<string, string>>): Work {
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
    .map((line) => JSON.parse(line) as Record<'opened' | 'parsed', Record<string, number>> & { modules: string[] });
  const sum = (what: 'opened' | 'parsed'): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const thread of threads)
      for (const [path, count] of Object.entries(thread[what])) counts[path] = (counts[path] ?? 0) + count;
    return counts;
  };
  return {
    opened: sum('opened'),
    parsed: sum('parsed'),
    loadsParser: threads.some(({ modules }) => modules.some((path) => path.includes('ts-morph'))),
  };
}

const unrelated = { 'a.js': "require('./b');\n", 'b.js': 'x();\n', 'deep/c.ts': "import '../b';\n", 'd.css': 'a{}' };

it('opens every file once and loads no parser when there is nothing legacy', () => {
  expect(audit({ ...unrelated, 'node_modules/amazon-payments/index.js': '' })).toEqual({
    opened: { 'a.js': 1, 'b.js': 1, 'deep/c.ts': 1, 'd.css': 1 },
    parsed: {},
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
  // Once to search, once for its imports, its settings and the codemods.
  expect(opened['use.js']).toBe(2);
  expect(opened['settings.js']).toBe(2);
});

it('parses a script once for the check of its syntax, the checker and all codemods', () => {
  const { parsed } = audit({
    'mws.js':
      "const host = 'mws-eu.amazonservices.com';\nconst path = '/OffAmazonPayments/2013-01-01';\n" +
      "send({ Action: 'Capture', AmazonAuthorizationId: id, key: process.env.MWS_SECRET_KEY });\n",
    'config/pay.js': "require('amazon-payments').connect({ key: process.env.MWS_ACCESS_KEY });\n",
  });
  expect(parsed).toMatchObject({ 'mws.js': 1, 'config/pay.js': 1 });
});

it('loads no parser when scripts merely name the address of v2', () => {
  const { loadsParser } = audit({
    'layout.js': "require('./menu');\nload('https://static-na.payments-amazon.com/checkout.js');\n",
    'menu.js': 'draw();\n',
  });
  expect(loadsParser).toBe(false);
});

it('parses no script that merely names the address of v2', () => {
  const { parsed } = audit({
    'pay.js': "require('amazon-payments');\n",
    'layout.js': "load('https://static-na.payments-amazon.com/checkout.js');\n",
  });
  expect(parsed['pay.js']).toBe(1);
  expect(parsed['layout.js']).toBeUndefined();
});
