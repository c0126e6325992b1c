import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSchema } from '../../src/engine/run-schema';
import { createFinding, createRun, mixedRun } from '../report/sample-run';
import { runCli, startCli } from './run-cli';
import { createFolder } from './temporary-folder';

const manual = createFinding({ fingerprint: 'm', automation: 'manual', rule: 'raw-mws/executor' });
const assisted = createFinding({ fingerprint: 's', automation: 'assisted' });
const automatic = createFinding({ fingerprint: 'a' });

describe('audit', () => {
  it('prints the report on stdout, without colours into a pipe', () => {
    const { code, stdout, stderr } = runCli(['audit'], {
      cwd: createFolder(),
      outcome: { run: createRun([automatic]) },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Amazon Pay migration: audit of shop');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/npx amazon-pay-migrate migrate\n$/);
  });

  it('--json: the report alone on stdout, everything else on stderr', () => {
    const { code, stdout, stderr } = runCli(['audit', '--json'], { cwd: createFolder(), outcome: { run: mixedRun } });
    expect(code).toBe(3);
    expect(runSchema.parse(JSON.parse(stdout))).toEqual({ ...mixedRun, command: 'audit' });
    expect(stderr).toContain('Do by hand');
    expect(runCli(['audit', '--json', '--quiet'], { cwd: createFolder(), outcome: { run: mixedRun } })).toEqual({
      code: 3,
      stdout,
      stderr: '',
    });
  });

  it('--report: every file that was asked for, each in its format', () => {
    const cwd = createFolder();
    const { code, stdout } = runCli(['audit', '--report', 'a.json', '--report=b.md', '--quiet'], {
      cwd,
      outcome: { run: createRun([manual]) },
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(runSchema.parse(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8'))).findings).toEqual([manual]);
    expect(readFileSync(join(cwd, 'b.md'), 'utf8')).toContain('### Do by hand (1)');
  });

  it.each([
    ['never', [manual], 0],
    ['manual', [manual], 1],
    ['manual', [assisted, automatic], 0],
    ['assisted', [assisted], 1],
    ['assisted', [manual], 1],
    ['assisted', [automatic], 0],
    ['automatic', [automatic], 1],
    ['automatic', [{ ...automatic, status: 'migrated' as const }], 0],
    ['automatic', [], 0],
  ])('--fail-on %s', (level, findings, expected) => {
    const outcome = { run: createRun(findings) };
    expect(runCli(['audit', '--fail-on', level], { cwd: createFolder(), outcome }).code).toBe(expected);
  });

  it('--report page.html: with the lines around each place, which a saved run does not have', () => {
    const shop = 'const first = 1;\nclient.offAmazonPayments.capture(request, done);\nconst last = 3;\n';
    const head = "const client = require('amazon-payments').connect({});\n";
    const cwd = createFolder({ 'pay.js': `${head}${shop}` });
    const args = ['audit', '--only', 'node-client/operation-call', '--quiet'];
    expect(runCli([...args, '--report', 'page.html', '--report', 'run.json'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toContain('const last = 3;');
    expect(runCli(['report', 'run.json', '--report', 'again.html', '--quiet'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'again.html'), 'utf8')).not.toContain('const last = 3;');
  });

  it('a file that failed comes before findings', () => {
    const { code, stdout } = runCli(['audit', '--fail-on', 'automatic'], {
      cwd: createFolder(),
      outcome: { run: mixedRun },
    });
    expect(code).toBe(3);
    expect(stdout).toContain('src/broken.js  Unexpected token (3:1)');
  });

  it('a crash is not a result: its own exit code, the stack, and a request to report it', () => {
    const outcome = { run: mixedRun, behaviour: 'crash' } as const;
    const { code, stdout, stderr } = runCli(['audit'], { cwd: createFolder(), outcome });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(/TypeError: the stubbed engine crashed\n {4}at [\s\S]*This is a bug in amazon-pay-migrate/);
  });

  it('Ctrl-C stops cleanly and says that nothing was written', async () => {
    const outcome = { run: mixedRun, behaviour: 'wait' } as const;
    const { child, finished } = startCli(['audit'], { cwd: createFolder(), outcome });
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'engine started\nInterrupted. Nothing was written.\n',
    });
  });

  it('survives a reader that goes away (| head), and keeps its exit code', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      createFinding({ fingerprint: `${index}`, automation: 'manual' }),
    );
    const { child, finished } = startCli(['audit', '--json', '--quiet', '--fail-on', 'manual'], {
      cwd: createFolder(),
      outcome: { run: createRun(many) },
    });
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, stderr } = await finished;
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describe('--config', () => {
  const outcome = { run: createRun([manual]) };

  it('supplies options; what is typed wins; files are relative to it', () => {
    const cwd = createFolder({ 'ci/pay.json': JSON.stringify({ 'fail-on': 'manual', quiet: true, report: 'out.md' }) });
    expect(runCli(['audit', '--config', 'ci/pay.json'], { cwd, outcome })).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(readFileSync(join(cwd, 'ci/out.md'), 'utf8')).toContain('### Do by hand (1)');
    const typed = runCli(['audit', '--config', 'ci/pay.json', '--fail-on', 'never', '--no-quiet'], { cwd, outcome });
    expect(typed.code).toBe(0);
    expect(typed.stdout).toContain('Do by hand');
  });

  it.each([
    ['{"failOn": "manual"}', 'there is no option "failOn"', 'Did you mean "fail-on"?'],
    ['{"fail-on": "all"}', '"fail-on"', ''],
    ['{"report": 3}', '"report"', ''],
    ['{"write": true}', '"write" works on the command line only', '--write'],
    ['{"colour": 1}', 'there is no option "colour"', 'Known options are report, json'],
    ['[]', 'the file', ''],
    ['{', 'is not JSON', ''],
  ])('refuses %s', (text, problem, hint) => {
    const { code, stdout, stderr } = runCli(['audit', '--config', 'c.json'], {
      cwd: createFolder({ 'c.json': text }),
      outcome,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error CONFIG_INVALID: c.json');
    expect(stderr).toContain(problem);
    expect(stderr).toContain(hint);
  });

  it('refuses a file that is not there', () => {
    expect(runCli(['audit', '--config', 'none.json'], { cwd: createFolder(), outcome }).stderr).toContain(
      'error CONFIG_NOT_FOUND',
    );
  });
});
