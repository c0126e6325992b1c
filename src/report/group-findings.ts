import type { Finding, Run } from '../engine/run';
import { titleOf } from './find-rule';

/** What somebody has to do about a finding; the order in which reports show it. */
export type NextAction = 'migrated' | 'migratable' | 'decide' | 'by-hand';

export interface RuleGroup {
  readonly rule: string;
  /** Title from the catalog; the id again for a rule that this version does not know. */
  readonly title: string;
  readonly effortMinutes: number;
  /** Sorted by file, line and column. */
  readonly findings: readonly Finding[];
  /** The same findings by what to do about them, so that a report says it once. */
  readonly byGuidance: readonly { readonly guidance: string; readonly findings: readonly Finding[] }[];
}

export interface ActionGroup {
  readonly action: NextAction;
  readonly count: number;
  readonly effortMinutes: number;
  /** The rule with the most places first. */
  readonly rules: readonly RuleGroup[];
}

const actions: readonly NextAction[] = ['migrated', 'migratable', 'decide', 'by-hand'];

/** Groups the findings of a run by what to do next, then by rule. Empty groups are left out. */
export function groupFindings(run: Pick<Run, 'findings'>): ActionGroup[] {
  return actions.flatMap((action) => {
    const findings = run.findings.filter((finding) => nextAction(finding) === action);
    if (findings.length === 0) return [];
    return [{ action, count: findings.length, effortMinutes: sumEffort(findings), rules: groupByRule(findings) }];
  });
}

/** What has to be done about one finding. */
export function nextAction(finding: Finding): NextAction {
  if (finding.status === 'migrated') return 'migrated';
  switch (finding.automation) {
    case 'automatic':
      return 'migratable';
    case 'assisted':
      return 'decide';
    case 'manual':
      return 'by-hand';
  }
}

/** Groups findings by rule, the rule with the most places first. */
export function groupByRule(findings: readonly Finding[]): RuleGroup[] {
  return [...collectBy(findings, ({ rule }) => rule)]
    .map(([rule, group]): RuleGroup => ({
      rule,
      title: titleOf(rule),
      effortMinutes: sumEffort(group),
      findings: group.sort(comparePlaces),
      byGuidance: groupByGuidance(group),
    }))
    .sort((a, b) => b.findings.length - a.findings.length || compareText(a.rule, b.rule));
}

function groupByGuidance(findings: readonly Finding[]): RuleGroup['byGuidance'] {
  const groups = collectBy(findings, ({ guidance }) => guidance);
  return [...groups].map(([guidance, group]) => ({ guidance, findings: group }));
}

/** In the order in which the keys come. Pushes, because a copy for each finding takes seconds from some thousands on. */
export function collectBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function sumEffort(findings: readonly Finding[]): number {
  return findings.reduce((sum, { status, effortMinutes }) => sum + (status === 'open' ? effortMinutes : 0), 0);
}

function comparePlaces(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

// Not localeCompare: a report must not depend on the locale of the machine that wrote it.
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
