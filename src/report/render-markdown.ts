import type { Finding, Run } from '../engine/run';
import { BoundedDocument } from './bounded-document';
import type { Cutover } from './cutover/judge-cutover';
import { addCutover } from './cutover/render-cutover';
import { escapeMarkdown, toFencedBlock, toInlineCode, toTableCode } from './escape-markdown';
import { formatCount, formatEffort, formatReadiness } from './format-figures';
import { groupFindings, type NextAction, type RuleGroup } from './group-findings';
import { listCredentials } from './list-credentials';
import { renderGuidance, renderPlace } from './markdown-place';
import { showControlCharacters } from './plain-text';
import { sayScope, sayUnseen } from './say-scope';

/** GitHub refuses a pull request description beyond 65,536 characters. */
export const maxMarkdownBytes = 60_000;

/** The report for a pull request: figures, decisions, a list to tick off, and the diffs folded away. */
export function renderMarkdown(run: Run, cutover: Cutover | null = null): string {
  const document = new BoundedDocument(maxMarkdownBytes, 600);
  document.add(renderSummary(run), 'section');
  if (cutover !== null) addCutover(document, cutover);
  addCredentials(document, run);
  addFailures(document, run);
  addPlaces(document, run, 'decide', '### Decide', 'decision');
  addPlaces(document, run, 'by-hand', '### Do by hand', 'manual place');
  addRuleTable(document, run, 'migratable', '### The codemods can do this');
  addRuleTable(document, run, 'migrated', '### Migrated automatically');
  addDiffs(document, run);
  return document.finish(writeNotice);
}

function renderSummary(run: Run): string {
  const { files, findings, readiness, effortMinutes } = run.summary;
  const headline =
    sayUnseen(run) ??
    (findings.total === 0
      ? `No legacy Amazon Pay in ${formatCount(files.scanned, 'file')}.`
      : `**${formatReadiness(readiness)} ready**, about ${formatEffort(effortMinutes)} of work left.`);
  const scope = sayScope(run);
  return [
    `## Amazon Pay migration: ${run.command}`,
    '',
    headline,
    '',
    ...(scope === undefined ? [] : [escapeMarkdown(scope), '']),
    '| | places |',
    '| --- | ---: |',
    `| migrated | ${findings.migrated} |`,
    `| open | ${findings.open} |`,
    `| automatic / assisted / manual | ${findings.automatic} / ${findings.assisted} / ${findings.manual} |`,
    `| files looked at / analysed / changed / failed | ${files.scanned} / ${files.analysed} / ${files.changed} / ${files.failed} |`,
    '',
    `<sub>${escapeMarkdown(`${run.tool.name} ${run.tool.version}, ${run.startedAt}`)}</sub>`,
    '',
  ].join('\n');
}

function addCredentials(document: BoundedDocument, run: Run): void {
  const credentials = listCredentials(run);
  if (credentials.length === 0) return;
  const rows = credentials.map(({ name, purpose }) => `- [ ] ${toInlineCode(name)}: ${escapeMarkdown(purpose)}`);
  document.add(['### Set before the migrated code runs', '', ...rows, ''].join('\n'), 'section');
}

function addFailures(document: BoundedDocument, run: Run): void {
  const failed = run.files.filter((file) => file.status === 'failed');
  if (failed.length === 0) return;
  document.add(`### Could not be processed (${failed.length})\n`, 'section');
  for (const file of failed) {
    document.add(`- ${toInlineCode(file.path)}: ${escapeMarkdown(file.error ?? file.reason)}`, 'failed file');
  }
  document.add('', 'section');
}

function addPlaces(document: BoundedDocument, run: Run, action: NextAction, heading: string, kind: string): void {
  const group = groupFindings(run).find((candidate) => candidate.action === action);
  if (group === undefined) return;
  document.add(`${heading} (${group.count})\n`, 'section');
  for (const rule of group.rules) {
    document.add(renderRuleHeading(rule), 'section');
    for (const { findings } of rule.byGuidance) {
      const isAbove = findings.length > 1;
      if (isAbove) document.add(`${renderGuidance(findings)}\n`, 'section');
      for (const finding of findings) document.add(renderPlace(finding, isAbove), kind);
      document.add('', 'section');
    }
  }
}

function renderRuleHeading(group: RuleGroup): string {
  const title = group.title === group.rule ? '' : ` ${escapeMarkdown(group.title)}`;
  return `**${toInlineCode(group.rule)}**${title} (${group.findings.length})\n`;
}

function addRuleTable(document: BoundedDocument, run: Run, action: NextAction, heading: string): void {
  const group = groupFindings(run).find((candidate) => candidate.action === action);
  if (group === undefined) return;
  const rows = group.rules.map(
    ({ rule, title, findings }) =>
      `| ${toTableCode(rule)} | ${escapeMarkdown(title)} | ${findings.length} | ${countFiles(findings)} |`,
  );
  document.add(
    [`${heading} (${group.count})`, '', '| rule | | places | files |', '| --- | --- | ---: | ---: |', ...rows, ''].join(
      '\n',
    ),
    'section',
  );
}

function countFiles(findings: readonly Finding[]): number {
  return new Set(findings.map((finding) => finding.file)).size;
}

function addDiffs(document: BoundedDocument, run: Run): void {
  const changed = run.files.filter((file) => file.diff !== undefined && file.diff !== '');
  if (changed.length === 0) return;
  document.add(`### Changes (${formatCount(changed.length, 'file')})\n`, 'section');
  for (const { path, diff = '' } of changed) {
    // The summary is HTML: Markdown escapes do not work in it, so only entities are used.
    const title = escapeHtml(showControlCharacters(path));
    const block = toFencedBlock(showControlCharacters(diff.replaceAll('\r\n', '\n')), 'diff');
    document.add(`<details><summary>${title}</summary>\n\n${block}\n\n</details>\n`, 'diff');
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[^\w ./-]/g, (character) => `&#${character.codePointAt(0) ?? 0};`).replaceAll('__', '_&#95;');
}

function writeNotice(leftOut: ReadonlyMap<string, number>): string {
  const counts = [...leftOut].map(([kind, count]) => formatCount(count, kind)).join(', ');
  return `\n> **Cut to ${maxMarkdownBytes / 1000} kB.** Left out: ${counts}. The whole report: \`--report report.json\`.`;
}
