import type { Finding } from '../engine/run';
import { BoundedDocument } from './bounded-document';
import type { Comparison } from './compare-runs';
import type { Cutover } from './cutover/judge-cutover';
import { addCutover } from './cutover/render-cutover';
import { escapeMarkdown, toTableCode } from './escape-markdown';
import { formatCount, formatEffort, formatReadiness } from './format-figures';
import { groupByRule } from './group-findings';
import { renderPlace } from './markdown-place';
import { sayOtherScope } from './say-scope';
import { maxMarkdownBytes } from './render-markdown';

/** Progress since a saved run, for a pull request. */
export function renderComparisonMarkdown(comparison: Comparison, cutover: Cutover | null = null): string {
  const document = new BoundedDocument(maxMarkdownBytes, 600);
  const { baseline, current, summary } = comparison;
  const caution = sayOtherScope(baseline, current);
  document.add(
    [
      '## Amazon Pay migration: progress',
      '',
      '| | before | now |',
      '| --- | ---: | ---: |',
      `| readiness | ${formatReadiness(baseline.readiness)} | ${formatReadiness(current.readiness)} |`,
      `| work left | ${formatEffort(baseline.effortMinutes)} | ${formatEffort(current.effortMinutes)} |`,
      `| open places | ${baseline.open} | ${current.open} |`,
      '',
      `**${summary.fixed} fixed, ${summary.new} new, ${summary.remaining} remaining** since ${escapeMarkdown(baseline.startedAt)}.`,
      ...(caution === undefined ? [] : ['', escapeMarkdown(caution)]),
      '',
    ].join('\n'),
    'section',
  );
  if (cutover !== null) addCutover(document, cutover);
  addNew(document, comparison.new);
  addRules(document, '### Remaining', comparison.remaining);
  addRules(document, '### Fixed', comparison.fixed);
  return document.finish((leftOut) => {
    const counts = [...leftOut].map(([kind, count]) => formatCount(count, kind)).join(', ');
    return `\n> **Cut to ${maxMarkdownBytes / 1000} kB.** Left out: ${counts}. The whole comparison: \`--report progress.json\`.`;
  });
}

function addNew(document: BoundedDocument, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  document.add(`### New (${findings.length})\n`, 'section');
  for (const group of groupByRule(findings)) {
    for (const finding of group.findings) document.add(renderPlace(finding, false), 'new place');
  }
  document.add('', 'section');
}

function addRules(document: BoundedDocument, heading: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const rows = groupByRule(findings).map((group) => `| ${toTableCode(group.rule)} | ${group.findings.length} |`);
  document.add(
    [`${heading} (${findings.length})`, '', '| rule | places |', '| --- | ---: |', ...rows, ''].join('\n'),
    'section',
  );
}
