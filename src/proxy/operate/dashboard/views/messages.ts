import type { MessageLine } from '../../../store/listings';
import type { Replayed } from '../../api';
import type { LookedAgain } from '../../api';
import { askWhoAndWhy, showText } from '../mode.js';
import { element, orderLink, tableList, time, verdict, type List } from '../element.js';
import { filterForm, queryOf, showPaged } from '../paged.js';
import { get, getText, post } from '../request.js';

const choices = [
  ['all', 'all'],
  ['aside', 'kept aside, or not verified'],
  ['v1', 'v1'],
  ['v2', 'v2'],
] as const;

/** Every message that arrived, and what became of it. */
export async function showMessages(place: HTMLElement): Promise<void> {
  const list = element('div');
  const run = async (id: string, show: string): Promise<void> => {
    list.replaceChildren();
    await showPaged<MessageLine>(
      list,
      messageTable(),
      async (before, limit) =>
        (await get<{ messages: readonly MessageLine[] }>(`/api/messages?${queryOf({ id, show, before, limit })}`))
          .messages,
      (row) => row.id,
    );
  };
  await run('', 'all');
  place.append(element('h2', {}, 'Messages'), filterForm(choices, run), list);
}

const messageTable = (): List<MessageLine> =>
  tableList(
    (rows) => `${rows} messages, the newest first`,
    [
      { title: 'Received', isNarrow: true, cell: (row) => time(row.received_at) },
      { title: 'Version', isNarrow: true, cell: (row) => `${row.kind}${row.is_sample === 1 ? ', sample' : ''}` },
      {
        title: 'About',
        cell: (row) => [row.notification_type, row.object_type].filter((one) => one !== null).join(' '),
      },
      { title: 'Object', cell: (row) => row.object_id ?? '–' },
      { title: 'Order', cell: (row) => orderLink(row.order_key) },
      { title: 'Signature', isNarrow: true, cell: (row) => verdict(row.verdict) },
      {
        title: 'Kept aside',
        cell: aside,
      },
      { title: 'Legacy', cell: (row) => verdict(row.legacy) },
      { title: 'Migrated', cell: (row) => verdict(row.migrated) },
      { title: 'Came', isNarrow: true, cell: (row) => `${row.seen_count}×` },
      { title: '', isNarrow: true, cell: actions },
    ],
  );

function aside({ quarantine, topic_arn: topic, settled_at: settledAt }: MessageLine): HTMLElement | string {
  if (quarantine === null) return '';
  // Which one it is decides what to do: a topic of the shop goes into the configuration.
  const because = quarantine === 'topic' ? `topic ${topic}` : quarantine;
  return settledAt === null ? element('span', { class: 'warn' }, because) : `${because}, settled`;
}

const actions = (row: MessageLine): HTMLElement =>
  element(
    'span',
    {},
    element('a', { href: `/api/messages/${row.id}/body`, download: `message-${row.id}.txt` }, 'Bytes'),
    ' ',
    element('button', { click: () => void show(row) }, 'Show…'),
    ' ',
    ...actionFor(row),
  );

/** In full, as it came. */
async function show({ id }: MessageLine): Promise<void> {
  const body = await getText(`/api/messages/${id}/body`).catch((error: unknown) => (error as Error).message);
  showText(`Message ${id}, as it came`, body);
}

/** What was kept aside reaches no handler, until more is known of it. */
function actionFor(row: MessageLine): readonly (HTMLElement | string)[] {
  if (row.quarantine === null) return [element('button', { click: () => replay(row) }, 'Replay…')];
  if (row.settled_at !== null) return [];
  return [
    element('button', { click: () => lookAgain(row) }, 'Try again…'),
    ' ',
    element('button', { click: () => settle(row) }, 'Settle…'),
  ];
}

function lookAgain({ id }: MessageLine): void {
  askWhoAndWhy(
    `Try message ${id} again`,
    'It is looked at with what this version and this configuration know. When it passes, the handlers get it.',
    'Try again',
    async (who, why) => {
      const answer = await post<LookedAgain>('/api/quarantine/again', { filter: { inboxIds: [id] }, who, why });
      if (answer.released > 0) return 'It is understood now, and on its way to the handlers.';
      return answer.checking > 0 ? 'Its signature is being checked.' : 'It stays aside: nothing more is known of it.';
    },
  );
}

function settle(row: MessageLine): void {
  askWhoAndWhy(
    `Settle message ${row.id}`,
    'Somebody has looked at it, and nothing more is to become of it. It is kept for as long as other messages.',
    'Settle',
    async (who, why) => {
      await post('/api/quarantine/settle', { filter: { inboxIds: [row.id] }, who, why });
      return null;
    },
  );
}

function replay(row: MessageLine): void {
  askWhoAndWhy(
    `Replay message ${row.id}`,
    'Both handlers get it again, as the mode of the moment says, with the same Idempotency-Key as before.',
    'Replay',
    async (who, why) => {
      const { deliveries } = await post<Replayed>('/api/replay', {
        filter: { inboxIds: [row.id] },
        dryRun: false,
        confirm: true,
        who,
        why,
      });
      return `${deliveries} deliveries are on their way.`;
    },
  );
}
