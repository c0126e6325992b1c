import { z } from 'zod';
import type { Quarantined, Status } from '../../proxy/operate/api';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import {
  checkWhich,
  filterSettings,
  nothingFits,
  readIds,
  readPeriod,
  refuseNothing,
  typedFilter,
} from './message-filter';
import { changeSettings, commonSettings, openSession, readNumber, readReason, type Session } from './session';
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
  ...readPeriod(options),
});
type Filter = ReturnType<typeof readFilter>;

/** `proxy quarantine`: lists what was kept and given to nobody; `--settle` says that somebody has looked at it. */
export async function handleQuarantine(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const filter = readFilter(options);
  if (options.settle) checkWhich(filter, '--id, --because, --since or --until');
  const session = openSession(options, streams);
  return options.settle ? settle(session, filter, options) : list(session, filter, options);
}

async function list({ admin, screen, show }: Session, filter: Filter, options: Options): Promise<ExitCode> {
  const limit = readNumber('limit', options.limit, { most: 1000, form: 'count' }) ?? DEFAULT_LIMIT;
  const query = { ...filter, inboxIds: filter.inboxIds?.join(','), limit };
  const answer = await admin.get<{ quarantined: readonly Quarantined[] }>('/api/quarantine', query);
  const typed = typedFilter(options);
  const isUnfit = answer.quarantined.length === 0 && typed !== '';
  const all = isUnfit ? (await admin.get<Status>('/api/status')).quarantined : 0;
  show(answer, ({ quarantined }) => {
    if (isUnfit) return nothingFits(typed, 'message that is kept aside', `Kept aside in all: ${all}.`);
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

async function settle({ admin, show }: Session, filter: Filter, options: Options): Promise<ExitCode> {
  const request = { filter, ...readReason(options) };
  const answer = await admin.post<{ settled: number }>('/api/quarantine/settle', request);
  if (answer.settled === 0) throw refuseNothing(typedFilter(options), 'message that is kept aside');
  show(answer, ({ settled }) => `${settled} settled. They are kept for as long as other messages.\n`);
  return exitCodes.done;
}
