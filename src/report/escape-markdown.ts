import { toOneLine } from './plain-text';

/**
 * Text for a Markdown paragraph, list item or table cell on one line. Findings quote merchant code and file names, so
 * everything that Markdown or HTML could read as markup is taken away from it, and `@name` must not notify anybody.
 */
export function escapeMarkdown(text: string, maxLength = 400): string {
  return toOneLine(text, maxLength)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!~$]/g, (character) => `\\${character}`)
    .replaceAll('|', '&#124;')
    .replaceAll('@', '@&#8203;')
    .replaceAll('://', ':&#8203;//');
}

/** Text as inline code. In a table use `toTableCode`. */
export function toInlineCode(text: string, maxLength = 200): string {
  const line = toOneLine(text, maxLength);
  if (line === '') return '';
  const fence = '`'.repeat(longestRunOfBackticks(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Text as code in a table cell. Tables are split at pipes before code is looked for, and `\\|` does not protect one. */
export function toTableCode(text: string, maxLength = 200): string {
  const line = toOneLine(text, maxLength);
  if (!line.includes('|')) return toInlineCode(line, maxLength);
  return `<code>${line.replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}

/** Text as a fenced block that no line of the text can close. */
export function toFencedBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
