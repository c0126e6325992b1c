import type { FileOutcome, Finding, Run } from '../engine/run';

const refusal = 'refused: the change was declined under --interactive';

/** The run as it is when some files keep their old content: what was to be migrated in them is open again. */
export function reopenFindings(run: Run, refusedPaths: ReadonlySet<string>): Run {
  if (refusedPaths.size === 0) return run;
  const findings = run.findings.map((finding): Finding =>
    refusedPaths.has(finding.file) ? { ...finding, status: 'open', after: undefined } : finding,
  );
  const files = run.files.map((file): FileOutcome =>
    refusedPaths.has(file.path) && file.status === 'changed'
      ? { ...file, status: 'unchanged', reason: refusal, diff: undefined }
      : file,
  );
  return { ...run, findings, files, summary: summarise(run.summary, findings, files) };
}

function summarise(
  summary: Run['summary'],
  findings: readonly Finding[],
  files: readonly FileOutcome[],
): Run['summary'] {
  const open = findings.filter(({ status }) => status === 'open');
  const total = sumEffort(findings);
  const left = sumEffort(open);
  return {
    files: { ...summary.files, changed: files.filter(({ status }) => status === 'changed').length },
    findings: { ...summary.findings, open: open.length, migrated: findings.length - open.length },
    readiness: total === 0 ? 100 : Math.round(((total - left) / total) * 100),
    effortMinutes: left,
  };
}

function sumEffort(findings: readonly Finding[]): number {
  return findings.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0);
}
