import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runEngine } from '../../src/engine/engine';
import type { Run } from '../../src/engine/run';
import { entryPath } from './run-cli';
import { createFolder } from './temporary-folder';

const manyShops = (count: number): Record<string, string> => ({
  'package.json': '{"dependencies":{"amazon-payments":"^0.2.9"}}',
  'client.js': "module.exports = require('amazon-payments').connect({ environment: 1, sellerId: 'A' });\n",
  'raw.js':
    "const query = { Action: 'GetServiceStatus', SignatureMethod: 'HmacSHA256' };\nsend('https://mws.amazonservices.com/OffAmazonPayments/2013-01-01', query);\n",
  'page.html': '<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/de/js/Widgets.js"></script>',
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `shops/${index}.js`,
      `const pay = require('../client');
module.exports = (id, done) =>
  pay.offAmazonPayments.capture({ AmazonAuthorizationId: id, CaptureReferenceId: 'C${index}' }, (error, answer) =>
    done(error, answer && answer.CaptureDetails.CaptureStatus.State === 'Completed'));
`,
    ]),
  ),
});

/** What the program says, and with which threads. */
function runProgram(command: 'audit' | 'migrate', root: string): { readonly run: Run; readonly threads: string[] } {
  const file = join(createFolder(), 'threads');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', join(__dirname, 'note-threads.cjs'), entryPath, command, root, '--quiet', '--json'],
    { env: { ...process.env, THREADS_FILE: file }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  expect(stderr).toBe('');
  const threads = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return { run: JSON.parse(stdout) as Run, threads };
}

const withoutTime = (run: Run): Run => ({ ...run, startedAt: '', durationMs: 0 });

describe('a codemod in a thread of its own', () => {
  it.each(['audit', 'migrate'] as const)('%s says what it says without one', async (command) => {
    const root = realpathSync(createFolder(manyShops(45)));
    const { run, threads } = runProgram(command, root);
    expect(threads).toEqual(availableParallelism() > 1 ? ['judge-worker', 'codemod-worker'] : ['judge-worker']);
    const here = await runEngine({
      ...{ root, command, strategy: 'instead', only: [], skip: [], include: [], toolVersion: run.tool.version },
    });
    expect(new Set(run.findings.map(({ codemod }) => codemod))).toEqual(
      new Set(['node-client', 'raw-mws', 'browser', 'configuration', 'dependencies']),
    );
    expect(withoutTime(run)).toEqual(JSON.parse(JSON.stringify(withoutTime(here.run))));
  });

  it('is not started where there is little to do', () => {
    const { threads } = runProgram('audit', realpathSync(createFolder(manyShops(5))));
    expect(threads).toEqual(['judge-worker']);
  });
});
