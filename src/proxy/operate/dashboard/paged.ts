import { element, type List } from './element.js';

const PAGE_ROWS = 500;

/** Shows a list page by page below one another: `load` gets the id to start before. */
export async function showPaged<Row>(
  place: HTMLElement,
  list: List<Row>,
  load: (before: number | null, limit: number) => Promise<readonly Row[]>,
  idOf: (row: Row) => number,
): Promise<void> {
  let last: Row | undefined;
  const more = element('button', { click: () => void addPage() }, `Show ${PAGE_ROWS} more`);
  const addPage = async (): Promise<void> => {
    more.disabled = true;
    const page = await load(last === undefined ? null : idOf(last), PAGE_ROWS);
    last = page.at(-1) ?? last;
    list.add(page);
    more.disabled = false;
    more.hidden = page.length < PAGE_ROWS;
  };
  await addPage();
  place.append(list.node, element('p', {}, more));
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
  const id = element('input', {
    type: 'search',
    name: 'id',
    placeholder: 'P01-…',
    title: 'A whole order or message id is found anywhere; a part of one among the newest messages.',
  });
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
