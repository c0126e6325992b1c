import { z } from 'zod';
import type { Replayed, ReplayLine } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { filterSettings, nothingFits, readFilter, readIds, typedFilter } from './message-filter';
import { changeSettings, commonSettings, openSession, readNumber, readReason, type Session } from './session';
import { renderTable, showTime } from './table';

const settings = commonSettings.extend({
  ...changeSettings.shape,
  ...filterSettings.shape,
  'dry-run': z.boolean().default(false),
  confirm: z.boolean().default(false),
  rate: z.string().optional(),
  list: z.boolean().default(false),
  cancel: z.string().optional(),
});
type Options = z.infer<typeof settings>;

/** `proxy replay`: sends messages once more, after a look at what that would be. */
export async function handleReplay(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  if (options.list) return showReplays(openSession(options, streams));
  if (options.cancel !== undefined) return cancel(options.cancel, options, streams);
  const filter = whichMessages(options);
  // Before anything is asked for: a reason that is missing is found out at once.
  const reason = options['dry-run'] ? { who: 'dry run', why: 'dry run' } : readReason(options);
  const ratePerSecond = readNumber('rate', options.rate, { most: 1000, form: 'above-zero' });
  const session = openSession(options, streams);
  const request = {
    filter,
    confirm: options.confirm,
    ...reason,
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  };
  const answer = await session.admin.post<Replayed>('/api/replay', { ...request, dryRun: options['dry-run'] });
  session.show(answer, (replayed) => describe(replayed, typedFilter(options)));
  return exitCodes.done;
}

/** Never everything: which side is not enough. */
function whichMessages(options: Options): object {
  const inboxIds = readIds(options.id, 'message', 'The dashboard shows them, and /api/messages.');
  const filter = { inboxIds, ...readFilter(options) };
  if (Object.entries(filter).every(([name, value]) => name === 'side' || value === undefined))
    throw new CliError(
      'USAGE',
      'Which messages? Everything that ever came is never meant.',
      'Use --order, --type, --since, --until or --id, and look at it with --dry-run first.',
    );
  return filter;
}

function describe({ id, messages, deliveries, notNeeded, primaries }: Replayed, typed: string): string {
  if (messages === 0)
    return nothingFits(typed, 'message that was forwarded', 'Is the id, the type or the time right? Nothing was sent.');
  const needless =
    notNeeded === 0
      ? ''
      : `\n${notNeeded} more are not needed: the mode gives the message to the other handler, or its first delivery waits still`;
  const counts = `${messages} messages, ${deliveries} deliveries, of which ${primaries} count for the shop${needless}`;
  if (id !== null)
    return `Replay ${id} has begun: ${counts}.\nThey are queued at its rate, behind what came just now. How far it is: proxy replay --list\n`;
  const next =
    deliveries === 0
      ? 'Nothing to do.'
      : `To send it: the same with --by NAME --reason TEXT instead of --dry-run${primaries > 0 ? ', and --confirm, since it counts' : ''}.`;
  return `Nothing was sent. It would be ${counts}.\n${next}\n`;
}

async function showReplays({ admin, screen, show }: Session): Promise<ExitCode> {
  const answer = await admin.get<{ replays: readonly ReplayLine[] }>('/api/replays');
  show(answer, ({ replays }) =>
    replays.length === 0
      ? 'Nothing was ever replayed.\n'
      : renderTable(
          [
            { title: 'REPLAY', value: ({ id }) => id },
            { title: 'STATE', value: ({ state }) => state },
            { title: 'QUEUED', value: ({ replayed }) => replayed, isNumber: true },
            { title: 'NOT NEEDED', value: ({ skipped }) => skipped, isNumber: true },
            { title: 'BEGUN', value: ({ startedAt }) => showTime(startedAt) },
            { title: 'WHO', value: ({ who }) => who },
          ],
          replays,
          screen,
        ),
  );
  return exitCodes.done;
}

async function cancel(id: string, options: Options, streams: Streams): Promise<ExitCode> {
  if (!/^[0-9a-f]{16}$/.test(id))
    throw new CliError(
      'USAGE',
      `--cancel ${id} is no id of a replay.`,
      'See them: amazon-pay-migrate proxy replay --list',
    );
  const reason = readReason(options);
  const { admin, show } = openSession(options, streams);
  const answer = await admin.post<{ cancelled: string }>(`/api/replays/${id}/cancel`, reason);
  show(answer, () => `Replay ${id} has ended: it queues no more. What it had queued by then is still delivered.\n`);
  return exitCodes.done;
}
