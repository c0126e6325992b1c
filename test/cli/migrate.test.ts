import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSchema } from '../../src/engine/run-schema';
import { createFinding, createRun } from '../report/sample-run';
import { runCli, startCli, type StubbedOutcome } from './run-cli';
import { createFolder, createRepository, runGit } from './temporary-folder';

/** CRLF, no line feed at the end, a byte that is not UTF-8, and a file that did not exist. */
const changes = [
  { path: 'src/crlf.js', before: 'one\r\ntwo\r\nthree\r\n', after: 'one\r\n2\r\nthree\r\n' },
  { path: 'src/no-final-newline.js', before: 'a\nb', after: 'a\nc' },
  { path: 'src/now-with-newline.js', before: 'a\nb', after: 'a\nb\n' },
  { path: 'src/with space é.js', before: 'caf\xe9\nx\n', after: 'caf\xe9\ny\n' },
  { path: 'src/amazon-pay-v2.js', before: null, after: "'use strict';\nexports.send = 1;\n" },
] as const;

const files = Object.fromEntries(
  changes.flatMap(({ path, before }) => (before === null ? [] : [[path, Buffer.from(before, 'latin1')]])),
);

const outcome: StubbedOutcome = {
  run: createRun(
    [createFinding({ status: 'migrated', file: 'src/crlf.js' })],
    changes.map(({ path }) => ({
      path,
      language: 'javascript',
      status: 'changed',
      reason: 'changed',
      diff: 'masked diff',
    })),
    { command: 'migrate' },
  ),
  changes,
};

function readAll(folder: string): Record<string, string | null> {
  return Object.fromEntries(
    changes.map(({ path }) => [
      path,
      existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'latin1') : null,
    ]),
  );
}

const before = Object.fromEntries(changes.map((change) => [change.path, change.before]));
const after = Object.fromEntries(changes.map((change) => [change.path, change.after]));

describe('migrate', () => {
  it('is dry: shows diff, report and how to apply, and writes nothing', () => {
    const cwd = createFolder(files);
    const { code, stdout, stderr } = runCli(['migrate'], { cwd, outcome });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^masked diff[\s\S]*1\. Would be migrated[\s\S]*npx amazon-pay-migrate migrate --write\n$/);
    expect(stdout).not.toContain('\u001b');
    expect(readAll(cwd)).toEqual(before);
  });

  it('repeats in the next command what shaped the run', () => {
    const cwd = createFolder({ 'my shop/a.js': '' });
    const args = ['migrate', 'my shop', '--strategy', 'beside', '--skip', 'raw-mws/request'];
    expect(runCli(args, { cwd, outcome }).stdout).toMatch(
      /npx amazon-pay-migrate migrate 'my shop' --strategy beside --skip raw-mws\/request --write\n$/,
    );
  });

  it('--write applies every change, byte for byte, and says what comes next', () => {
    const cwd = createRepository(files);
    const { code, stdout, stderr } = runCli(['migrate', '--write'], { cwd, outcome });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readAll(cwd)).toEqual(after);
    expect(stdout).toMatch(/npx amazon-pay-migrate audit\n$/);
  });

  it('--json: the JSON report alone on stdout', () => {
    const { code, stdout } = runCli(['migrate', '--json'], { cwd: createFolder(files), outcome });
    expect(code).toBe(0);
    expect(runSchema.parse(JSON.parse(stdout))).toEqual(outcome.run);
  });

  it('--interactive without a terminal explains itself instead of waiting, before anything else is said', () => {
    const { code, stderr } = runCli(['migrate', '--interactive', '--write'], { cwd: createFolder(files), outcome });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error NOT_INTERACTIVE: .*\n.*--only/m);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s before writing leaves everything as it is', async (signal) => {
    const cwd = createRepository(files);
    const { child, finished } = startCli(['migrate', '--write'], { cwd, outcome: { ...outcome, behaviour: 'wait' } });
    child.stderr?.once('data', () => child.kill(signal));
    expect(await finished).toMatchObject({ code: 130, stderr: 'engine started\nInterrupted. Nothing was written.\n' });
    expect(readAll(cwd)).toEqual(before);
  });
});

