import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, removeFolders } from '../../workspace/temporary-folder';

afterEach(removeFolders);
const root = join(__dirname, '../../..');

it('runs under plain jscodeshift', () => {
  const input = readFileSync(join(root, 'fixtures/codemods/node-client/callback-inline/input/refunds.js'), 'utf8');
  const folder = makeFolder({ 'refunds.js': input, 'other.js': 'let x = 1\n' });
  const transform = join(root, 'dist/codemods/node-client/jscodeshift.js');
  const output = execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/jscodeshift/bin/jscodeshift.js'),
      '-t',
      transform,
      '--parser=tsx',
      '--run-in-band',
      '--no-babel',
      folder,
    ],
    { encoding: 'utf8' },
  );
  expect(output).toMatch(/1 ok/);
  expect(output).toMatch(/1 skipped/);
  expect(readFileSync(join(folder, 'refunds.js'), 'utf8')).toBe(
    readFileSync(join(root, 'fixtures/codemods/node-client/callback-inline/expected/refunds.js'), 'utf8'),
  );
  expect(readFileSync(join(folder, 'other.js'), 'utf8')).toBe('let x = 1\n');
});
