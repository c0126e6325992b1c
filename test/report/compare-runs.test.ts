import type { Run } from '../../src/engine/run';
import { compareRuns, comparisonSchema } from '../../src/report/compare-runs';
import { findFormat, reportFormats } from '../../src/report/formats';
import { renderHtml } from '../../src/report/html/render-html';
import { renderComparisonJson } from '../../src/report/render-comparison-json';
import { renderComparisonMarkdown } from '../../src/report/render-comparison-markdown';
import { renderComparisonTerminal } from '../../src/report/render-comparison-terminal';
import { reportOf } from '../../src/report/report';
import { createFinding, createRun } from './sample-run';

const open = (fingerprint: string, line = 1) =>
  createFinding({ fingerprint, range: { start: { line, column: 1 }, end: { line, column: 5 } } });
const migrated = (fingerprint: string) => createFinding({ fingerprint, status: 'migrated' });

const fingerprints = (findings: readonly { fingerprint: string }[]) => findings.map(({ fingerprint }) => fingerprint);

describe('compareRuns', () => {
  it('tells fixed, new and remaining apart, by fingerprint and not by line', () => {
    const comparison = compareRuns(createRun([open('a'), open('b')]), createRun([open('b', 99), open('c')]));
    expect(fingerprints(comparison.fixed)).toEqual(['a']);
    expect(fingerprints(comparison.remaining)).toEqual(['b']);
    expect(fingerprints(comparison.new)).toEqual(['c']);
    expect(comparison.summary).toEqual({ fixed: 1, new: 1, remaining: 1 });
  });

  it('warns where the runs are not of the same part', () => {
    const [whole, part] = [
      createRun([]),
      createRun([], [], { scope: [{ folder: '', shard: { index: 1, count: 2 } }] }),
    ];
    const tell = (before: Run, now: Run): string[] => {
      const progress = compareRuns(before, now);
      return [
        renderComparisonTerminal(progress, { colour: false }),
        renderComparisonMarkdown(progress).replaceAll('\\', ''),
        renderHtml(reportOf(now, { progress }), { script: '', style: '' }),
      ];
    };
    const warning = 'Before: Everything is reported. Now: Only share 1 of 2: nothing else is reported.';
    for (const text of tell(whole, part)) expect(text).toContain(warning);
    for (const text of [...tell(whole, whole), ...tell(part, part)]) expect(text).not.toContain('not of the same part');
  });

  it('counts as fixed what is migrated now, and not what was migrated before', () => {
    const comparison = compareRuns(createRun([open('a'), migrated('b')]), createRun([migrated('a')]));
    expect(fingerprints(comparison.fixed)).toEqual(['a']);
  });

  it('does not call new what a dry run of the baseline had seen', () => {
    const comparison = compareRuns(createRun([migrated('a')]), createRun([open('a')]));
    expect(comparison.summary).toEqual({ fixed: 0, new: 0, remaining: 1 });
  });

  it('counts places that share a fingerprint one by one', () => {
    const comparison = compareRuns(createRun([open('a'), open('a')]), createRun([open('a')]));
    expect(comparison.summary).toEqual({ fixed: 1, new: 0, remaining: 1 });
    expect(compareRuns(createRun([open('a')]), createRun([open('a'), open('a')])).summary.new).toBe(1);
  });
});

