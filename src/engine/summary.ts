import type { FileOutcome, Finding, Run } from './run';

const count = <T>(items: readonly T[], holds: (item: T) => boolean): number => items.filter(holds).length;

const effortOf = (findings: readonly Finding[]): number =>
  findings.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0);

/** Counts, the share of the effort that is done, and what is left of it. */
export function summarise(
  findings: readonly Finding[],
  files: readonly FileOutcome[],
  scanned: number,
  analysed: number,
): Run['summary'] {
  const open = findings.filter(({ status }) => status === 'open');
  const total = effortOf(findings);
  const left = effortOf(open);
  return {
    files: {
      scanned,
      analysed,
      changed: count(files, ({ status }) => status === 'changed'),
      failed: count(files, ({ status }) => status === 'failed'),
    },
    findings: {
      total: findings.length,
      automatic: count(findings, ({ automation }) => automation === 'automatic'),
      assisted: count(findings, ({ automation }) => automation === 'assisted'),
      manual: count(findings, ({ automation }) => automation === 'manual'),
      migrated: findings.length - open.length,
      open: open.length,
    },
    readiness: total === 0 ? 100 : Math.round(((total - left) / total) * 100),
    effortMinutes: left,
  };
}