describe('migrate --patch', () => {
  it('writes what git apply takes: CRLF, no final newline, odd names, other encodings, a new file', () => {
    const cwd = createRepository(files);
    const patch = join(createFolder(), 'changes.patch');
    const { code, stdout } = runCli(['migrate', '--patch', patch], { cwd, outcome });
    expect(code).toBe(0);
    expect(stdout).toContain(`git apply ${patch}`);
    expect(readAll(cwd)).toEqual(before);
    runGit(cwd, 'apply', '--check', patch);
    runGit(cwd, 'apply', patch);
    expect(readAll(cwd)).toEqual(after);
    runGit(cwd, 'apply', '--reverse', patch);
    expect(readAll(cwd)).toEqual(before);
  });

  it('- is the patch alone on stdout; the report goes to stderr', () => {
    const cwd = createFolder(files);
    const { code, stdout, stderr } = runCli(['migrate', '--patch', '-'], { cwd, outcome });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^diff --git a\/src\/crlf\.js b\/src\/crlf\.js\n/);
    expect(stdout).not.toContain('Would be migrated');
    expect(stderr).toContain('Would be migrated');
  });

  it('carries the files as they are, although the report is masked', () => {
    const secret = {
      path: 'config.js',
      before: "secretKey = 'amzn-secret-123'\nold\n",
      after: "secretKey = 'amzn-secret-123'\nnew\n",
    };
    const { stdout, stderr } = runCli(['migrate', '--patch', '-'], {
      cwd: createFolder(),
      outcome: { ...outcome, changes: [secret] },
    });
    expect(stdout).toContain('amzn-secret-123');
    expect(stderr).not.toContain('amzn-secret-123');
    expect(stderr).toContain('warning: the patch repeats credentials');
  });
});

it('shows the diff of a terminal masked', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const cwd = createFolder({
    'pay.js': `const payments = require('amazon-payments');
exports.client = payments.connect({
  environment: payments.Environment.Sandbox, sellerId: 'A1', mwsAccessKey: 'k', mwsSecretKey: '${secret}', clientId: 'c',
});
`,
  });
  const { code, stdout } = runCli(['migrate'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain("mwsSecretKey: '***'");
  expect(stdout).not.toContain(secret);
});

describe('migrate --write asks git first', () => {
  const isolated = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

  it.each([
    ['a changed file', 'GIT_DIRTY', 'src/crlf.js'],
    ['a file that git does not know', 'GIT_UNTRACKED', 'src/forgotten.js'],
  ])('refuses %s', (_name, code, file) => {
    const cwd = createRepository(files);
    writeFileSync(join(cwd, file), 'work of hours');
    const spoilt = readAll(cwd);
    const result = runCli(['migrate', '--write'], { cwd, outcome, environment: isolated });
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 2, stdout: '' });
    expect(result.stderr).toContain(`error ${code}: `);
    expect(result.stderr).toContain(file);
    expect(result.stderr).toContain('--allow-dirty');
    expect(readAll(cwd)).toEqual(spoilt);
  });

  it('refuses a folder without a repository, and names that', () => {
    const cwd = createFolder(files);
    const environment = { ...isolated, GIT_CEILING_DIRECTORIES: join(cwd, '..') };
    const result = runCli(['migrate', '--write'], { cwd, outcome, environment });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^error GIT_NO_REPOSITORY: .*\n {2}.*git init/);
    expect(readAll(cwd)).toEqual(before);
  });

  it('refuses when git is not installed, and names that', () => {
    const cwd = createRepository(files);
    const result = runCli(['migrate', '--write'], { cwd, outcome, environment: { PATH: createFolder() } });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('error GIT_MISSING: ');
  });

  it('refuses to overwrite what git ignores in a clean tree', () => {
    const cwd = createRepository({ ...files, '.gitignore': 'src/crlf.js\n' });
    const result = runCli(['migrate', '--write'], { cwd, outcome, environment: isolated });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^error GIT_NOT_TRACKED: .*src\/crlf\.js\n.*--allow-dirty/);
    expect(readAll(cwd)).toEqual(before);
  });

  it('--allow-dirty writes all the same', () => {
    const cwd = createFolder(files);
    expect(runCli(['migrate', '--write', '--allow-dirty'], { cwd, outcome }).code).toBe(0);
    expect(readAll(cwd)).toEqual(after);
  });

  it('does not ask git for a dry run', () => {
    const result = runCli(['migrate'], { cwd: createFolder(files), outcome, environment: { PATH: createFolder() } });
    expect(result.code).toBe(0);
  });
});

describe('migrate --scaffold', () => {
  const shop = { 'package.json': '{}', 'server.js': "require('http').createServer(); // amazonOrderReferenceId\n" };

  it('shows the endpoints in the diff and writes nothing', () => {
    const cwd = createFolder(shop);
    const { code, stdout } = runCli(['migrate', '--scaffold'], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining('+++ b/amazon-pay/routes.js')]);
    expect(existsSync(join(cwd, 'amazon-pay'))).toBe(false);
  });

  it('can stand in a configuration file', () => {
    const cwd = createFolder({ ...shop, 'options.json': '{ "scaffold": true }' });
    expect(runCli(['migrate', '--config', 'options.json'], { cwd }).stdout).toContain('amazon-pay/routes.js');
  });
});
