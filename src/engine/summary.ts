import type { FileOutcome, Finding, Run } from './run';

/**
 * The figures of a run; all of them follow from its findings and files.
 *
 * @param migratedBefore minutes of work that earlier runs have done
 */
export function summarise(
  findings: readonly Finding[],
  files: readonly FileOutcome[],
  counts: { readonly scanned: number; readonly analysed: number },
  migratedBefore = 0,
): Run['summary'] {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length;
  const open = findings.filter(({ status }) => status === 'open');
  const total = sumEffort(findings) + migratedBefore;
  const left = sumEffort(open);
  return {
    files: {
      ...counts,
      changed: files.filter(({ status }) => status === 'changed').length,
      failed: files.filter(({ status }) => status === 'failed').length,
    },
    findings: {
      total: findings.length,
      automatic: count(({ automation }) => automation === 'automatic'),
      assisted: count(({ automation }) => automation === 'assisted'),
      manual: count(({ automation }) => automation === 'manual'),
      migrated: findings.length - open.length,
      open: open.length,
    },
    readiness: measureReadiness(total, left),
    effortMinutes: left,
  };
}

/** Percent of the effort that is done. Rounding never says that all is done while something is left. */
function measureReadiness(total: number, left: number): number {
  if (left === 0) return 100;
  return Math.min(99, Math.round(((total - left) / total) * 100));
}

const sumEffort = (findings: readonly Finding[]): number =>
  findings.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0);
