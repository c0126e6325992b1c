import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareRuns } from '../../../src/report/compare-runs';
import { reportOf, type Report } from '../../../src/report/report';
import { renderSarif } from '../../../src/report/sarif/render-sarif';
import { hostileRun } from '../hostile-run';
import { createFinding, createRun, mixedRun } from '../sample-run';

describe('SARIF, by the validator of Microsoft', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sarif-'));
    // The package brings the program without the right to run it.
    const installed = dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json'));
    for (const name of [
      'Sarif.Multitool',
      'Sarif.Multitool.dll.config',
      'sarif-2.1.0.json',
      'default.configuration.xml',
    ])
      copyFileSync(join(installed, name), join(folder, name));
    cpSync(join(installed, 'amd64'), join(folder, 'amd64'), { recursive: true });
    chmodSync(join(folder, 'Sarif.Multitool'), 0o755);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function validate(report: Report): string[] {
    const file = join(folder, 'report.sarif');
    writeFileSync(file, renderSarif(report));
    const { stdout, stderr, error } = spawnSync(join(folder, 'Sarif.Multitool'), ['validate', file], {
      cwd: folder,
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    // Else a validator that did not start would find nothing wrong.
    expect(`${stdout}${stderr}`).toContain('Analysis completed successfully');
    return stdout.split('\n').filter((line) => /\b(error|warning) [A-Z]+\d+:/.test(line));
  }

  it.each<[string, Report]>([
    ['a run', reportOf(mixedRun)],
    ['nothing found', reportOf(createRun([]))],
    ['hostile names and code', reportOf(hostileRun)],
    ['progress', reportOf(mixedRun, { progress: compareRuns(hostileRun, mixedRun) })],
  ])('accepts %s', (_, report) => {
    expect(validate(report)).toEqual([]);
  });

  it('has code to write on lines of its own', () => {
    const report = reportOf(
      createRun([createFinding({ message: 'Calls it.', guidance: '    send(a);\n\nMind the key.' })]),
    );
    expect(validate(report)).toEqual([]);
    const { runs } = JSON.parse(renderSarif(report)) as { runs: { results: { message: { text: string } }[] }[] };
    expect(runs[0]?.results[0]?.message.text).toBe('Calls it.\n\n    send(a);\n\nMind the key.');
  });

  it('would tell of what is wrong', () => {
    const broken = JSON.parse(JSON.stringify(mixedRun)) as typeof mixedRun;
    (broken.findings[0] as { range: unknown }).range = { start: { line: -4, column: 1 }, end: { line: 1, column: 1 } };
    expect(validate(reportOf(broken)).join('\n')).toContain('error');
  });
});
