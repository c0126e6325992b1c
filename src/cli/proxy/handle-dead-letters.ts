import { z } from 'zod';
import type { DeadLetter, Redriven } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { checkWhich, filterSettings, readFilter, readIds } from './message-filter';
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
  if (options.settle) return settle(session, filter, readReason(options));
  return options.redrive ? redrive(session, filter, readReason(options)) : list(session, filter, options);
}

function checkSettle({ redrive: again }: Options, filter: Filter): void {
  if (again) throw new CliError('USAGE', '--settle and --redrive: which?', 'Redrive what the handler shall have.');
  checkWhich(filter, '--id, --order, --failure, --side, --type or --since');
}

async function settle({ admin, show }: Session, filter: Filter, reason: object): Promise<ExitCode> {
  const answer = await admin.post<{ settled: number }>('/api/dead-letters/settle', { filter, ...reason });
  show(answer, ({ settled }) => `${settled} dead letters are settled: nobody will deliver them.\n`);
  return exitCodes.done;
}

async function list({ admin, screen, show }: Session, filter: Filter, options: Options): Promise<ExitCode> {
  const limit = readNumber('limit', options.limit, 1000) ?? DEFAULT_LIMIT;
  const query = { ...filter, jobIds: filter.jobIds?.join(','), limit };
  const answer = await admin.get<{ deadLetters: readonly DeadLetter[] }>('/api/dead-letters', query);
  show(answer, ({ deadLetters }) => {
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

async function redrive({ admin, show }: Session, filter: Filter, reason: object): Promise<ExitCode> {
  const answer = await admin.post<Redriven>('/api/dead-letters/redrive', { filter, ...reason });
  const { redriven, left } = answer;
  show(
    answer,
    () =>
      `${redriven} dead letters are queued, to be delivered again${left > 0 ? `; ${left} are left: run it again` : ''}.\n` +
      'Whether the handler takes them now: proxy status, and proxy dead-letters for those that it does not.\n',
  );
  return left > 0 ? exitCodes.unreachable : exitCodes.done;
}
