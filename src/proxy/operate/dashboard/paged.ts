import { element } from './element.js';

const PAGE_ROWS = 500;

/** Shows a list page by page below one another: `load` gets what to start before, `draw` makes the table of all rows so far. */
export async function showPaged<Row>(
  place: HTMLElement,
  load: (before: number | null, limit: number) => Promise<readonly Row[]>,
  idOf: (row: Row) => number,
  draw: (rows: readonly Row[]) => HTMLElement,
): Promise<void> {
  const rows: Row[] = [];
  const holder = element('div');
  const more = element('button', { click: () => void addPage() }, `Show ${PAGE_ROWS} more`);
  const addPage = async (): Promise<void> => {
    more.disabled = true;
    const last = rows.at(-1);
    const page = await load(last === undefined ? null : idOf(last), PAGE_ROWS);
    rows.push(...page);
    holder.replaceChildren(draw(rows));
    more.disabled = false;
    more.hidden = page.length < PAGE_ROWS;
  };
  await addPage();
  place.append(holder, element('p', {}, more));
}

/** The part of an address that says what a list shows. */
export const queryOf = (values: Readonly<Record<string, string | number | null | undefined>>): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([key, value]) =>
      value === null || value === undefined || value === '' ? [] : [[key, String(value)]],
    ),
  ).toString();

/** A search field and a choice above a list; `run` gets what was entered. */
export function filterForm(
  choices: readonly (readonly [value: string, title: string])[],
  run: (id: string, show: string) => Promise<void>,
): HTMLElement {
  const id = element('input', { type: 'search', name: 'id', placeholder: 'P01-…' });
  const show = element(
    'select',
    { name: 'show' },
    ...choices.map(([value, title]) => element('option', { value }, title)),
  );
  const submit = (event: Event): void => {
    event.preventDefault();
    void run(id.value.trim(), show.value);
  };
  show.addEventListener('change', submit);
  return element(
    'form',
    { class: 'filter', role: 'search', submit },
    element('label', {}, 'Order, object or message', id),
    ...(choices.length === 0 ? [] : [element('label', {}, 'Show', show)]),
    element('button', {}, 'Search'),
  );
}
