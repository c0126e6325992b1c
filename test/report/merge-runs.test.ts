import type { Finding, Part } from '../../src/engine/run';
import { compareRuns } from '../../src/report/compare-runs';
import { mergeRuns } from '../../src/report/merge-runs';
import { createFinding, createRun } from './sample-run';

const at = (file: string, fingerprint: string, changes: Partial<Finding> = {}) =>
  createFinding({ file, fingerprint, ...changes });
const file = (path: string, status: 'changed' | 'unchanged' | 'skipped' | 'failed' = 'unchanged') => ({
  ...{ path, language: 'javascript', reason: status, status },
});
const share = (index: number, count: number) => ({ shard: { index, count } });
const of = (limits: Omit<Part, 'folder'>, root = 'shop') =>
  createRun([], [], { root, scope: [{ folder: '', ...limits }] });
const part = (index: number, count: number, more: Omit<Part, 'folder'> = {}, root = 'shop') =>
  of({ ...share(index, count), ...more }, root);
const places = (findings: readonly Finding[]) => findings.map((finding) => `${finding.file} ${finding.fingerprint}`);

describe('mergeRuns', () => {
  it('leaves one run as it is', () => {
    const run = createRun([at('a.js', 'a')]);
    expect(mergeRuns([run])).toBe(run);
  });

  it('joins packages: paths are those of the folder that they share, fingerprints stay', () => {
    const one = createRun([at('pay.js', 'x')], [file('pay.js', 'failed')], { root: '/repo/packages/one' });
    const two = createRun([at('pay.js', 'x'), at('ipn.js', 'y')], [file('pay.js')], { root: '/repo/packages/two' });
    const merged = mergeRuns([two, one]);
    expect(merged.root).toBe('/repo/packages');
    expect(places(merged.findings)).toEqual(['one/pay.js x', 'two/ipn.js y', 'two/pay.js x']);
    expect(merged.files.map(({ path }) => path)).toEqual(['one/pay.js', 'two/pay.js']);
    expect(merged.summary.files).toEqual({ scanned: 80, analysed: 14, changed: 0, failed: 1 });
    expect(merged.summary.findings).toMatchObject({ total: 3, open: 3 });
    expect(merged.summary.effortMinutes).toBe(60);
  });

  it('joins a package with the repository around it, and folders whose names begin alike', () => {
    const outer = createRun([at('a.js', 'a')], [], { root: '/repo' });
    const inner = createRun([at('b.js', 'b')], [], { root: '/repo/shop' });
    const next = createRun([at('c.js', 'c')], [], { root: '/repo/shop-two' });
    expect(places(mergeRuns([outer, inner]).findings)).toEqual(['a.js a', 'shop/b.js b']);
    expect(places(mergeRuns([inner, next]).findings)).toEqual(['shop-two/c.js c', 'shop/b.js b']);
    const elsewhere = createRun([at('d.js', 'd')], [], { root: '/srv/x' });
    expect(places(mergeRuns([inner, elsewhere]).findings)).toEqual(['repo/shop/b.js b', 'srv/x/d.js d']);
  });

  it('joins shards of one tree, whatever their order', () => {
    const one = createRun([at('a.js', 'a')], [file('a.js')]);
    const two = createRun([at('b.js', 'b')], [file('b.js')]);
    const merged = mergeRuns([one, two]);
    expect(merged.root).toBe('shop');
    expect(merged.summary.files.scanned).toBe(80);
    expect(mergeRuns([two, one])).toEqual(merged);
  });

  it.each([
    ['every share of a folder is all of it', [part(1, 2), part(2, 2)], undefined],
    ['a share twice is one share', [part(1, 2), part(1, 2)], [{ folder: '', ...share(1, 2) }]],
    [
      'shares of different sizes do not add up',
      [part(1, 2), part(2, 3)],
      [
        { folder: '', ...share(1, 2) },
        { folder: '', ...share(2, 3) },
      ],
    ],
    ['a whole run has what a share lacks', [createRun([]), part(1, 2)], undefined],
    [
      'all shares of a choice are that choice',
      [part(1, 2, { only: ['php'] }), part(2, 2, { only: ['php'] })],
      [{ folder: '', only: ['php'] }],
    ],
    [
      'what changed is never all of it',
      [of({ since: 'main' }), of({ since: 'main' })],
      [{ folder: '', since: 'main' }],
    ],
  ] as const)('tells what is still missing: %s', (_, [one, two], scope) => {
    expect(mergeRuns([one, two]).scope).toEqual(scope);
  });

  it('tells of which package a share is missing, and when a joined run completes it', () => {
    const whole = createRun([], [], { root: '/repo/a' });
    const [first, second] = [part(1, 2, {}, '/repo/b'), part(2, 2, {}, '/repo/b')];
    const joined = mergeRuns([whole, first]);
    expect(joined.scope).toEqual([{ folder: 'b', ...share(1, 2) }]);
    expect(mergeRuns([joined, mergeRuns([whole, second])]).scope).toBeUndefined();
    // The other half of another package completes nothing.
    expect(mergeRuns([joined, part(2, 2, {}, '/repo/c')]).scope).toHaveLength(2);
  });

  it('counts once what two runs of one tree both say, and twice what one run lists twice', () => {
    const run = createRun([at('a.js', 'a'), at('a.js', 'a')], [file('a.js')]);
    const merged = mergeRuns([run, createRun([...run.findings], [file('a.js', 'failed')])]);
    expect(merged.findings).toHaveLength(2);
    expect(merged.summary.files).toMatchObject({ scanned: 40, failed: 1 });
  });

  it('weighs readiness by work, with what earlier runs have done', () => {
    const half = createRun([at('a.js', 'a', { effortMinutes: 30 })], [], { root: '/r/a' });
    half.summary.readiness = 50;
    const none = createRun([at('b.js', 'b', { effortMinutes: 60 })], [], { root: '/r/b' });
    // 30 of 60 minutes and 0 of 60 are done.
    expect(mergeRuns([half, none]).summary).toMatchObject({ readiness: 25, effortMinutes: 90 });
    const done = createRun([], [], { root: '/r/c' });
    expect(mergeRuns([done, createRun([], [], { root: '/r/d' })]).summary.readiness).toBe(100);
  });

  it('names files in diffs as the merged run does, and leaves their lines alone', () => {
    const diff = 'diff --git a/x.js b/x.js\n--- a/x.js\n+++ b/x.js\n@@ -1,2 +1 @@\n--- a/x.js\n-two\n+one\n';
    const one = createRun([], [{ ...file('x.js', 'changed'), diff }], { root: '/r/one' });
    const merged = mergeRuns([one, createRun([], [], { root: '/r/two' })]);
    expect(merged.files[0]?.diff).toBe(
      'diff --git a/one/x.js b/one/x.js\n--- a/one/x.js\n+++ b/one/x.js\n@@ -1,2 +1 @@\n--- a/x.js\n-two\n+one\n',
    );
  });

  it('refuses runs of different versions', () => {
    const newer = createRun([], [], { tool: { name: 'amazon-pay-migrate', version: '9.0.0' } });
    expect(() => mergeRuns([createRun([]), newer])).toThrow(expect.objectContaining({ code: 'RUNS_DIFFER' }));
  });

  it('keeps identity: the baseline of one package still fits when others join it', () => {
    const before = createRun([at('pay.js', 'a'), at('pay.js', 'b')], [], { root: '/repo/one' });
    const other = createRun([at('pay.js', 'z', { before: 'another(call)' })], [], { root: '/repo/two' });
    const now = mergeRuns([createRun([at('pay.js', 'a')], [], { root: '/repo/one' }), other]);
    expect(compareRuns(before, now).summary).toEqual({ fixed: 1, new: 1, remaining: 1 });
  });
});
