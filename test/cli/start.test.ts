import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRun } from '../report/sample-run';
import { entryPath, runCli } from './run-cli';
import { createFolder } from './temporary-folder';
import { spawnSync } from 'node:child_process';

function listModules(...args: string[]): string[] {
  const file = join(createFolder(), 'modules.json');
  const result = spawnSync(process.execPath, ['--require', join(__dirname, 'list-modules.cjs'), entryPath, ...args], {
    env: { ...process.env, LIST_MODULES: file },
    encoding: 'utf8',
  });
  expect(result.status).toBe(0);
  return JSON.parse(readFileSync(file, 'utf8')) as string[];
}

describe('start', () => {
  it.each([
    ['--version'],
    ['--help'],
    ['audit', '--help'],
    ['migrate', '--help'],
    ['report', '--help'],
    ['ipn', '--help'],
    ['ipn', 'translate', '--help'],
    ['ipn', 'send', '--help'],
    ['completion'],
  ])('loads nothing heavy for %s %s', (...args) => {
    const modules = listModules(...args);
    expect(modules.some((path) => path.includes('/yargs/'))).toBe(true);
    expect(
      modules.filter((path) =>
        /\/node_modules\/(ts-morph|@ts-morph|typescript|jscodeshift|recast|@babel|zod|diff|ignore)\//.test(path),
      ),
    ).toEqual([]);
    expect(
      modules.filter((path) =>
        // Below the repository, because its own folder may have any name.
        /\/(engine|workspace|catalog|codemods|report)\//.test(path.slice(resolve(__dirname, '../..').length)),
      ),
    ).toEqual([]);
  });

  it('explains a rule with its example, and loads no parser for it', () => {
    const modules = listModules('explain', 'browser/button');
    expect(modules.some((path) => path.includes('/rule-examples/'))).toBe(true);
    expect(
      modules.filter((path) =>
        /\/node_modules\/(ts-morph|@ts-morph|typescript|jscodeshift|recast|@babel|@ast-grep|htmlparser2)\//.test(path),
      ),
    ).toEqual([]);
  });

  it('--version is the version of the package', () => {
    const manifest = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as { version: string };
    expect(runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('starts with a shebang, so that npx can run it', () => {
    expect(readFileSync(entryPath, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

describe('help', () => {
  it.each(['audit', 'migrate', 'report', 'ipn', 'ipn translate', 'ipn send', 'explain'])(
    '%s has examples and the exit codes, in English',
    (command) => {
      const { code, stdout } = runCli([...command.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain(`amazon-pay-migrate ${command}`);
      for (const exitCode of [
        '0  done',
        '1  open findings',
        '2  wrong usage',
        '3  some files',
        '70  a bug',
        '130  interrupted',
      ]) {
        expect(stdout).toContain(exitCode);
      }
    },
  );

  it('names every command there is, and none that is not', () => {
    const commands = runCli(['--help']).stdout.split('Options:')[0] ?? '';
    expect([...commands.matchAll(/^ {2}amazon-pay-migrate (\w+) /gm)].map(([, name]) => name)).toEqual([
      'audit',
      'migrate',
      'report',
      'ipn',
      'emulate',
      'proxy',
      'explain',
      'completion',
    ]);
  });

  it('is shown on stderr, with exit code 2, when nothing was typed', () => {
    const { code, stdout, stderr } = runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Commands:');
  });

  it('completes options', () => {
    const { code, stdout } = runCli(['--get-yargs-completions', 'amazon-pay-migrate', 'migrate', '--st']);
    expect(code).toBe(0);
    expect(stdout).toContain('--strategy');
  });
});

describe('wrong usage', () => {
  it.each([
    [['audti'], 'There is no command audti', 'Did you mean audit?'],
    [['frobnicate'], 'There is no command frobnicate', 'Commands are audit, migrate'],
    [['audit', '--fail-onn', 'manual'], 'There is no option --fail-onn of audit', 'Did you mean --fail-on?'],
    [['audit', '--fail_on=manual'], 'There is no option --fail_on of audit', 'Did you mean --fail-on?'],
    [['audit', '--write'], 'There is no option --write of audit', 'It is an option of migrate'],
    [['audit', '--fail-on', 'all'], '--fail-on cannot be "all"', '"manual", "assisted", "automatic", "never"'],
    [['audit', '--fail-on'], '--fail-on needs a value', 'audit --help'],
    [['audit', 'a', 'b'], 'one argument too many: b', 'audit --help'],
    [['ipn'], 'Say which command', 'ipn --help'],
    [['ipn', 'send'], 'ipn send needs the URL', 'ipn send --help'],
    [
      ['ipn', 'translate', '--forge', 'all'],
      'There is no option --forge of ipn translate',
      'It is an option of ipn send',
    ],
    [['ipn', 'translate', 'none.json'], 'There is no file none.json', ''],
    [['report'], 'report needs the file of a saved run', 'report --help'],
    [
      ['migrate', '--strategy', 'beside', '--strategy', 'instead'],
      '--strategy was given more than once',
      'migrate --help',
    ],
    [['audit', 'no-such-folder'], 'error NO_DIRECTORY: There is no folder no-such-folder', ''],
    [['audit', '--report', 'out.docx'], 'error REPORT_FORMAT', '.json (JSON), .md (Markdown)'],
    [['audit', '--report', 'no/such/out.md'], 'there is no folder no/such', 'mkdir -p no/such'],
    [['migrate', '--patch', 'no/such/out.patch'], 'there is no folder no/such', 'mkdir -p no/such'],
    [['migrate', '--json', '--patch', '-'], '--json and --patch - both want stdout', ''],
    [['migrate', '--interactive'], 'stdin is not a terminal', '--only'],
    [
      ['explain', 'node-client/operation-cal'],
      'no rule, operation, SDK method',
      'Did you mean node-client/operation-call?',
    ],
  ])('%j exits with 2', (args, problem, hint) => {
    const { code, stdout, stderr } = runCli(args, { cwd: createFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error [A-Z_]+: /);
    expect(stderr).toContain(problem);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('    at ');
  });

  it('does not take a folder for the value of a repeatable option before it', () => {
    const cwd = createFolder({ 'shop/a.js': '' });
    const { code } = runCli(['audit', '--report', 'run.md', 'shop'], { cwd, outcome: { run: createRun([]) } });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'run.md'), 'utf8')).toContain('No legacy Amazon Pay');
  });
});