describe('compareRuns and code that moved', () => {
  const at = (file: string, fingerprint: string, before = 'client.capture(x)') =>
    createFinding({ file, fingerprint, before });

  it('keeps its identity in another file, however it is indented there', () => {
    const { summary } = compareRuns(
      createRun([at('old.js', 'a')]),
      createRun([at('new/place.js', 'b', '    client.capture(x)')]),
    );
    expect(summary).toEqual({ fixed: 0, new: 0, remaining: 1 });
  });

  it('is new where the original still stands, in the same file, or under another rule', () => {
    const before = createRun([at('old.js', 'a')]);
    expect(compareRuns(before, createRun([at('old.js', 'a'), at('copy.js', 'b')])).summary.new).toBe(1);
    expect(compareRuns(before, createRun([at('old.js', 'b')])).summary).toEqual({ fixed: 1, new: 1, remaining: 0 });
    const other = { ...at('new.js', 'b'), rule: 'node-client/import' };
    expect(compareRuns(before, createRun([other])).summary).toEqual({ fixed: 1, new: 1, remaining: 0 });
  });

  it('is new when the original was rewritten', () => {
    const before = createRun([{ ...at('old.js', 'a'), status: 'migrated' as const }]);
    expect(compareRuns(before, createRun([at('copy.js', 'b')])).summary).toEqual({ fixed: 0, new: 1, remaining: 0 });
  });

  it('does not confuse packages that have a file of the same name and content', () => {
    const before = createRun([at('a/pay.js', 'same'), at('b/pay.js', 'same')]);
    const { fixed, remaining } = compareRuns(before, createRun([at('b/pay.js', 'same')]));
    expect([fixed, remaining].map(([finding]) => finding?.file)).toEqual(['a/pay.js', 'b/pay.js']);
  });
});

describe('compareRuns and the decisions that a written run leaves', () => {
  const todo = (fingerprint: string, rule = 'node-client/operation-call', file = 'src/payments.js') =>
    createFinding({ fingerprint, rule, file, codemod: 'decisions', before: `// TODO(amazon-pay-v2) ${rule}: decide` });
  const place = (fingerprint: string, rule = 'node-client/operation-call', file = 'src/payments.js') =>
    createFinding({ fingerprint, rule, file });

  it('are the work that was there before, not new', () => {
    const { summary } = compareRuns(createRun([place('a'), place('b')]), createRun([todo('t')]));
    expect(summary).toEqual({ fixed: 1, new: 0, remaining: 1 });
  });

  it('go with the place of the same rule first', () => {
    const other = place('a', 'node-client/result-read');
    const { fixed } = compareRuns(createRun([other, place('b')]), createRun([todo('t')]));
    expect(fingerprints(fixed)).toEqual(['a']);
  });

  it('are new in a file of which nothing was known, and when there are more than places', () => {
    const before = createRun([place('a')]);
    expect(compareRuns(before, createRun([todo('t', undefined, 'src/other.js')])).summary.new).toBe(1);
    expect(compareRuns(before, createRun([todo('t'), todo('u')])).summary).toEqual({ fixed: 0, new: 1, remaining: 1 });
  });
});

describe('renderers of a comparison', () => {
  const before = createRun([open('a'), open('b')]);
  const comparison = compareRuns(
    before,
    createRun([open('b'), createFinding({ fingerprint: 'n', file: 'new|<b>.js', before: 'another(call)' })]),
  );

  it('terminal: counts, progress, and the places that are new', () => {
    const text = renderComparisonTerminal(comparison, { colour: false });
    expect(text).toContain('fixed 1, new 1, remaining 1');
    expect(text).toContain('work left 40 min → 40 min');
    expect(text).toContain('new|<b>.js:12:3  node-client/operation-call');
    expect(text).not.toContain('\u001b');
  });

  it('Markdown: the same, escaped', () => {
    const text = renderComparisonMarkdown(comparison);
    expect(text).toContain('**1 fixed, 1 new, 1 remaining**');
    expect(text).toContain('- [ ] `new|<b>.js:12`');
    expect(text).toContain('| `node-client/operation-call` | 1 |');
  });

  it('JSON: validated, and complete', () => {
    expect(comparisonSchema.parse(JSON.parse(renderComparisonJson(comparison)))).toEqual(comparison);
    expect(() => renderComparisonJson({ ...comparison, summary: { fixed: 0.5, new: 0, remaining: 0 } })).toThrow();
  });
});

describe('findFormat', () => {
  it('goes by the ending, in any case', () => {
    expect(findFormat('a/b.JSON')).toBe(reportFormats['.json']);
    expect(findFormat('x.y.md')).toBe(reportFormats['.md']);
  });

  it.each(['report.docx', 'report', 'report.constructor', '.json'])('refuses %s and names what there is', (path) => {
    expect(() => findFormat(path)).toThrow(
      expect.objectContaining({
        code: 'REPORT_FORMAT',
        nextStep: expect.stringContaining('.json (JSON), .md (Markdown), .html (HTML), .sarif (SARIF)'),
      }),
    );
  });
});
