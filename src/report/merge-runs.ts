import type { FileOutcome, Finding, Run } from '../engine/run';
import { summarise } from '../engine/summary';
import { collectBy, compareText } from './group-findings';
import { joinScopes } from './join-scopes';
import { ReportError } from './report-error';

/**
 * Joins the runs of several packages, or the shards of one tree, into one run. Paths become relative to the folder that the
 * roots share; fingerprints stay, so that a package keeps its identity whatever it is merged with. What two runs of one root
 * both say is there once.
 */
export function mergeRuns(runs: readonly [Run, ...Run[]]): Run {
  const [first, ...others] = runs;
  if (others.length === 0) return first;
  checkVersions(runs);
  const root = findSharedFolder(runs.map((run) => run.root));
  const moved = runs.map((run) => moveInto(root, run));
  const findings = mergeFindings(moved);
  const counts = {
    scanned: addUp(runs, ({ summary }) => summary.files.scanned),
    analysed: addUp(runs, ({ summary }) => summary.files.analysed),
  };
  const files = mergeFiles(moved);
  return {
    ...first,
    command: runs.some(({ command }) => command === 'migrate') ? 'migrate' : 'audit',
    root,
    scope: joinScopes(runs.map((run) => ({ folder: folderBelow(root, run), scope: run.scope }))),
    startedAt: runs.map(({ startedAt }) => startedAt).sort()[0] ?? first.startedAt,
    durationMs: runs.reduce((total, { durationMs }) => total + durationMs, 0),
    summary: summarise(findings, files, counts, addUp(runs, measureMigratedBefore)),
    findings,
    files,
  };
}

function checkVersions(runs: readonly Run[]): void {
  const versions = [...new Set(runs.map(({ tool }) => tool.version))];
  if (versions.length === 1) return;
  throw new ReportError(
    'RUNS_DIFFER',
    `These runs are of different versions of amazon-pay-migrate: ${versions.join(', ')}. Their rules may differ.`,
    'Write the runs again with one version.',
  );
}

/** The longest folder that all roots are in; the root itself when they have only one. */
function findSharedFolder(roots: readonly string[]): string {
  const [first = [], ...others] = roots.map((root) => root.replace(/\/+$/, '').split('/'));
  const differing = first.findIndex((part, index) => others.some((parts) => parts[index] !== part));
  const shared = (differing === -1 ? first : first.slice(0, differing)).join('/');
  return shared === '' ? '/' : shared;
}

const folderBelow = (root: string, run: Run): string =>
  run.root.replace(/\/+$/, '').slice(root === '/' ? 1 : root.length + 1);

function moveInto(root: string, run: Run): Run {
  const folder = folderBelow(root, run);
  if (folder === '') return run;
  const move = (path: string): string => `${folder}/${path}`;
  return {
    ...run,
    findings: run.findings.map((finding) => ({ ...finding, file: move(finding.file) })),
    files: run.files.map((file) => ({ ...file, path: move(file.path), ...moveDiff(file, move) })),
  };
}

/** The names in the head of a diff; its lines are code. */
function moveDiff({ diff }: FileOutcome, move: (path: string) => string): { diff?: string } {
  if (diff === undefined) return {};
  const end = diff.indexOf('\n@@');
  const head = diff
    .slice(0, Math.max(0, end))
    .replace(
      /^(diff --git a\/)(.+)( b\/)(.+)$/m,
      (_, a: string, from: string, b: string, to: string) => a + move(from) + b + move(to),
    )
    .replace(/^((?:---|\+\+\+) [ab]\/)(.+)$/gm, (_, start: string, path: string) => start + move(path));
  return { diff: head + diff.slice(Math.max(0, end)) };
}

/** Places that one run lists twice are two; places that two runs list are one. An open one stands above a migrated one. */
function mergeFindings(runs: readonly Run[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const run of runs) {
    const seen = new Map<string, number>();
    for (const finding of run.findings) {
      const key = [finding.file, finding.fingerprint, finding.range.start.line, finding.range.start.column].join('\0');
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      const known = merged.get(`${key}\0${count}`);
      if (known === undefined || finding.status === 'open') merged.set(`${key}\0${count}`, finding);
    }
  }
  return [...merged.values()].sort(compareStarts);
}

/** By file and place; at one place the order of the run stays, so that shards that are joined give the run of the whole tree. */
function compareStarts(a: Finding, b: Finding): number {
  const [first, second] = [a.range.start, b.range.start];
  return compareText(a.file, b.file) || first.line - second.line || first.column - second.column;
}

const weights = { failed: 3, changed: 2, unchanged: 1, skipped: 0 } as const;

/** A file of several shards is what the shard says that did the most with it. */
function mergeFiles(runs: readonly Run[]): FileOutcome[] {
  const merged = new Map<string, FileOutcome>();
  for (const file of runs.flatMap(({ files }) => files)) {
    const known = merged.get(file.path);
    if (known === undefined || weights[file.status] > weights[known.status]) merged.set(file.path, file);
  }
  return [...merged.values()].sort((a, b) => compareText(a.path, b.path));
}

/** A figure of all runs. Runs of one root that speak of the same file walked the same tree, which counts once. */
function addUp(runs: readonly Run[], figureOf: (run: Run) => number): number {
  return [...collectBy(runs, ({ root }) => root).values()].reduce((total, tree) => {
    const paths = tree.flatMap(({ files }) => files.map(({ path }) => path));
    const figures = tree.map(figureOf);
    const isSameTree = new Set(paths).size < paths.length;
    return total + (isSameTree ? Math.max(...figures) : figures.reduce((sum, figure) => sum + figure, 0));
  }, 0);
}

/** Minutes of work that earlier runs have done: in no finding, but in the percentage, so exact but for its rounding. */
function measureMigratedBefore({ findings, summary: { readiness, effortMinutes } }: Run): number {
  if (effortMinutes === 0 || readiness >= 100) return 0;
  const listed = findings.reduce((total, finding) => total + finding.effortMinutes, 0);
  return Math.max(0, effortMinutes / (1 - readiness / 100) - listed);
}
