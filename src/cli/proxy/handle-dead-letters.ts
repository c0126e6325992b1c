import { z } from 'zod';
import type { DeadLetter, Redriven, Status } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import {
  checkWhich,
  filterSettings,
  nothingFits,
  readFilter,
  readIds,
  refuseNothing,
  typedFilter,
} from './message-filter';
import { changeSettings, commonSettings, openSession, readNumber, readReason, type Session } from './session';
import { renderTable, showTime } from './table';

const settings = commonSettings.extend({
  ...changeSettings.shape,
  redrive: z.boolean().default(false),
  settle: z.boolean().default(false),
  ...filterSettings.shape,
  failure: z.string().optional(),
  limit: z.string().optional(),
  'exit-code': z.boolean().default(false),
});
type Options = z.infer<typeof settings>;
type Filter = ReturnType<typeof readFilter> & {
  readonly jobIds: readonly number[] | undefined;
  readonly reason: string | undefined;
};

const DEFAULT_LIMIT = 50;

/** `proxy dead-letters`: lists what was given up; `--redrive` delivers it again, `--settle` says that nobody will. */
export async function handleDeadLetters(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const filter: Filter = {
    jobIds: readIds(options.id, 'dead letter', 'They stand in the column ID.'),
    reason: options.failure,
    ...readFilter(options),
  };
  if (options.settle) checkSettle(options, filter);
  const session = openSession(options, streams);
  const typed = typedFilter(options);
  if (options.settle) return settle(session, { filter, typed }, readReason(options));
  return options.redrive
    ? redrive(session, { filter, typed }, readReason(options))
    : list(session, { filter, typed }, options);
}

function checkSettle({ redrive: again }: Options, filter: Filter): void {
  if (again) throw new CliError('USAGE', '--settle and --redrive: which?', 'Redrive what the handler shall have.');
  checkWhich(filter, '--id, --order, --failure, --side, --type or --since');
}

interface Which {
  readonly filter: Filter;
  /** As it was typed. */
  readonly typed: string;
}

async function settle({ admin, show }: Session, { filter, typed }: Which, reason: object): Promise<ExitCode> {
  const answer = await admin.post<{ settled: number }>('/api/dead-letters/settle', { filter, ...reason });
  if (answer.settled === 0) throw refuseNothing(typed, 'dead letter');
  show(answer, ({ settled }) => `${settled} dead letters are settled: nobody will deliver them.\n`);
  return exitCodes.done;
}

async function list({ admin, screen, show }: Session, { filter, typed }: Which, options: Options): Promise<ExitCode> {
  const limit = readNumber('limit', options.limit, { most: 1000, form: 'count' }) ?? DEFAULT_LIMIT;
  const query = { ...filter, jobIds: filter.jobIds?.join(','), limit };
  const answer = await admin.get<{ deadLetters: readonly DeadLetter[] }>('/api/dead-letters', query);
  const isUnfit = answer.deadLetters.length === 0 && typed !== '';
  const all = isUnfit ? (await admin.get<Status>('/api/status')).deadLetters : 0;
  show(answer, ({ deadLetters }) => {
    if (isUnfit) return nothingFits(typed, 'dead letter', `Dead letters in all: ${all}.`);
    if (deadLetters.length === 0) return 'No dead letters.\n';
    const table = renderTable(
      [
        { title: 'ID', value: ({ jobId }) => jobId, isNumber: true },
        { title: 'HANDLER', value: ({ kind }) => kind.replace('deliver-', '') },
        { title: 'GIVEN UP', value: ({ endedAt }) => showTime(endedAt) },
        { title: 'FAILURE', value: ({ reason }) => reason },
        { title: 'TRIES', value: ({ attempts }) => attempts, isNumber: true },
        { title: 'TYPE', value: ({ notificationType }) => notificationType },
        { title: 'ORDER', value: ({ orderKey }) => orderKey },
      ],
      deadLetters,
      screen,
    );
    const more = deadLetters.length === limit ? `The last ${limit}; --limit shows more.\n` : '';
    return `${table}${more}When the handler is mended: --redrive --by NAME --reason TEXT, of all or by the same filter.\nWhat it must never have: --settle --id ID --by NAME --reason TEXT.\n`;
  });
  return options['exit-code'] && answer.deadLetters.length > 0 ? exitCodes.findings : exitCodes.done;
}

async function redrive({ admin, show }: Session, { filter, typed }: Which, reason: object): Promise<ExitCode> {
  const answer = await admin.post<Redriven>('/api/dead-letters/redrive', { filter, ...reason });
  const { redriven, left } = answer;
  if (redriven === 0 && typed !== '') throw refuseNothing(typed, 'dead letter');
  show(answer, () =>
    redriven === 0
      ? 'No dead letters: nothing was queued.\n'
      : `${redriven} dead letters are queued, to be delivered again${left > 0 ? `; ${left} are left: run it again` : ''}.\n` +
        'Whether the handler takes them now: proxy status, and proxy dead-letters for those that it does not.\n',
  );
  return left > 0 ? exitCodes.unreachable : exitCodes.done;
}
