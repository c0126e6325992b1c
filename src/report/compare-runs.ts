import { z } from 'zod';
import type { Finding, Run } from '../engine/run';
import { findingSchema, runSchema } from '../engine/run-schema';
import { matchFindings } from './match-findings';

const side = z.object({
  startedAt: z.string(),
  version: z.string(),
  scope: runSchema.shape.scope,
  open: z.number().int(),
  readiness: z.number(),
  effortMinutes: z.number(),
});

/** Progress between two runs: what `report RUN --baseline OLD` writes as JSON. */
export const comparisonSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('amazon-pay-migrate'), version: z.string() }),
  kind: z.literal('comparison'),
  root: z.string(),
  baseline: side,
  current: side,
  summary: z.object({ fixed: z.number().int(), new: z.number().int(), remaining: z.number().int() }),
  fixed: z.array(findingSchema),
  new: z.array(findingSchema),
  remaining: z.array(findingSchema),
});

export type Comparison = z.infer<typeof comparisonSchema>;

/**
 * Compares two runs by fingerprint, which survives moved lines.
 *
 * fixed: open in the baseline and no longer open. remaining: open now and known to the baseline, even as `migrated`: a
 * dry run marks what it would migrate, and a place that was never written is not new; so does code that moved to another file,
 * and the decision that a written run left in place of a rewritten call. new: open now and unknown before.
 */
export function compareRuns(baseline: Run, current: Run): Comparison {
  const match = matchFindings(baseline.findings, current.findings);
  const { fixed, decisions } = pairDecisions(match.fixed, match.added);
  const remaining = [...match.remaining, ...decisions];
  const added = match.added.filter((finding) => !decisions.has(finding));

  return {
    schemaVersion: 1,
    tool: current.tool,
    kind: 'comparison',
    root: current.root,
    baseline: summarise(baseline),
    current: summarise(current),
    summary: { fixed: fixed.length, new: added.length, remaining: remaining.length },
    fixed,
    new: added,
    remaining,
  };
}

/**
 * A rewritten place whose decision is still open comes back as the comment that `migrate --write` left there: the same
 * piece of work under another fingerprint. It is paired with a place of its file, of the same rule where there is one.
 */
function pairDecisions(
  gone: readonly Finding[],
  unknown: readonly Finding[],
): { readonly fixed: Finding[]; readonly decisions: ReadonlySet<Finding> } {
  const waiting = new Set(gone);
  const decisions = new Set<Finding>();
  const pair = (decision: Finding, isSameWork: (place: Finding) => boolean): void => {
    const place = [...waiting].find(isSameWork);
    if (place === undefined) return;
    waiting.delete(place);
    decisions.add(decision);
  };
  const left = unknown.filter(({ codemod }) => codemod === 'decisions');
  for (const each of left) pair(each, ({ file, rule }) => file === each.file && rule === each.rule);
  for (const each of left) if (!decisions.has(each)) pair(each, ({ file }) => file === each.file);
  return { fixed: [...waiting], decisions };
}

function summarise(run: Run): Comparison['baseline'] {
  return {
    startedAt: run.startedAt,
    version: run.tool.version,
    scope: run.scope,
    open: run.summary.findings.open,
    readiness: run.summary.readiness,
    effortMinutes: run.summary.effortMinutes,
  };
}
