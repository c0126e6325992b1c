import type { Finding } from '../engine/run';
import { escapeMarkdown, toFencedBlock, toInlineCode } from './escape-markdown';
import { splitGuidance } from './html/split-guidance';
import { showControlCharacters } from './plain-text';

/** One place to tick off: `- [ ] file:line message`, with what to do unless that stands above its list. */
export function renderPlace(finding: Finding, isGuidanceAbove: boolean): string {
  const place = toInlineCode(`${finding.file}:${finding.range.start.line}`);
  const doubt = finding.confidence === 'low' ? ' *(low confidence: check that this is Amazon Pay)*' : '';
  const said = renderGuidance([finding]).replace(/^(?=[^\n])/gm, '  ');
  const guidance = isGuidanceAbove ? '' : `\n${said}`;
  return `- [ ] ${place} ${escapeMarkdown(finding.message)}${doubt}${guidance}`;
}

/** A guidance is longer than a message, and its end says what breaks in silence. */
const LONGEST = 2000;

/** What to do at places that need the same, with the code to write and a link to the documentation. */
export function renderGuidance(findings: readonly Finding[]): string {
  const parts = splitGuidance(findings[0]?.guidance ?? '');
  const blocks = parts.map(({ kind, text }) =>
    kind === 'text' ? escapeMarkdown(text, LONGEST) : toFencedBlock(showControlCharacters(text), ''),
  );
  // Behind a fence it would keep the block open, down to the end of the document.
  const gap = parts.at(-1)?.kind === 'code' ? '\n\n' : ' ';
  const link = linkToDocumentation(findings);
  return `${blocks.join('\n\n')}${link === '' ? '' : `${gap}${link}`}`;
}

/** `([Amazon's documentation](…))` when all findings name the same page; nothing for a link that is no plain https URL. */
function linkToDocumentation(findings: readonly Pick<Finding, 'docs'>[]): string {
  const pages = new Set(findings.map(({ docs }) => docs));
  const [page] = pages;
  if (pages.size !== 1 || page === undefined || !/^https:\/\/[\w.-]+(?:\/[\w.~%/#?=&+-]*)?$/.test(page)) return '';
  return `([documentation](<${page}>))`;
}
