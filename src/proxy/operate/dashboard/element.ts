import { visibleText } from './visible-text.js';

type Child = Node | string | number | null;
type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** Attributes that people read, or hear; the others are for the browser. */
const shown = new Set(['aria-label', 'title', 'placeholder']);

/**
 * Makes an element. Children are nodes or text: nothing that came from a message is ever read as HTML, and no character in it
 * that cannot be seen changes how the rest looks.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (typeof value === 'string') made.setAttribute(key, shown.has(key) ? visibleText(value) : value);
    else made.toggleAttribute(key, value);
  }
  for (const child of children)
    if (child !== null) made.append(child instanceof Node ? child : visibleText(String(child)));
  return made;
}

export interface Column<Row> {
  readonly title: string;
  readonly isNarrow?: boolean;
  readonly cell: (row: Row) => Child;
}

/** Something that rows are added to, those that were there stay as they are. */
export interface List<Row> {
  readonly node: HTMLElement;
  add(rows: readonly Row[]): void;
}

/** A table to which rows are added; its caption tells how many there are. Those out of sight are not laid out. */
export function tableList<Row>(captionOf: (rows: number) => string, columns: readonly Column<Row>[]): List<Row> {
  const narrow = ({ isNarrow }: Column<Row>): Attributes => (isNarrow === true ? { class: 'narrow' } : {});
  const caption = element('caption', {}, captionOf(0));
  const body = element('tbody');
  const head = columns.map((one) => element('th', { scope: 'col', ...narrow(one) }, one.title));
  const node = element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': captionOf(0) },
    element('table', {}, caption, element('thead', {}, element('tr', {}, ...head)), body),
  );
  const add = (rows: readonly Row[]): void => {
    body.append(
      ...rows.map((row) => element('tr', {}, ...columns.map((one) => element('td', narrow(one), one.cell(row))))),
    );
    caption.textContent = captionOf(body.rows.length);
    node.setAttribute('aria-label', caption.textContent);
  };
  return { node, add };
}

/** A table of all its rows. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLElement {
  const list = tableList(() => caption, columns);
  list.add(rows);
  return list.node;
}

export const tile = (title: string, figure: string | number, note = '', tone = ''): HTMLElement =>
  element(
    'div',
    { class: 'tile' },
    element('dt', {}, title),
    element('dd', { class: tone }, figure),
    element('small', {}, note),
  );

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
export const time = (at: number | null): HTMLElement =>
  at === null
    ? element('span', { class: 'quiet' }, '–')
    : element(
        'time',
        { datetime: new Date(at).toISOString(), title: new Date(at).toISOString() },
        dateFormat.format(at),
      );

const steps: readonly (readonly [milliseconds: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

export function duration(milliseconds: number): string {
  const step = steps.find(([length]) => milliseconds >= length);
  return step === undefined ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / step[0])} ${step[1]}`;
}

/** A word with a colour that says how good it is; the word alone says it too. */
export function verdict(word: string | null): HTMLElement {
  if (word === null) return element('span', { class: 'quiet' }, '–');
  const tone = /^(match|done|expected|verified|closed|ok)/.test(word)
    ? 'good'
    : /^(mismatch|both-failed|dead|refused|open|failed)/.test(word)
      ? 'bad'
      : 'warn';
  return element('span', { class: tone }, word);
}

export const orderLink = (orderKey: string | null): Child =>
  orderKey === null ? '–' : element('a', { href: `#/orders/${encodeURIComponent(orderKey)}` }, orderKey);
