import type { Finding } from '../engine/run';
import { escapeMarkdown, toInlineCode } from './escape-markdown';

/** One place to tick off: `- [ ] file:line message`, its own next step unless the rule's heading already says it. */
export function renderPlace(finding: Finding, isGuidanceShared: boolean): string {
  const place = toInlineCode(`${finding.file}:${finding.range.start.line}`);
  const doubt = finding.confidence === 'low' ? ' *(low confidence: check that this is Amazon Pay)*' : '';
  const guidance = isGuidanceShared ? '' : `\n  ${escapeMarkdown(finding.guidance)}${linkToDocumentation([finding])}`;
  return `- [ ] ${place} ${escapeMarkdown(finding.message)}${doubt}${guidance}`;
}

/** ` ([Amazon's documentation](…))` when all findings name the same page; nothing for a link that is no plain https URL. */
export function linkToDocumentation(findings: readonly Pick<Finding, 'docs'>[]): string {
  const pages = new Set(findings.map(({ docs }) => docs));
  const [page] = pages;
  if (pages.size !== 1 || page === undefined || !/^https:\/\/[\w.-]+(?:\/[\w.~%/#?=&+-]*)?$/.test(page)) return '';
  return ` ([documentation](<${page}>))`;
}
