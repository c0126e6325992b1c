import type { Finding } from '../engine/run';
import { createColours, type Colours } from './colours';
import type { Comparison } from './compare-runs';
import { formatCount, formatEffort, formatReadiness } from './format-figures';
import { groupByRule } from './group-findings';
import { toOneLine } from './plain-text';
import { sayOtherScope } from './say-scope';

const placesShown = 10;

/** Progress since a saved run, for a person at a terminal: what was fixed, what is new, what remains. */
export function renderComparisonTerminal(comparison: Comparison, options: { readonly colour: boolean }): string {
  const colours = createColours(options.colour);
  const { baseline, current, summary } = comparison;
  const caution = sayOtherScope(baseline, current);
  const header = [
    colours.bold(`Amazon Pay migration: progress of ${toOneLine(comparison.root)}`),
    `since ${toOneLine(baseline.startedAt)} (amazon-pay-migrate ${toOneLine(baseline.version)})`,
    `${colours.green(`fixed ${summary.fixed}`)}, ${colours.red(`new ${summary.new}`)}, remaining ${summary.remaining}`,
    `Readiness ${formatReadiness(baseline.readiness)} → ${formatReadiness(current.readiness)}, ` +
      `work left ${formatEffort(baseline.effortMinutes)} → ${formatEffort(current.effortMinutes)}`,
    ...(caution === undefined ? [] : [colours.yellow(toOneLine(caution))]),
  ].join('\n');
  const sections = [
    header,
    renderPlaces('New', comparison.new, colours),
    renderRules('Remaining', comparison.remaining, colours),
    renderRules('Fixed', comparison.fixed, colours),
    suggestNextForComparison(comparison),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderPlaces(title: string, findings: readonly Finding[], colours: Colours): string {
  if (findings.length === 0) return '';
  const ordered = groupByRule(findings).flatMap((group) => group.findings);
  const hidden = ordered.length - placesShown;
  return [
    colours.bold(`${title} (${formatCount(findings.length, 'place')})`),
    ...ordered
      .slice(0, placesShown)
      .map(
        ({ file, range, rule, message }) =>
          `   ${toOneLine(file)}:${range.start.line}:${range.start.column}  ${toOneLine(rule, 80)}  ${toOneLine(message)}`,
      ),
    ...(hidden > 0 ? [colours.dim(`   … and ${hidden} more: see all with --report progress.json`)] : []),
  ].join('\n');
}

function renderRules(title: string, findings: readonly Finding[], colours: Colours): string {
  if (findings.length === 0) return '';
  return [
    colours.bold(`${title} (${formatCount(findings.length, 'place')})`),
    ...groupByRule(findings).map(({ rule, findings: places }) => `   ${toOneLine(rule, 80)}  ${places.length}`),
  ].join('\n');
}

function suggestNextForComparison({ summary }: Comparison): string {
  if (summary.new > 0) return 'New legacy places came in since the baseline: look at those first.';
  return summary.remaining > 0
    ? 'Nothing new came in. Go on with what remains.'
    : 'Nothing is left of what the baseline listed.';
}
