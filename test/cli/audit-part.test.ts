import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/engine/run';
import { runCli } from './run-cli';
import { createFolder } from './temporary-folder';

const shop = {
  'pay.js': "module.exports = require('amazon-payments').connect({});\n",
  'use.js': "require('./pay').offAmazonPayments.capture({ AmazonAuthorizationId: id }, done);\n",
};

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, encoding: 'utf8' });

it('--since lists what changed, by the rules of everything', () => {
  const cwd = createFolder(shop);
  git(cwd, 'init', '--quiet');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'a');
  appendFileSync(join(cwd, 'use.js'), '// a\n');
  const { code, stdout, stderr } = runCli(['audit', '--since', 'HEAD', '--json', '--fail-on', 'automatic'], { cwd });
  expect(code).toBe(1);
  expect(new Set((JSON.parse(stdout) as Run).findings.map(({ file }) => file))).toEqual(new Set(['use.js']));
  expect(stderr).toContain('Only files that changed since HEAD');
});

it.each([
  [['--since', 'HEAD'], 'error NO_HISTORY', 'Leave --since out'],
  [['--shard', '3/2'], '--shard cannot be 3/2', '--shard 1/4'],
  [['--shard', '0/2'], '--shard cannot be 0/2', '--shard 1/4'],
  [['--shard', 'a'], '--shard cannot be a', '--shard 1/4'],
])('%j outside a repository says what is wrong', (args, problem, hint) => {
  const { code, stderr } = runCli(['audit', ...args], { cwd: createFolder(shop) });
  expect(code).toBe(2);
  expect(stderr).toContain(problem);
  expect(stderr).toContain(hint);
});

it('report joins the shares', () => {
  const cwd = createFolder(shop);
  const whole = JSON.parse(runCli(['audit', '--json', '--quiet'], { cwd }).stdout) as Run;
  const outside = createFolder();
  for (const share of ['1/2', '2/2']) {
    const file = join(outside, `${share.charAt(0)}.json`);
    expect(runCli(['audit', '--shard', share, '--report', file, '--quiet'], { cwd })).toMatchObject({
      code: 0,
      stderr: '',
    });
  }
  const gate = (...runs: string[]) =>
    runCli(['report', ...runs, '--fail-on-not-ready', '--quiet', '--report', 'gate.json'], { cwd: outside });
  const steps = (): unknown[] =>
    (JSON.parse(readFileSync(join(outside, 'gate.json'), 'utf8')) as { steps: { id: string }[] }).steps.map(
      ({ id }) => id,
    );
  expect(gate('1.json').code).toBe(1);
  expect(steps()).toContain('scope');
  expect(gate('1.json', '2.json').code).toBe(1);
  expect(steps()).not.toContain('scope');
  const joined = JSON.parse(
    runCli(['report', '1.json', '2.json', '--json', '--quiet'], { cwd: outside }).stdout,
  ) as Run;
  expect(joined.findings).toEqual(whole.findings);
  expect(joined.summary).toEqual(whole.summary);
});
