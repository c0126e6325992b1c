import { reopenFindings } from '../../src/cli/reopen-findings';
import { runSchema } from '../../src/engine/run';
import { renderJson } from '../../src/report/render-json';
import { createFinding, createRun } from '../report/sample-run';

const kept = createFinding({ fingerprint: 'k', status: 'migrated', file: 'kept.js', effortMinutes: 30, after: 'new' });
const refused = createFinding({
  fingerprint: 'r',
  status: 'migrated',
  file: 'refused.js',
  effortMinutes: 10,
  after: 'new',
});
const changed = (path: string) =>
  ({ path, language: 'javascript', status: 'changed', reason: 'changed', diff: '+x' }) as const;
const run = createRun([kept, refused], [changed('kept.js'), changed('refused.js')], { command: 'migrate' });

describe('reopenFindings', () => {
  it('opens what was refused, keeps the rest, and counts again', () => {
    const reopened = reopenFindings(run, new Set(['refused.js']));
    const withoutAfter: Record<string, unknown> = { ...refused, status: 'open' };
    delete withoutAfter['after'];
    const withoutDiff: Record<string, unknown> = { ...changed('refused.js') };
    delete withoutDiff['diff'];
    const saved = runSchema.parse(JSON.parse(renderJson(reopened)));
    expect(saved.findings).toStrictEqual([kept, withoutAfter]);
    expect(saved.files).toStrictEqual([
      changed('kept.js'),
      { ...withoutDiff, status: 'unchanged', reason: 'refused: the change was declined under --interactive' },
    ]);
    expect(saved.summary).toMatchObject({
      files: { scanned: 40, changed: 1 },
      findings: { total: 2, open: 1, migrated: 1 },
      readiness: 75,
      effortMinutes: 10,
    });
  });

  it('leaves a run alone when nothing was refused', () => {
    expect(reopenFindings(run, new Set())).toBe(run);
  });
});
