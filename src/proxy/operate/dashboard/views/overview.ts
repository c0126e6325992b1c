import type { Evidence, Status } from '../../api';
import { duration, element, table, tile, time, verdict } from '../element.js';
import { get } from '../request.js';
import { sinceForm } from '../since.js';

const count = (status: Status, kind: string): number =>
  status.messages.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.count, 0);

/** The status, and of it what is counted from a time on: the agreement and the gate. */
async function readStatus(since: string | undefined): Promise<Status> {
  const status = await get<Status>('/api/status');
  if (since === undefined) return status;
  const { orders, gate, reservations } = await get<Evidence>(`/api/evidence?since=${since}`);
  return { ...status, orders, gate, reservations };
}

/** Flow, lag, agreement, and what is missing for the cutover. */
export async function showOverview(place: HTMLElement, since?: string): Promise<void> {
  const status = await readStatus(since);
  const { compared, agreeing } = status.orders;
  const repeated = status.messages.reduce((sum, one) => sum + one.seen - one.count, 0);
  const lag = Math.max(0, ...status.openJobs.map(({ oldestMs }) => oldestMs));
  place.append(
    ...warningsOf(status),
    element(
      'dl',
      { class: 'tiles' },
      tile(
        'Messages',
        count(status, 'v1') + count(status, 'v2'),
        `v1 ${count(status, 'v1')}, v2 ${count(status, 'v2')}, ${repeated} came again`,
      ),
      tile(
        'Orders compared',
        compared,
        `${compared === 0 ? 'none yet' : `${((100 * agreeing) / compared).toFixed(2)} % agree`}${since === undefined ? '' : ', from then on'}`,
      ),
      tile('Open differences', status.openMismatches, '', status.openMismatches > 0 ? 'bad' : 'good'),
      tile('Waiting longest', duration(lag), 'of the work that is due', lag > 60_000 ? 'warn' : ''),
      tile('Dead letters', status.deadLetters, '', status.deadLetters > 0 ? 'bad' : ''),
      tile(
        'Kept aside',
        status.quarantined + status.pendingVerification,
        `${status.pendingVerification} to be verified`,
        status.quarantined > 0 ? 'warn' : '',
      ),
    ),
    element('h3', {}, status.gate.isOpen ? 'Ready for the cutover' : 'What is missing for the cutover'),
    sinceForm(),
    since === undefined ? '' : element('p', {}, 'Counted from ', time(Number(since)), ' on.'),
    table(
      'The evidence, and how much of it the configuration wants',
      [
        { title: 'Measure', cell: ({ name }) => name },
        { title: 'Found', isNarrow: true, cell: ({ found }) => found },
        { title: 'Wanted', isNarrow: true, cell: ({ wanted }) => wanted },
        {
          title: 'Met',
          isNarrow: true,
          cell: ({ isMet }) => element('span', { class: isMet ? 'good' : 'bad' }, isMet ? 'yes' : 'no'),
        },
      ],
      status.gate.figures,
    ),
    ...reservationsOf(status),
    element('h3', {}, 'Handlers'),
    table(
      'What waits for each handler',
      [
        { title: 'Handler', cell: ({ side }) => side },
        { title: 'Breaker', cell: ({ breaker }) => verdict(breaker) },
        { title: 'Waiting', isNarrow: true, cell: ({ waiting }) => waiting },
        { title: 'Oldest', isNarrow: true, cell: ({ oldestMs }) => duration(oldestMs) },
      ],
      status.targets,
    ),
    element('h3', {}, 'Work'),
    table(
      'What is to be done, of every kind',
      [
        { title: 'Kind', cell: ({ kind }) => kind },
        { title: 'Open', isNarrow: true, cell: (row) => row.count },
        { title: 'Oldest that is due', isNarrow: true, cell: ({ oldestMs }) => duration(oldestMs) },
      ],
      status.openJobs,
    ),
    element('p', { class: 'quiet' }, 'Last message: ', time(status.lastReceivedAt), ' · Store: ', storeOf(status)),
  );
}

const storeOf = ({ store }: Status): string =>
  Object.entries(store)
    .map(([name, content]) => `${name} ${content}`)
    .join(', ');

function reservationsOf({ reservations }: Status): readonly HTMLElement[] {
  if (reservations.length === 0) return [];
  return [
    element('h3', { class: 'warn' }, 'What the gate is worth'),
    element('ul', {}, ...reservations.map(({ text }) => element('li', {}, text))),
  ];
}

function warningsOf({ warnings }: Status): readonly HTMLElement[] {
  if (warnings.length === 0) return [];
  return [
    element(
      'section',
      { class: 'panel', 'aria-label': 'Warnings' },
      element('h3', { class: 'warn' }, 'Look at this first'),
      element('ul', {}, ...warnings.map((warning) => element('li', {}, warning))),
    ),
  ];
}
