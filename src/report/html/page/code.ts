import { make } from './make';
import type { Place } from './places';

interface Line {
  /** `found`: the place itself, unchanged. */
  readonly kind: 'same' | 'found' | 'added' | 'removed' | 'gap';
  readonly number: string;
  readonly text: string;
}

/** The code of a place: its part of the diff of the file, or before and after, or as it is, with the numbers of its lines. */
export function drawCode(place: Place): HTMLElement {
  const lines = findHunk(place) ?? showBeforeAndAfter(place);
  const box = make('pre', 'code', ...lines.map(drawLine));
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', `Code, ${place.file.path} line ${place.line}`);
  return box;
}

const signs = { same: ' ', found: ' ', added: '+', removed: '−', gap: ' ' } as const;

function drawLine({ kind, number, text }: Line): HTMLElement {
  return make(
    'span',
    `line ${kind}`,
    make('span', 'number', number),
    make('span', 'sign', signs[kind]),
    make('span', 'text', text),
    '\n',
  );
}

function showBeforeAndAfter({ before, after, above, below, line }: Place): Line[] {
  const lines = (text: string | undefined, kind: Line['kind'], first: number): Line[] =>
    text === undefined || text === ''
      ? []
      : text
          .split('\n')
          .map((each, index) => ({ kind, number: kind === 'added' ? '' : String(first + index), text: each }));
  const count = (text: string | undefined): number => (text === undefined || text === '' ? 0 : text.split('\n').length);
  return [
    ...lines(above, 'same', line - count(above)),
    ...lines(before, after === undefined ? 'found' : 'removed', line),
    ...lines(after, 'added', 0),
    ...lines(below, 'same', line + count(before)),
  ];
}

const contextLines = 3;
const linesShown = 60;

/** The changes of the diff that touch the place, and some lines around them; undefined when none does. */
function findHunk({ file, line, endLine, after }: Place): Line[] | undefined {
  if (file.diff === undefined || after === undefined) return undefined;
  const lines: (Line & { readonly at: number })[] = [];
  let before = 0;
  for (const text of file.diff.split('\n')) {
    const header = /^@@ -(\d+)/.exec(text);
    if (header !== null) {
      before = Number(header[1]);
      lines.push({ kind: 'gap', number: '', text: '', at: before });
    } else if (before > 0 && /^[ +-]/.test(text)) {
      const kind = text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : 'same';
      lines.push({
        kind,
        number: kind === 'added' ? '' : String(before),
        text: text.slice(1),
        at: before,
      });
      if (kind !== 'added') before += 1;
    }
  }
  const isNear = ({ kind, at }: (typeof lines)[number]): boolean =>
    kind !== 'gap' && at >= line - contextLines && at <= endLine + contextLines;
  const near = lines.filter(isNear);
  const isTouched = near.some(({ kind, at }) => kind === 'removed' && at >= line && at <= endLine);
  return isTouched ? near.slice(0, linesShown) : undefined;
}
