import { z } from 'zod';
import { showControlCharacters } from '../../report/plain-text';
import type { LookedAgain, Quarantined, Status } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
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
  show: z.boolean().default(false),
  again: z.boolean().default(false),
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

/**
 * `proxy quarantine`: lists what was kept and given to nobody; `--show` shows one, `--again` takes what is known by now, `--settle`
 * says that somebody has looked at it.
 */
export async function handleQuarantine(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const filter = readFilter(options);
  const verbs = (['show', 'again', 'settle'] as const).filter((verb) => options[verb]);
  if (verbs.length > 1) throw new CliError('USAGE', `--${verbs.join(' and --')} are two commands.`, 'One at a time.');
  const [verb = 'list'] = verbs;
  if (verb === 'settle') checkWhich(filter, '--id, --because, --since or --until');
  return { list, show, again, settle }[verb](openSession(options, streams), filter, options, streams);
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
    return `${table}${more}${isOfTopic ? TOPIC_ADVICE : ''}One in full: --show --id ID. Once a newer version or the configuration knows them: --again; when somebody has looked: --settle, both with --by NAME --reason TEXT.\n`;
  });
  return options['exit-code'] && answer.quarantined.length > 0 ? exitCodes.findings : exitCodes.done;
}

/** As it came. Whoever pipes it gets the bytes; on a terminal no character of it does anything. */
async function show({ admin }: Session, { inboxIds }: Filter, _: Options, { stdout }: Streams): Promise<ExitCode> {
  const [id, ...others] = inboxIds ?? [];
  if (id === undefined || others.length > 0)
    throw new CliError('USAGE', '--show needs to know which one.', 'Add --id ID; it stands in the column ID.');
  const body = await admin.getText(`/api/messages/${id}/body`);
  stdout.write(stdout.isTTY === true ? `${showControlCharacters(body)}\n` : body);
  return exitCodes.done;
}

async function again({ admin, show: say }: Session, filter: Filter, options: Options): Promise<ExitCode> {
  const answer = await admin.post<LookedAgain>('/api/quarantine/again', { filter, ...readReason(options) });
  const { released, checking, unchanged } = answer;
  if (released + checking + unchanged === 0) throw refuseNothing(typedFilter(options), 'message that is kept aside');
  say(
    answer,
    () =>
      `${released} are understood now, and on their way to the handlers; ${checking} are being verified once more; ${unchanged} stay aside.\n`,
  );
  return exitCodes.done;
}

async function settle({ admin, show }: Session, filter: Filter, options: Options): Promise<ExitCode> {
  const request = { filter, ...readReason(options) };
  const answer = await admin.post<{ settled: number }>('/api/quarantine/settle', request);
  if (answer.settled === 0) throw refuseNothing(typedFilter(options), 'message that is kept aside');
  show(answer, ({ settled }) => `${settled} settled. They are kept for as long as other messages.\n`);
  return exitCodes.done;
}
