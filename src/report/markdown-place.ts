import type { Finding } from '../engine/run';
import { escapeMarkdown, toInlineCode } from './escape-markdown';

/** One place to tick off: `- [ ] file:line message`, with what to do unless that stands above its list. */
export function renderPlace(finding: Finding, isGuidanceAbove: boolean): string {
  const place = toInlineCode(`${finding.file}:${finding.range.start.line}`);
  const doubt = finding.confidence === 'low' ? ' *(low confidence: check that this is Amazon Pay)*' : '';
  const guidance = isGuidanceAbove ? '' : `\n  ${escapeMarkdown(finding.guidance)}${linkToDocumentation([finding])}`;
  return `- [ ] ${place} ${escapeMarkdown(finding.message)}${doubt}${guidance}`;
}

/** ` ([Amazon's documentation](…))` when all findings name the same page; nothing for a link that is no plain https URL. */
export function linkToDocumentation(findings: readonly Pick<Finding, 'docs'>[]): string {
  const pages = new Set(findings.map(({ docs }) => docs));
  const [page] = pages;
  if (pages.size !== 1 || page === undefined || !/^https:\/\/[\w.-]+(?:\/[\w.~%/#?=&+-]*)?$/.test(page)) return '';
  return ` ([documentation](<${page}>))`;
}
