import { z } from 'zod';
import type { Quarantined } from '../../proxy/operate/api';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { checkWhich, filterSettings, readIds } from './message-filter';
import { changeSettings, commonSettings, openSession, readNumber, readReason, readTime, type Session } from './session';
import { renderTable, showTime } from './table';

const { id, since, until } = filterSettings.shape;
const settings = commonSettings.extend({
  ...changeSettings.shape,
  ...{ id, since, until },
  because: z.string().optional(),
  settle: z.boolean().default(false),
  limit: z.string().optional(),
  'exit-code': z.boolean().default(false),
});
type Options = z.infer<typeof settings>;

const DEFAULT_LIMIT = 50;
const TOPIC_ADVICE =
  'A topic of yours goes into receive.topics, and the next start checks its messages again; anyone can have one of their own.\n';

const readFilter = (options: Options) => ({
  inboxIds: readIds(options.id, 'message', 'They stand in the column ID.'),
  reason: options.because,
  since: readTime('since', options.since, Date.now()),
  until: readTime('until', options.until, Date.now()),
});
type Filter = ReturnType<typeof readFilter>;

/** `proxy quarantine`: lists what was kept and given to nobody; `--settle` says that somebody has looked at it. */
export async function handleQuarantine(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const filter = readFilter(options);
  if (options.settle) checkWhich(filter, '--id, --because, --since or --until');
  const session = openSession(options, streams);
  return options.settle ? settle(session, filter, readReason(options)) : list(session, filter, options);
}

async function list({ admin, screen, show }: Session, filter: Filter, options: Options): Promise<ExitCode> {
  const limit = readNumber('limit', options.limit, 1000) ?? DEFAULT_LIMIT;
  const query = { ...filter, inboxIds: filter.inboxIds?.join(','), limit };
  const answer = await admin.get<{ quarantined: readonly Quarantined[] }>('/api/quarantine', query);
  show(answer, ({ quarantined }) => {
    if (quarantined.length === 0) return 'Nothing is kept aside.\n';
    const table = renderTable(
      [
        { title: 'ID', value: (row) => row.id, isNumber: true },
        { title: 'CAME', value: ({ receivedAt }) => showTime(receivedAt) },
        { title: 'TIMES', value: ({ seen }) => seen, isNumber: true },
        { title: 'BECAUSE', value: ({ reason }) => reason },
        { title: 'TOPIC', value: ({ reason, topic }) => (reason === 'topic' ? topic : null) },
        { title: 'SIGNATURE', value: ({ verdict }) => verdict },
        { title: 'KIND', value: ({ kind }) => kind },
        { title: 'TYPE', value: ({ notificationType }) => notificationType },
        { title: 'BYTES', value: ({ bytes }) => bytes, isNumber: true },
      ],
      quarantined,
      screen,
    );
    const more = quarantined.length === limit ? `The last ${limit}; --limit shows more.\n` : '';
    const isOfTopic = quarantined.some(({ reason }) => reason === 'topic');
    return `${table}${more}${isOfTopic ? TOPIC_ADVICE : ''}Its bytes: the dashboard, Messages. When somebody has looked: --settle --id ID --by NAME --reason TEXT.\n`;
  });
  return options['exit-code'] && answer.quarantined.length > 0 ? exitCodes.findings : exitCodes.done;
}

async function settle({ admin, show }: Session, filter: Filter, reason: object): Promise<ExitCode> {
  const answer = await admin.post<{ settled: number }>('/api/quarantine/settle', { filter, ...reason });
  show(answer, ({ settled }) => `${settled} settled. They are kept for as long as other messages.\n`);
  return exitCodes.done;
}
