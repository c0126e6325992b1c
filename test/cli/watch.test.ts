import type { ChildProcess } from 'node:child_process';
import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReportOf } from '../../src/cli/watch-audit';
import { runCli, startCli } from './run-cli';
import { createFolder } from './temporary-folder';

const shop = {
  '.gitignore': 'ignored/\n',
  'ignored/x.js': '',
  'pay.js': "module.exports = require('amazon-payments').connect({});\n",
  'use.js': "require('./pay').offAmazonPayments.capture({ AmazonAuthorizationId: id }, done);\n",
};

/** Resolves when the program has said something, counted from the last time. */
function listen(child: ChildProcess): (pattern: RegExp) => Promise<string> {
  let said = '';
  let wake: () => void = () => undefined;
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    wake();
  });
  return async (pattern) => {
    for (;;) {
      const match = pattern.exec(said);
      if (match !== null) {
        said = said.slice(match.index + match[0].length);
        return match[0];
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}

it('--watch says what every save fixed or broke, and ends well with Ctrl-C', async () => {
  const cwd = createFolder(shop);
  const { child, finished } = startCli(['audit', '--watch', '--report', 'run.json'], { cwd });
  const hears = listen(child);
  await hears(/Watching for changes/);

  writeFileSync(join(cwd, 'use.js'), 'done();\n');
  expect(await hears(/new \d+, fixed \d+, open \d+\n( .*\n)+/)).toMatch(/new 0, fixed [1-9].*\n {2}- use\.js:1:/);

  // In a folder that is new, in two steps, as editors save.
  mkdirSync(join(cwd, 'lib'));
  writeFileSync(join(cwd, 'lib/use.js.tmp'), shop['use.js'].replace('./pay', '../pay'));
  renameSync(join(cwd, 'lib/use.js.tmp'), join(cwd, 'lib/use.js'));
  expect(await hears(/new [1-9]\d*, fixed \d+, open \d+\n( .*\n)+/)).toContain('  + lib/use.js:1:');

  // What is ignored, and the report that is written each time, start nothing; the next save does.
  writeFileSync(join(cwd, 'ignored/x.js'), shop['use.js']);
  rmSync(join(cwd, 'lib/use.js'));
  expect(await hears(/new \d+, fixed \d+, open \d+\n( .*\n)+/)).toContain('  - lib/use.js:1:');

  child.kill('SIGINT');
  expect(await finished).toMatchObject({ code: 0, stderr: '' });
});

it('--watch knows its own reports, also those that are named through a link, so that none starts the next audit', () => {
  const root = realpathSync(createFolder(shop));
  const link = join(createFolder({}), 'link');
  symlinkSync(root, link);
  const isOwn = isReportOf(root, [join(link, 'run.json'), join(root, 'run.md')]);
  expect(['run.json', 'run.md', 'lib/run.json', 'use.js'].filter(isOwn)).toEqual(['run.json', 'run.md']);
});

it('--watch ends well with Ctrl-C while it works', async () => {
  const cwd = createFolder(shop);
  const blocked = { NODE_OPTIONS: `--require ${join(__dirname, 'block-codemod.cjs')}` };
  const { child, finished } = startCli(['audit', '--watch'], { cwd, environment: blocked });
  child.stderr?.once('data', () => child.kill('SIGINT'));
  expect((await finished).code).toBe(0);
});

it.each([
  ['--json', '--report FILE'],
  ['--since=HEAD', 'every save'],
])('--watch refuses %s', (option, hint) => {
  const { code, stderr } = runCli(['audit', '--watch', option], { cwd: createFolder(shop) });
  expect(code).toBe(2);
  expect(stderr).toContain(hint);
});
