import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonSchema } from '../../src/report/compare-runs';
import { cutoverSchema } from '../../src/report/cutover/judge-cutover';
import { createEvidence } from '../report/sample-evidence';
import { renderJson } from '../../src/report/render-json';
import { createFinding, createRun, mixedRun } from '../report/sample-run';
import { runCli } from './run-cli';
import { createFolder } from './temporary-folder';

const manual = (fingerprint: string) => createFinding({ fingerprint, automation: 'manual' });

describe('report', () => {
  it('shows a saved run again, in any format, and byte for byte as JSON', () => {
    const cwd = createFolder({ 'run.json': renderJson(mixedRun) });
    const { code, stdout } = runCli(['report', 'run.json', '--report', 'again.md'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Amazon Pay migration: migrate of shop');
    expect(readFileSync(join(cwd, 'again.md'), 'utf8')).toContain('### Decide (1)');
    expect(runCli(['report', 'run.json', '--json', '--quiet'], { cwd }).stdout).toBe(renderJson(mixedRun));
    expect(runCli(['report', 'run.json', '--fail-on', 'manual'], { cwd }).code).toBe(1);
  });

  it('writes each format by its ending, and says which there are', () => {
    const cwd = createFolder({ 'run.json': renderJson(mixedRun) });
    const endings = ['.json', '.html', '.md', '.sarif', '.csv', '.xml'];
    const reports = endings.flatMap((ending) => ['--report', `out${ending}`]);
    expect(runCli(['report', 'run.json', ...reports, '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    for (const ending of endings) expect(readFileSync(join(cwd, `out${ending}`), 'utf8')).toContain('raw-mws/executor');
    expect(runCli(['report', 'run.json', '--report', 'out.docx'], { cwd }).stderr).toContain('.sarif (SARIF)');
  });

  it('prints annotations that name files as the repository does, and keeps them out of the JSON', () => {
    const cwd = createFolder({});
    writeFileSync(join(cwd, 'run.json'), renderJson({ ...mixedRun, root: join(cwd, 'shops/one') }));
    const environment = { GITHUB_WORKSPACE: cwd };
    mkdirSync(join(cwd, 'shops'));
    const plain = runCli(['report', '../run.json', '--annotations', '--quiet'], {
      cwd: join(cwd, 'shops'),
      environment,
    });
    expect(plain.stdout).toMatch(/^::error file=shops\/one\/src\/mws\.js,/);
    const data = runCli(['report', 'run.json', '--annotations', '--quiet', '--json'], { cwd, environment });
    expect(JSON.parse(data.stdout)).toMatchObject({ schemaVersion: 1 });
    expect(data.stderr).toBe(plain.stdout);
  });

  it('shows progress since a baseline; --fail-on counts what is new', () => {
    const cwd = createFolder({
      'old.json': renderJson(createRun([manual('a'), manual('b')])),
      'now.json': renderJson(createRun([manual('b')])),
      'worse.json': renderJson(createRun([manual('b'), manual('c')])),
    });
    const better = runCli(['report', 'now.json', '--baseline', 'old.json', '--fail-on', 'manual', '--report', 'p.md'], {
      cwd,
    });
    expect(better.code).toBe(0);
    expect(better.stdout).toContain('fixed 1, new 0, remaining 1');
    expect(readFileSync(join(cwd, 'p.md'), 'utf8')).toContain('**1 fixed, 0 new, 1 remaining**');
    const worse = runCli(['report', 'worse.json', '--baseline', 'old.json', '--fail-on', 'manual', '--json'], { cwd });
    expect(worse.code).toBe(1);
    expect(comparisonSchema.parse(JSON.parse(worse.stdout)).new.map(({ fingerprint }) => fingerprint)).toEqual(['c']);
  });

  it('joins several runs, and saves what it joined', () => {
    const cwd = createFolder({
      'a.json': renderJson(createRun([manual('a')], [], { root: '/repo/a' })),
      'b.json': renderJson(createRun([manual('b')], [], { root: '/repo/b' })),
    });
    const joined = runCli(['report', 'a.json', 'b.json', '--report', 'all.json', '--quiet'], { cwd });
    expect(joined).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(runCli(['report', 'all.json'], { cwd }).stdout).toContain('2 legacy places in 2 files (80 files looked at');
    const progress = runCli(['report', 'a.json', 'b.json', '--baseline', 'all.json', '--fail-on', 'manual'], { cwd });
    expect(progress.code).toBe(0);
    expect(progress.stdout).toContain('fixed 0, new 0, remaining 2');
  });

  it('says what stands before the cutover, and fails on request while anything does', () => {
    const run = createRun([]);
    const cwd = createFolder({
      'clean.json': renderJson(run),
      'open.json': renderJson(createRun([manual('a')])),
      'evidence.json': JSON.stringify(createEvidence()),
    });
    const args = ['--evidence', 'evidence.json', '--fail-on-not-ready'];
    const ready = runCli(['report', 'clean.json', ...args], { cwd });
    expect(ready.code).toBe(0);
    expect(ready.stdout).toContain('Ready for cutover.');
    const notReady = runCli(['report', 'open.json', ...args, '--json', '--quiet'], { cwd });
    expect(notReady.code).toBe(1);
    expect(cutoverSchema.parse(JSON.parse(notReady.stdout)).isReady).toBe(false);
    expect(runCli(['report', 'open.json', '--evidence', 'evidence.json'], { cwd }).code).toBe(0);
    expect(runCli(['report', 'open.json', '--fail-on-not-ready'], { cwd }).stdout).toContain(
      'Evidence of a dual run: none was given',
    );
    expect(runCli(['report', 'clean.json', '--evidence', 'open.json'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('error EVIDENCE_INVALID'),
    });
  });

  it.each([
    ['none.json', 'RUN_NOT_FOUND'],
    ['broken.json', 'RUN_NOT_JSON'],
    ['other.json', 'RUN_INVALID'],
    ['newer.json', 'RUN_VERSION'],
  ])('refuses %s with %s and a next step', (file, code) => {
    const cwd = createFolder({ 'broken.json': '{', 'other.json': '{"a": 1}', 'newer.json': '{"schemaVersion": 7}' });
    const result = runCli(['report', file], { cwd });
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(new RegExp(`^error ${code}: .*\n {2}\\S`));
  });
});
