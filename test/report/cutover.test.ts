import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportEvidence } from '../../src/proxy/compare/evidence';
import { compareSettings } from '../../src/proxy/compare/settings';
import { createColours } from '../../src/report/colours';
import { cutoverSchema, isInTheWay, judgeCutover } from '../../src/report/cutover/judge-cutover';
import { readEvidence } from '../../src/report/cutover/read-evidence';
import { renderCutoverTerminal } from '../../src/report/cutover/render-cutover';
import { renderHtml } from '../../src/report/html/render-html';
import { renderJunit } from '../../src/report/render-junit';
import { renderSarif } from '../../src/report/sarif/render-sarif';
import { renderReportJson } from '../../src/report/render-report-json';
import { renderMarkdown } from '../../src/report/render-markdown';
import { renderTerminal } from '../../src/report/render-terminal';
import { reportOf } from '../../src/report/report';
import { createFolder } from '../cli/temporary-folder';
import { authorized, captured, CompareBench, MINUTE } from '../proxy/compare/compare-bench';
import { createEvidence } from './sample-evidence';
import { createFinding, createRun, mixedRun } from './sample-run';

const clean = createRun([]);
const waiting = (...given: Parameters<typeof judgeCutover>) =>
  judgeCutover(...given)
    .steps.filter(isInTheWay)
    .map(({ id }) => id);

describe('the gate of the cutover', () => {
  it('opens when no code is open and the dual run is done', () => {
    const later = createFinding({ rule: 'configuration/legacy-key', surface: 'configuration', automation: 'manual' });
    const { isReady, steps } = judgeCutover(createRun([later]), createEvidence());
    expect(isReady).toBe(true);
    expect(steps.at(-1)).toMatchObject({ part: 'afterwards', isMet: false, found: '1 open place, about 20 min' });
  });

  it('says what to do in order: what nobody knows, handlers of notifications, code, dual run', () => {
    const findings = [
      createFinding(),
      createFinding({ automation: 'assisted' }),
      createFinding({ automation: 'manual' }),
      createFinding({ rule: 'ipn/handler', surface: 'ipn', automation: 'manual' }),
    ];
    const run = createRun(findings, [
      { path: 'a.js', language: 'javascript', status: 'failed', reason: 'unparseable' },
    ]);
    expect(waiting(run, null)).toEqual([
      'failed-files',
      'notifications',
      'codemods',
      'decisions',
      'by-hand',
      'dual-run/evidence',
    ]);
  });

  it('counts the handlers of other languages among the handlers, and their packages to what is cleaned up afterwards', () => {
    const place = (rule: string) => createFinding({ rule, surface: 'other-language', automation: 'manual' });
    const handlers = createRun([place('php/ipn-handler'), place('other-language/ipn-handler')]);
    expect(waiting(handlers, createEvidence())).toEqual(['notifications']);
    const packages = createRun([
      place('other-language/dependency'),
      place('other-language/vendored-sdk'),
      place('dependency/install-command'),
    ]);
    expect(waiting(packages, createEvidence())).toEqual([]);
    expect(judgeCutover(packages, createEvidence()).steps.at(-1)).toMatchObject({ id: 'clean-up', isMet: false });
  });

  it('does not take a run that looked at nothing, or not at everything, for a shop without legacy code', () => {
    const nothing = { ...clean, summary: { ...clean.summary, files: { ...clean.summary.files, scanned: 0 } } };
    expect(waiting(nothing, createEvidence())).toEqual(['scope']);
    const reason = 'holds the marker x; rules that may apply are left out by --only or --skip';
    const partly = createRun([], [{ path: 'a.js', language: 'javascript', status: 'unchanged', reason }]);
    expect(waiting(partly, createEvidence())).toEqual(['scope']);
  });

  it.each([
    [[{ folder: '', shard: { index: 1, count: 2 } }], 'Only share 1 of 2: nothing else is reported.'],
    [
      [{ folder: '', since: 'main', skip: ['php'] }],
      'Only files that changed since main, --skip php: nothing else is reported.',
    ],
    [
      [{ folder: 'packages/a', only: ['browser', 'php'] }],
      'Only packages/a: --only browser,php: nothing else is reported.',
    ],
  ])('does not take a part of a shop for all of it, and says which part: %j', (scope, found) => {
    const part = createRun([], [], { scope });
    expect(waiting(part, createEvidence())).toEqual(['scope']);
    expect(judgeCutover(part, createEvidence()).steps[0]).toMatchObject({ id: 'scope', found, isMet: false });
    const html = renderHtml(reportOf(part), { script: '', style: '' });
    for (const text of [
      renderMarkdown(part),
      html,
      renderTerminal(part, { colour: false, stage: 'saved', scope: [] }),
    ]) {
      expect(text.replaceAll('\\', '')).toContain(found);
      expect(text).toContain('Nothing is listed in this part of the project.');
      expect(text).not.toContain('No legacy Amazon Pay');
    }
  });

  it('wants an audit of what migrate wrote, because a saved run does not say whether it did', () => {
    const migrated = createRun([createFinding({ status: 'migrated' })], [], { command: 'migrate' });
    expect(waiting(migrated, createEvidence())).toEqual(['written']);
  });

  it('wants evidence where there is something to compare, and only there', () => {
    expect(waiting(clean, null)).toEqual([]);
    expect(waiting(createRun([createFinding()]), null)).toEqual(['codemods', 'dual-run/evidence']);
  });

  it.each([
    ['2026-03-02T09:59:00.000Z', []],
    ['2026-03-02T10:01:00.000Z', ['dual-run/same-time']],
    ['2026-02-28T09:59:00.000Z', ['dual-run/same-time']],
  ])('wants code and evidence of the same day: %s', (until, steps) => {
    expect(waiting(clean, createEvidence({ period: { since: until, until } }))).toEqual(steps);
  });

  it('stays shut when the evidence says so, even where its figures do not tell why', () => {
    const gate = { ...createEvidence().gate, isOpen: false };
    expect(waiting(clean, createEvidence({ gate }))).toEqual(['dual-run/gate']);
  });
});

