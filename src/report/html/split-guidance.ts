/** A paragraph of what to do, or code to write. */
export interface GuidancePart {
  readonly kind: 'text' | 'code';
  readonly text: string;
}

const INDENT = /^ {4}/;

/** Tells the code in a guidance from its text: each line of it begins with four spaces. */
export function splitGuidance(guidance: string): readonly GuidancePart[] {
  const parts: GuidancePart[] = [];
  for (const paragraph of guidance.split(/\n{2,}/)) {
    const lines = paragraph.split('\n');
    const last = parts[parts.length - 1];
    if (!lines.every((line) => INDENT.test(line))) {
      if (paragraph.trim() !== '') parts.push({ kind: 'text', text: paragraph.trim() });
      continue;
    }
    const text = lines.map((line) => line.replace(INDENT, '')).join('\n');
    // Code may have blank lines.
    if (last?.kind === 'code') parts[parts.length - 1] = { kind: 'code', text: `${last.text}\n\n${text}` };
    else parts.push({ kind: 'code', text });
  }
  return parts;
}

/** What a guidance says besides its code; dots stand where there is some. */
export const proseOf = (guidance: string): string =>
  splitGuidance(guidance)
    .map(({ kind, text }) => (kind === 'text' ? text : '…'))
    .join(' ')
    .replace(/^… | …$/g, '');
