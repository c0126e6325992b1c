import type { Divergence, DivergenceGroup } from '../../api';
import { askWhoAndWhy } from '../mode.js';
import { element, orderLink, table, time, verdict, type List } from '../element.js';
import { queryOf, showPaged } from '../paged.js';
import { get, post } from '../request.js';

/** Where the sides disagree: in groups of the same difference, and each one side by side. */
export async function showDifferences(place: HTMLElement): Promise<void> {
  const { groups } = await get<{ groups: readonly DivergenceGroup[] }>('/api/divergences/groups');
  const list = element('div');
  let signature = '';
  const onlyOpen = element('input', { type: 'checkbox', checked: true, change: () => void run() });
  const run = async (): Promise<void> => {
    list.replaceChildren();
    await showPaged<Divergence>(
      list,
      divergenceList(),
      async (before, limit) => {
        const query = queryOf({ before, limit, signature, open: onlyOpen.checked ? 1 : null });
        return (await get<{ divergences: readonly Divergence[] }>(`/api/divergences?${query}`)).divergences;
      },
      ({ id }) => id,
    );
  };
  const choose = (chosen: string) => () => {
    signature = chosen;
    void run();
  };
  await run();
  place.append(
    element('h2', {}, 'Differences'),
    table(
      'The same difference, once',
      [
        { title: 'Difference', cell: (row) => element('button', { click: choose(row.signature) }, row.signature) },
        { title: 'Orders', isNarrow: true, cell: (row) => row.orders },
        { title: 'Open', isNarrow: true, cell: (row) => row.open },
        { title: 'First', isNarrow: true, cell: (row) => time(row.first_at) },
        { title: 'Last', isNarrow: true, cell: (row) => time(row.last_at) },
      ],
      groups,
    ),
    element(
      'form',
      { class: 'filter', submit: (event) => event.preventDefault() },
      element('label', { class: 'inline' }, onlyOpen, 'Only those that nobody has resolved'),
      element('button', { type: 'button', click: choose('') }, 'All of them'),
    ),
    list,
  );
}

function divergenceList(): List<Divergence> {
  const count = element('p', { class: 'quiet' });
  const node = element('div', {}, count);
  const add = (rows: readonly Divergence[]): void => {
    node.append(...rows.map(drawDivergence));
    count.textContent = `${node.children.length - 1} comparisons, the newest first`;
  };
  return { node, add };
}

const drawDivergence = (row: Divergence): HTMLElement =>
  element(
    'section',
    { class: 'panel' },
    element(
      'p',
      {},
      orderLink(row.order_key),
      ' ',
      verdict(row.verdict),
      row.at_fault === null ? '' : `, at fault: ${row.at_fault}`,
      row.rule_id === null ? '' : `, by rule ${row.rule_id}`,
      ' ',
      time(row.closed_at),
    ),
    row.differences.length === 0 ? element('p', {}, row.signature ?? '') : fields(row),
    resolution(row),
  );

const fields = ({ differences }: Divergence): HTMLElement =>
  table(
    'Field by field',
    [
      { title: 'Field', isNarrow: true, cell: ({ field }) => field },
      { title: 'Legacy', cell: ({ legacy }) => legacy ?? '–' },
      { title: 'Migrated', cell: ({ migrated }) => migrated ?? '–' },
      { title: 'Amazon', cell: ({ amazon }) => amazon ?? '–' },
    ],
    differences,
  );

/** What waits for a person can be resolved. */
function resolution(row: Divergence): HTMLElement | string {
  if (row.resolved_at !== null)
    return element('p', { class: 'quiet' }, `Resolved by ${row.resolved_by ?? ''}: ${row.resolution ?? ''}`);
  return row.isOpen ? element('p', {}, element('button', { click: () => resolve(row) }, 'Resolve…')) : '';
}

function resolve({ id, order_key: orderKey }: Divergence): void {
  askWhoAndWhy(
    `Resolve the difference of ${orderKey}`,
    'Say what it was and what was done. It no longer counts as open; it stays in the evidence.',
    'Resolve',
    async (who, why) => {
      await post(`/api/divergences/${id}/resolve`, { who, why });
      return null;
    },
  );
}