describe('evidence', () => {
  it('is read as the proxy exports it, with its advice', async () => {
    const bench = await CompareBench.open('sqlite', { resampleForMs: 0 });
    try {
      const order = (orderKey: string, json: ReturnType<typeof captured>) =>
        bench.happen({ orderKey, type: 'CHARGE', legacy: { json: captured() }, migrated: { json } });
      await order('S01-1112223-0000001', captured());
      await order('S01-1112223-0000002', authorized());
      await bench.work(5 * MINUTE);
      const now = bench.clock.now();
      const exported = await exportEvidence(bench.database, { since: 0, now, settings: compareSettings.parse({}) });
      const path = join(createFolder({}), 'evidence.json');
      writeFileSync(path, JSON.stringify(exported));
      const evidence = readEvidence(path);
      expect(evidence.orders).toEqual(exported.orders);
      expect(evidence.reservations).toEqual(exported.reservations.map(({ text }) => ({ text })));
      expect(exported.reservations.map(({ id }) => id)).toEqual(['no-referee', 'sandbox-orders']);
      const run = { ...clean, startedAt: new Date(now).toISOString() };
      const { isReady, steps } = judgeCutover(run, evidence);
      expect(isReady).toBe(false);
      const shown = steps.filter(({ part }) => part === 'dual-run').slice(1);
      expect(shown.map(({ isMet }) => isMet)).toEqual(exported.gate.figures.map(({ isMet }) => isMet));
      expect(steps.find(({ id }) => id === 'dual-run/open-differences')).toMatchObject({
        found: '1',
        advice: 'Look at each, mend it, and settle it with a reason.',
      });
      // The gate says it in one line, from which the advice is taken.
      for (const { isMet, advice } of shown) expect(advice === '').toBe(isMet);
    } finally {
      await bench.close();
    }
  });

  it.each([
    ['EVIDENCE_NOT_JSON', '{'],
    ['EVIDENCE_VERSION', '{"schemaVersion": 2}'],
    ['EVIDENCE_INVALID', '{"schemaVersion": 1}'],
  ])('is refused with %s for %s', (code, text) => {
    const path = join(createFolder({ 'evidence.json': text }), 'evidence.json');
    expect(() => readEvidence(path)).toThrow(expect.objectContaining({ code, nextStep: expect.stringMatching(/\S/) }));
  });
});

