import { compareRuns } from '../../../src/report/compare-runs';
import { renderAnnotations } from '../../../src/report/render-annotations';
import { reportOf } from '../../../src/report/report';
import { hostileRun, hostileTexts } from '../hostile-run';
import { createFinding, createRun, mixedRun } from '../sample-run';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe('annotations of GitHub', () => {
  it('are for open places, the gravest first, and named as the repository names the file', () => {
    const [first, second, ...rest] = lines(renderAnnotations(reportOf(mixedRun), 'shops/one'));
    expect(first).toBe(
      '::error file=shops/one/src/mws.js,line=12,endLine=12,col=3,endColumn=40,' +
        'title=A function that sends any MWS request (raw-mws/executor)' +
        '::Signs MWS requests by hand%0AReplace the executor by the v2 SDK.',
    );
    expect(second).toMatch(/^::warning file=shops\/one\/src\/pay\.js,line=30/);
    expect(rest).toEqual([]);
  });

  it('say what to do without the code to write', () => {
    const guidance = 'In v2:\n\n    client.capture();\n\nMind the key.';
    const text = renderAnnotations(reportOf(createRun([createFinding({ guidance })])), '');
    expect(text).toContain('%0AIn v2: … Mind the key.');
  });

  it('are as many as GitHub shows, and the rest is counted', () => {
    const many = Array.from({ length: 35 }, (_, index) =>
      createFinding({ fingerprint: `f${index}`, automation: 'manual' }),
    );
    const text = lines(renderAnnotations(reportOf(createRun(many)), ''));
    expect(text).toHaveLength(11);
    expect(text.at(-1)).toBe(
      'amazon-pay-migrate: 25 more places without an annotation (GitHub shows ten of each kind).',
    );
  });

  it('are for new places only under a baseline', () => {
    const place = (fingerprint: string, before: string) => createFinding({ fingerprint, before, automation: 'manual' });
    const run = createRun([place('a', 'first()'), place('b', 'second()')]);
    const text = renderAnnotations(
      reportOf(run, { progress: compareRuns(createRun([place('a', 'first()')]), run) }),
      '',
    );
    expect(lines(text)).toHaveLength(1);
    expect(text).toContain('title=New%3A A legacy operation is called');
  });

  it('let no text of the shop become a command, a property or a line of its own', () => {
    const few = { ...hostileRun, findings: hostileRun.findings.slice(-8) };
    const text = lines(renderAnnotations(reportOf(few), ''));
    expect(hostileTexts.at(-1)).toContain('%0A');
    expect(text).toHaveLength(8);
    for (const line of text)
      expect(line).toMatch(/^::notice file=[^,:]*,line=12,endLine=12,col=3,endColumn=40,title=[^,:]*::.*$/);
    expect(text.at(-1)).toContain('%250A');
  });
});
