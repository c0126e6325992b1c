const FORMS: readonly { readonly open: string; readonly close: string }[] = [
  { open: '<!--', close: '-->' },
  { open: '/*', close: '*/' },
  { open: '{#', close: '#}' },
  { open: '<%--', close: '--%>' },
  { open: '{{!--', close: '--}}' },
  { open: '@*', close: '*@' },
  { open: '{*', close: '*}' },
  { open: '<%#', close: '%>' },
  { open: '{% comment %}', close: '{% endcomment %}' },
];
const OPENERS = /<!--|\/\*|\{#(?=\s)|<%--|\{\{!--|@\*|\{\*|<%#|\{% comment %\}|\/\//g;
/** `//` after a quote or colon belongs to a URL. */
const IN_URL = /[:\w"'(=]/;

/**
 * The text with comments of HTML, of scripts and of template languages blanked, as long as before. An opening mark without
 * its end is none. It is for code that no parser reads, so that what is commented out there is not taken for code.
 */
export function maskComments(text: string): string {
  const unclosed = new Set<string>();
  let result = '';
  let from = 0;
  OPENERS.lastIndex = 0;
  for (let match = OPENERS.exec(text); match !== null; match = OPENERS.exec(text)) {
    const [open] = match;
    const end = endOf(text, match.index, open, unclosed);
    if (end === undefined) continue;
    result += text.slice(from, match.index) + text.slice(match.index, end).replace(/[^\n]/g, ' ');
    from = end;
    OPENERS.lastIndex = end;
  }
  return result + text.slice(from);
}

function endOf(text: string, start: number, open: string, unclosed: Set<string>): number | undefined {
  if (open === '//') {
    if (IN_URL.test(text[start - 1] ?? '')) return undefined;
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  }
  const close = FORMS.find((form) => form.open === open)?.close ?? '';
  if (unclosed.has(open)) return undefined;
  const at = text.indexOf(close, start + open.length);
  if (at !== -1) return at + close.length;
  unclosed.add(open);
  return undefined;
}
