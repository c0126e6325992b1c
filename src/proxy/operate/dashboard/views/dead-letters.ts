import type { DeadLetter, Redriven } from '../../api';
import { askWhoAndWhy } from '../mode.js';
import { element, orderLink, tableList, time, type Column } from '../element.js';
import { queryOf, showPaged } from '../paged.js';
import { get, post } from '../request.js';

const columns: readonly Column<DeadLetter>[] = [
  { title: 'Given up', isNarrow: true, cell: (row) => time(row.endedAt) },
  { title: 'Work', isNarrow: true, cell: (row) => row.kind },
  { title: 'Message', isNarrow: true, cell: (row) => row.inboxId ?? '–' },
  { title: 'Order', cell: (row) => orderLink(row.orderKey) },
  { title: 'Tries', isNarrow: true, cell: (row) => row.attempts },
  { title: 'Why', cell: (row) => row.reason ?? '' },
  {
    title: '',
    isNarrow: true,
    cell: (row) =>
      element(
        'span',
        {},
        element('button', { click: () => redrive([row.jobId]) }, 'Again…'),
        ' ',
        element('button', { click: () => settle(row) }, 'Settle…'),
      ),
  },
];

/** Work that was given up: each waits for a person. */
export async function showDeadLetters(place: HTMLElement): Promise<void> {
  const list = element('div');
  await showPaged<DeadLetter>(
    list,
    tableList((rows) => (rows === 0 ? 'There are none.' : `${rows} dead letters, the newest first`), columns),
    async (before, limit) =>
      (await get<{ deadLetters: readonly DeadLetter[] }>(`/api/dead-letters?${queryOf({ before, limit })}`))
        .deadLetters,
    ({ jobId }) => jobId,
  );
  place.append(
    element('h2', {}, 'Dead letters'),
    element('p', {}, element('button', { click: () => redrive(null) }, 'All of them again…')),
    list,
  );
}

/** `null`: all of them. */
function redrive(jobIds: readonly number[] | null): void {
  askWhoAndWhy(
    jobIds === null ? 'Begin all dead letters again' : 'Begin it again',
    'It is tried as if it were new, with the same Idempotency-Key. See first that the cause is gone.',
    'Begin again',
    async (who, why) => {
      const filter = jobIds === null ? {} : { jobIds };
      const { redriven, left } = await post<Redriven>('/api/dead-letters/redrive', { filter, who, why });
      return `${redriven} are queued, to be tried again; ${left} are left.`;
    },
  );
}

function settle({ jobId, kind, inboxId }: DeadLetter): void {
  askWhoAndWhy(
    `Settle dead letter ${jobId}`,
    `${kind} of message ${inboxId ?? '–'} will never be done: the shop has what it told, or must not have it.`,
    'Settle',
    async (who, why) => {
      await post('/api/dead-letters/settle', { filter: { jobIds: [jobId] }, who, why });
      return null;
    },
  );
}
