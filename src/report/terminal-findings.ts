import { proseOf, splitGuidance } from './html/split-guidance';
import type { Finding } from '../engine/run';
import type { Colours } from './colours';
import { formatCount, formatEffort } from './format-figures';
import type { ActionGroup, NextAction, RuleGroup } from './group-findings';
import { toOneLine } from './plain-text';
import type { Stage } from './suggest-next';

/** Places shown per section, shared among its rules; every rule shows at least `minimumPerRule`. */
const placesPerSection = 40;
const minimumPerRule = 3;
const rulesPerSection = 30;

/** One section: `2. Decide`, its rules, and under each rule its places with the next step. */
export function renderActionGroup(group: ActionGroup, number: number, stage: Stage, colours: Colours): string {
  const limit = Math.max(minimumPerRule, Math.floor(placesPerSection / group.rules.length));
  const shown = group.rules.slice(0, rulesPerSection);
  const hidden = group.rules.length - shown.length;
  const effort = group.effortMinutes > 0 ? `, about ${formatEffort(group.effortMinutes)}` : '';
  return [
    colours.bold(`${number}. ${describeAction(group.action, stage)} (${formatCount(group.count, 'place')}${effort})`),
    ...shown.flatMap((rule) => renderRule(rule, group.action, limit, colours)),
    ...(hidden > 0
      ? [colours.dim(`   … and ${formatCount(hidden, 'more rule')}: write all of them with --report report.md`)]
      : []),
  ].join('\n');
}

function describeAction(action: NextAction, stage: Stage): string {
  switch (action) {
    case 'migrated':
      return stage === 'previewed' ? 'Would be migrated automatically' : 'Migrated automatically';
    case 'migratable':
      return stage === 'audited' || stage === 'saved' ? 'The codemods can do this' : 'Automatic, but still open';
    case 'decide':
      return 'Decide (assisted: rewritten with a TODO(amazon-pay-v2) where the codemods can)';
    case 'by-hand':
      return 'Do by hand (manual)';
  }
}

function renderRule(group: RuleGroup, action: NextAction, limit: number, colours: Colours): string[] {
  const shown = new Set(group.byGuidance.flatMap(({ findings }) => findings).slice(0, limit));
  const hidden = group.findings.length - shown.size;
  const rule = toOneLine(group.rule, 80);
  const lines = [
    `   ${paintRule(rule, action, colours)}  ${group.findings.length}${group.title === group.rule ? '' : `  ${toOneLine(group.title, 100)}`}`,
  ];
  for (const { guidance, findings } of group.byGuidance) {
    const places = findings.filter((finding) => shown.has(finding));
    lines.push(...places.map((finding) => renderPlace(finding, colours)));
    // What was migrated needs no next step; the diff shows it.
    if (action !== 'migrated' && places.length > 0) lines.push(...renderGuidance(guidance, colours));
  }
  if (hidden > 0) {
    lines.push(colours.dim(`     … and ${hidden} more: see all with --only ${rule} or --report report.md`));
  }
  return lines;
}

function renderGuidance(guidance: string, colours: Colours): string[] {
  const hasCode = splitGuidance(guidance).some(({ kind }) => kind === 'code');
  return [
    `     → ${toOneLine(proseOf(guidance))}`,
    ...(hasCode ? [colours.dim('       the code to write: --report report.html (or .md)')] : []),
  ];
}

function renderPlace(finding: Finding, colours: Colours): string {
  const { line, column } = finding.range.start;
  const doubt = finding.confidence === 'low' ? colours.dim(' (low confidence: check that this is Amazon Pay)') : '';
  return `     ${colours.cyan(`${toOneLine(finding.file)}:${line}:${column}`)}  ${toOneLine(finding.message)}${doubt}`;
}

function paintRule(rule: string, action: NextAction, colours: Colours): string {
  switch (action) {
    case 'migrated':
    case 'migratable':
      return colours.green(rule);
    case 'decide':
      return colours.yellow(rule);
    case 'by-hand':
      return colours.red(rule);
  }
}
