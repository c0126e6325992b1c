import { CodeSheet, type ServerCode } from './code-sheet';

/** How a piece of code begins and ends; what is no code, or is shown as it stands, is skipped. */
interface Form {
  readonly open: RegExp;
  readonly close: string;
  readonly isCode: boolean;
  readonly openEnded?: true;
}

const forms: readonly Form[] = [
  { open: /\{\{--/y, close: '--}}', isCode: false },
  { open: /@verbatim\b/y, close: '@endverbatim', isCode: false },
  { open: /@\{\{/y, close: '}}', isCode: false },
  { open: /@\{!!/y, close: '!!}', isCode: false },
  { open: /<\?(?:php\b|=)/y, close: '?>', isCode: true, openEnded: true },
  { open: /@php\b(?!\s*\()/y, close: '@endphp', isCode: true },
  { open: /\{\{\{/y, close: '}}}', isCode: true },
  { open: /\{\{/y, close: '}}', isCode: true },
  { open: /\{!!/y, close: '!!}', isCode: true },
  // An attribute of a component: `:order="$order"`.
  { open: /:[\w.-]+="(?=[^"]*(?:\$|::))/y, close: '"', isCode: true },
];

const DIRECTIVE = /@(\w+)[ \t]*(?=\()/y;
/** Directives that are statements of PHP, or as long as one. */
const LOOPS: Readonly<Record<string, string>> = { foreach: 'foreach', forelse: 'foreach', for: 'for' };

function readDirective(sheet: CodeSheet, at: number, name: string, open: number): number {
  const close = sheet.closeOf(open);
  if (close === -1) return open + 1;
  const written = sheet.text.slice(open + 1, close);
  const injected = /^\s*['"](\w+)['"]\s*,\s*(?:['"]([\w\\]+)['"]|([\w\\]+)::class)/.exec(written);
  if (name === 'inject' && injected !== null) {
    sheet.typed.push({ name: injected[1] ?? '', type: (injected[2] ?? injected[3] ?? '').replace(/\\\\/g, '\\') });
    return close + 1;
  }
  sheet.keepStatement(open, close + 1);
  // What is asked, included or shown is an argument of something.
  const loop = LOOPS[name];
  sheet.put(loop === undefined ? open - 1 : at + 1, loop ?? '_');
  return close + 1;
}

/** Code of PHP in Blade: echoes, directives, blocks and attributes of components. */
export function readBlade(text: string): ServerCode {
  const sheet = new CodeSheet(text);
  const active = new Set(forms);
  const begins = /[{@<:]/g;
  for (let match = begins.exec(text); match !== null; match = begins.exec(text)) {
    const next = readForm(sheet, match.index, active) ?? readAt(sheet, match.index);
    if (next !== undefined) begins.lastIndex = next;
  }
  return sheet.toCode();
}

/** A form whose end is not to be found any more is taken out of the search. */
function readForm(sheet: CodeSheet, at: number, active: Set<Form>): number | undefined {
  for (const form of active) {
    form.open.lastIndex = at;
    const opened = form.open.exec(sheet.text)?.[0];
    if (opened === undefined) continue;
    const start = at + opened.length;
    const found = sheet.text.indexOf(form.close, start);
    if (found === -1 && form.openEnded !== true) {
      active.delete(form);
      continue;
    }
    const end = found === -1 ? sheet.text.length : found;
    if (form.isCode) sheet.keepStatement(start, end);
    return end + form.close.length;
  }
  return undefined;
}

function readAt(sheet: CodeSheet, at: number): number | undefined {
  DIRECTIVE.lastIndex = at;
  const match = /[\w@]/.test(sheet.text[at - 1] ?? '') ? null : DIRECTIVE.exec(sheet.text);
  return match?.[1] === undefined ? undefined : readDirective(sheet, at, match[1], at + match[0].length);
}
