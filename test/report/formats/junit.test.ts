import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import { compareRuns } from '../../../src/report/compare-runs';
import { renderJunit } from '../../../src/report/render-junit';
import { reportOf, type Report } from '../../../src/report/report';
import { hostileRun } from '../hostile-run';
import { createFinding, createRun, mixedRun } from '../sample-run';

const schema = readFileSync(join(__dirname, 'junit.xsd'), 'utf8');
const check = (contents: string) => validateXML({ xml: [{ fileName: 'report.xml', contents }], schema: [schema] });

/** `name of the suite: tests/failures/errors/skipped` */
function countsOf(report: Report): string[] {
  const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(renderJunit(report));
  return [testsuites.testsuite].flat().map((suite: Record<string, string>) => {
    return `${suite['name']}: ${suite['tests']}/${suite['failures']}/${suite['errors']}/${suite['skipped']}`;
  });
}

describe('JUnit', () => {
  it.each<[string, Report]>([
    ['a run', reportOf(mixedRun)],
    ['nothing found', reportOf(createRun([]))],
    ['hostile names and code', reportOf(hostileRun)],
    ['progress', reportOf(mixedRun, { progress: compareRuns(hostileRun, mixedRun) })],
  ])('keeps to the schema: %s', async (_, report) => {
    expect((await check(renderJunit(report))).errors).toEqual([]);
  });

  it('would not pass the schema with less', async () => {
    expect((await check(renderJunit(reportOf(mixedRun)).replaceAll('hostname="localhost"', ''))).valid).toBe(false);
  });

  it('fails for open places, passes migrated ones, and has an error for a file that could not be processed', () => {
    expect(countsOf(reportOf(mixedRun))).toEqual([
      'src/pay.js: 2/1/0/0',
      'src/mws.js: 1/1/0/0',
      'src/broken.js: 1/0/1/0',
    ]);
  });

  it('under a baseline, fails for new places only', () => {
    const place = (fingerprint: string, file: string) => createFinding({ fingerprint, file, message: fingerprint });
    const baseline = createRun([place('known', 'a.js'), place('gone', 'b.js')]);
    const run = createRun([place('known', 'a.js'), { ...place('added', 'c.js'), before: 'another call' }]);
    expect(countsOf(reportOf(run, { progress: compareRuns(baseline, run) }))).toEqual([
      'a.js: 1/0/0/1',
      'c.js: 1/1/0/0',
      'b.js: 1/0/0/0',
    ]);
  });

  it('keeps hostile text as text, but for what XML cannot hold', () => {
    const xml = renderJunit(reportOf(hostileRun));
    expect(xml).not.toMatch(/<script|<img|\u001b|\u0000|\u202e/);
    const parsed = JSON.stringify(new XMLParser({ ignoreAttributes: false }).parse(xml));
    expect(parsed).toContain('half \ufffd character');
  });
});