describe('the gate in every format', () => {
  const cutover = judgeCutover(mixedRun, createEvidence());
  const report = reportOf(mixedRun, { cutover });

  it('terminal: open steps with what to do', () => {
    const text = renderCutoverTerminal(cutover, createColours(false));
    expect(text).toContain('Not ready for cutover: 4 steps to go.\n');
    expect(text).toContain(
      'open  Decisions: 1 open place, about 15 min; wanted: none\n          → Rewritten code carries',
    );
    expect(text).toContain('done  Orders compared: 300\n');
  });

  it('Markdown: a list that is ticked where it is done', () => {
    const text = renderMarkdown(mixedRun, cutover);
    expect(text).toContain('### Not ready for cutover: 4 steps to go.');
    expect(text).toContain('- [x] **Orders compared** 300');
    expect(text).toContain('- [ ] **Work by hand** 1 open place, about 1 h 30 min');
  });

  it('JSON: validated, with code and evidence', () => {
    const document = cutoverSchema.parse(JSON.parse(renderReportJson(report)));
    expect(document).toMatchObject({ kind: 'cutover', isReady: false, code: mixedRun.summary, progress: null });
    expect(document.evidence?.lagMs).toBe(1500);
  });

  describe('what makes the evidence weaker than it looks', () => {
    const reservations = [
      { text: 'The gate was weakened: compare.gate.orders is 3, and 300 by default.' },
      { text: 'The <referee> was the sandbox.' },
    ];
    const open = judgeCutover(clean, createEvidence({ reservations }));
    const weak = reportOf(clean, { cutover: open });

    it('holds nothing up, and stands beside the verdict', () => {
      expect(open.isReady).toBe(true);
      expect(renderCutoverTerminal(open, createColours(false))).toContain(
        `Ready for cutover, with 2 reservations.\n  but       ${reservations[0]?.text}\n`,
      );
    });

    it('is said in every format that knows the gate', () => {
      expect(renderMarkdown(clean, open)).toContain('> **But:** The gate was weakened: compare.gate.orders is 3');
      expect(JSON.parse(renderReportJson(weak))).toMatchObject({ reservations: reservations.map(({ text }) => text) });
      expect(renderJunit(weak)).toMatch(/<system-out>The gate was weakened: compare.gate.orders is 3[^<]*referee/);
      expect(renderSarif(weak)).toContain('compare.gate.orders is 3');
    });

    it('HTML: by the verdict, and again where it is signed', () => {
      const html = renderHtml(weak, { script: '', style: '' });
      expect(html.match(/The &#60;referee&#62; was the sandbox\./g)).toHaveLength(2);
      expect(html.indexOf('The gate was weakened')).toBeLessThan(html.indexOf('id="next"'));
      expect(html.lastIndexOf('The gate was weakened')).toBeGreaterThan(html.indexOf('<h3>Signatures</h3>'));
    });

    it('is not known of older evidence, which is said', () => {
      const { reservations: told } = judgeCutover(clean, createEvidence({ reservations: undefined }));
      expect(told).toEqual([expect.stringContaining('does not say whether its gate was weakened')]);
    });
  });

  it('JUnit: a test for each step', () => {
    expect(renderJunit(report)).toMatch(/name="cutover"[^>]* tests="10" failures="4" errors="0" skipped="0"/);
  });
});
