import { z } from 'zod';
import type { DeadLetter, Redriven } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { changeSettings, commonSettings, openSession, readNumber, readReason, readTime, type Session } from './session';
import { renderTable, showTime } from './table';

const settings = commonSettings.extend({
  ...changeSettings.shape,
  redrive: z.boolean().default(false),
  id: z.array(z.string()).optional(),
  side: z.enum(['legacy', 'migrated']).optional(),
  order: z.string().optional(),
  type: z.string().optional(),
  failure: z.string().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  limit: z.string().optional(),
  'exit-code': z.boolean().default(false),
});
type Options = z.infer<typeof settings>;

const DEFAULT_LIMIT = 50;

function readFilter(options: Options): object {
  const now = Date.now();
  const jobIds = options.id?.map((id) => {
    if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
    throw new CliError('USAGE', `--id ${id} is no number of a dead letter.`, 'They stand in the column ID.');
  });
  return {
    jobIds,
    side: options.side,
    orderKey: options.order,
    notificationType: options.type,
    reason: options.failure,
    since: readTime('since', options.since, now),
    until: readTime('until', options.until, now),
  };
}

/** `proxy dead-letters`: lists what was given up; `--redrive` delivers it again. */
export async function handleDeadLetters(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const filter = readFilter(options);
  const session = openSession(options, streams);
  return options.redrive ? redrive(session, filter, readReason(options)) : list(session, filter, options);
}

async function list({ admin, screen, show }: Session, filter: object, options: Options): Promise<ExitCode> {
  const limit = readNumber('limit', options.limit, 1000) ?? DEFAULT_LIMIT;
  const { jobIds, ...query } = filter as Record<string, string | number | undefined> & { jobIds?: readonly number[] };
  const ids = jobIds === undefined ? {} : { jobIds: jobIds.join(',') };
  const answer = await admin.get<{ deadLetters: readonly DeadLetter[] }>('/api/dead-letters', {
    ...query,
    ...ids,
    limit,
  });
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
    return `${table}${more}When the handler is mended: --redrive --by NAME --reason TEXT, of all or by the same filter.\n`;
  });
  return options['exit-code'] && answer.deadLetters.length > 0 ? exitCodes.findings : exitCodes.done;
}

async function redrive({ admin, show }: Session, filter: object, reason: object): Promise<ExitCode> {
  const answer = await admin.post<Redriven>('/api/dead-letters/redrive', { filter, ...reason });
  const { redriven, left } = answer;
  show(
    answer,
    () => `${redriven} dead letters are delivered again${left > 0 ? `; ${left} are left: run it again` : ''}.\n`,
  );
  return left > 0 ? exitCodes.unreachable : exitCodes.done;
}
