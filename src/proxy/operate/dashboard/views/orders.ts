import type { OrderLine } from '../../../store/listings';
import type { OrderHistory } from '../../../store/order-history';
import { element, orderLink, tableList, time, verdict, type Column } from '../element.js';
import { filterForm, queryOf, showPaged } from '../paged.js';
import { get } from '../request.js';

type Fields = Readonly<Record<string, unknown>>;

const columns: readonly Column<OrderLine>[] = [
  { title: 'Order', cell: (row) => orderLink(row.order_key) },
  { title: 'Messages', isNarrow: true, cell: (row) => row.messages },
  { title: 'Last', isNarrow: true, cell: (row) => time(row.last_received_at) },
  { title: 'Handled by', isNarrow: true, cell: (row) => row.side ?? 'as the mode says' },
  { title: 'Last comparison', isNarrow: true, cell: (row) => verdict(row.verdict) },
];

/** Orders by their last message. */
export async function showOrders(place: HTMLElement): Promise<void> {
  const list = element('div');
  const run = async (id: string): Promise<void> => {
    list.replaceChildren();
    await showPaged<OrderLine>(
      list,
      tableList((rows) => `${rows} orders, the last one heard of first`, columns),
      async (before, limit) =>
        (await get<{ orders: readonly OrderLine[] }>(`/api/orders?${queryOf({ id, before, limit })}`)).orders,
      (row) => row.last_id,
    );
  };
  await run('');
  place.append(element('h2', {}, 'Orders'), filterForm([], run), list);
}

interface Entry {
  readonly at: number;
  readonly what: HTMLElement;
}

/** One order's whole history, and how each side left it. */
export async function showOrder(place: HTMLElement, orderKey = ''): Promise<void> {
  const history = await get<OrderHistory>(`/api/orders/${encodeURIComponent(orderKey)}`);
  const entries = [...messages(history), ...attempts(history), ...versions(history), ...comparisons(history)];
  entries.sort((a, b) => a.at - b.at);
  place.append(
    element('h2', {}, `Order ${history.orderKey}`),
    element('p', { class: 'quiet' }, sideOf(history)),
    element('h3', {}, 'How each side left it'),
    outcomes(history),
    element('h3', {}, 'What happened'),
    element('ol', { class: 'timeline' }, ...entries.map(({ at, what }) => element('li', {}, time(at), what))),
  );
}

const sideOf = ({ side }: OrderHistory): string =>
  side === null
    ? 'Handled as the mode says.'
    : `Stays with the ${String(side['side'])} handler: ${side['why'] === 'forced' ? 'moved there by hand' : String(side['why'])}.`;

function outcomes({ outcomes: rows }: OrderHistory): HTMLElement {
  if (rows.length === 0) return element('p', { class: 'quiet' }, 'Nothing is known yet.');
  return element(
    'div',
    { class: 'side-by-side' },
    ...rows.map((row) =>
      element(
        'section',
        { class: 'panel' },
        element('h4', {}, `${String(row['side'])} (${String(row['source'])})`),
        element('pre', {}, pretty(row['canonical'])),
        time(Number(row['sampled_at'])),
      ),
    ),
  );
}

const messages = ({ messages: rows }: OrderHistory): readonly Entry[] =>
  rows.map((row) => ({
    at: Number(row['received_at']),
    what: element(
      'span',
      {},
      `${String(row['kind'])} message ${String(row['id'])}: ${words(row, ['notification_type', 'object_type', 'object_id'])} `,
      verdict(String(row['verdict'])),
      Number(row['seen_count']) > 1 ? ` came ${String(row['seen_count'])} times` : '',
    ),
  }));

const attempts = ({ jobs }: OrderHistory): readonly Entry[] =>
  jobs.flatMap((job) => {
    const tries = job.attempts_made.map((attempt) => ({
      at: Number(attempt['started_at']),
      what: element(
        'span',
        {},
        `${String(job['kind'])} of message ${String(job['inbox_id'] ?? '–')}, try ${String(attempt['number'])}: ` +
          words(attempt, ['as_what', 'status', 'failure', 'detail']),
      ),
    }));
    if (job['ended_at'] === null || job['kind'] === 'truth' || job['kind'] === 'compare') return tries;
    const end = element(
      'span',
      {},
      `${String(job['kind'])} of message ${String(job['inbox_id'] ?? '–')}: `,
      verdict(`${String(job['state'])}`),
      ` ${String(job['reason'] ?? '')}`,
    );
    return [...tries, { at: Number(job['ended_at']), what: end }];
  });

const versions = ({ versions: rows }: OrderHistory): readonly Entry[] =>
  rows.map((row) => ({
    at: Number(row['fetched_at']),
    what: element(
      'details',
      {},
      element(
        'summary',
        {},
        `Amazon: ${String(row['object_id'])} is in version ${String(row['version'])} (${String(row['caused_by'])})`,
      ),
      element('pre', {}, pretty(row['canonical'])),
    ),
  }));

const comparisons = ({ comparisons: rows }: OrderHistory): readonly Entry[] =>
  rows.map((row) => ({
    at: Number(row['closed_at']),
    what: element(
      'details',
      {},
      element('summary', {}, 'Compared: ', verdict(String(row['verdict'])), ` ${String(row['at_fault'] ?? '')}`),
      element('pre', {}, pretty(row['differences'])),
    ),
  }));

const words = (row: Fields, names: readonly string[]): string =>
  names
    .map((name) => row[name])
    .filter((value) => value !== null && value !== undefined)
    .join(' ');

function pretty(json: unknown): string {
  try {
    return JSON.stringify(JSON.parse(String(json)), null, 2);
  } catch {
    return String(json);
  }
}
