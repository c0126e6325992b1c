import { spawnSync } from 'node:child_process';
import { compareRuns } from '../../../src/report/compare-runs';
import { renderCsv } from '../../../src/report/render-csv';
import { reportOf } from '../../../src/report/report';
import { hostileRun, hostileTexts } from '../hostile-run';
import { createFinding, createRun, mixedRun } from '../sample-run';

/** Reads with the parser of another language, which refuses what is not RFC 4180. */
function parse(csv: string): Record<string, string>[] {
  const program = `
import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8-sig', newline='')
rows = list(csv.reader(text, strict=True))
assert all(len(row) == len(rows[0]) for row in rows)
print(json.dumps([dict(zip(rows[0], row)) for row in rows[1:]]))`;
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input: csv, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, string>[];
}

describe('CSV', () => {
  it('has a row for each place, and effort only where work is left', () => {
    expect(parse(renderCsv(reportOf(mixedRun)))).toMatchObject([
      { standing: 'migrated', automation: 'automatic', file: 'src/pay.js', line: '12', 'effort (minutes)': '0' },
      { standing: 'open', automation: 'assisted', rule: 'node-client/request-field', 'effort (minutes)': '15' },
      { standing: 'open', automation: 'manual', title: 'A function that sends any MWS request', replacement: '' },
    ]);
  });

  it('begins with a byte order mark and ends its lines as the RFC says', () => {
    const csv = renderCsv(reportOf(createRun([createFinding({ before: 'one\ntwo\r\nthree' })])));
    expect(csv.startsWith('\ufeff"standing"')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('starts no formula, whatever a shop is made of', () => {
    const rows = parse(renderCsv(reportOf(hostileRun)));
    expect(rows).toHaveLength(hostileTexts.length);
    for (const row of rows)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
    expect(rows[0]?.['message']).toBe(`'=HYPERLINK("http://evil.example","x")`);
    expect(rows[11]?.['message']).toContain('bell \\x07');
  });

  it('says under a baseline how each place stands', () => {
    const place = (fingerprint: string, before: string) => createFinding({ fingerprint, before });
    const run = createRun([place('a', 'first()'), place('c', 'third()')]);
    const progress = compareRuns(createRun([place('a', 'first()'), place('b', 'second()')]), run);
    const rows = parse(renderCsv(reportOf(run, { progress })));
    expect(rows.map(({ standing, fingerprint }) => `${fingerprint} ${standing}`)).toEqual([
      'a remaining',
      'c new',
      'b fixed',
    ]);
  });
});
