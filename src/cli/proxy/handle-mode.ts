import { z } from 'zod';
import type { AuditPage, ModeSwitched, OrderMoved, Status } from '../../proxy/operate/api';
import { toOneLine } from '../../report/plain-text';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { describeMoves, describeSwitch } from './describe-switch';
import { describeMode } from './handle-status';
import { readOrder } from './message-filter';
import { changeSettings, commonSettings, openSession, readNumber, readReason, readTime, type Session } from './session';
import { renderTable, showTime } from './table';

const settings = commonSettings.extend({
  ...changeSettings.shape,
  to: z.enum(['observe', 'shadow', 'parallel', 'cutover', 'rollback']).optional(),
  share: z.string().optional(),
  since: z.string().optional(),
  order: z.string().optional(),
  side: z.enum(['legacy', 'migrated']).optional(),
  force: z.boolean().default(false),
});
type Options = z.infer<typeof settings>;

/** `proxy mode`: shows who counts, and how it came to that; with a mode, switches; with `--order`, moves that one. */
export async function handleMode(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  if ((options.order ?? options.side) !== undefined) return moveOrder(options, streams);
  if (options.to === undefined && (options.share ?? options.since ?? options.by ?? options.reason) !== undefined)
    throw new CliError(
      'USAGE',
      'Which mode?',
      'proxy mode observe|shadow|parallel|cutover|rollback --by NAME --reason TEXT',
    );
  const session = openSession(options, streams);
  return options.to === undefined ? showMode(session) : change(session, options.to, options);
}

const untilWhen = {
  legacy: 'It stays there, also when all others are cut over, until it is moved again.',
  migrated: 'It stays there until it is moved again, or a rollback takes all orders back.',
} as const;

async function moveOrder(options: Options, streams: Streams): Promise<ExitCode> {
  const { order, side, to, share } = options;
  if (order === undefined || side === undefined || (to ?? share) !== undefined)
    throw new CliError(
      'USAGE',
      'One order is moved by --order and --side, and nothing else.',
      'See: proxy mode --help',
    );
  const { admin, show } = openSession(options, streams);
  const orderKey = readOrder(order);
  const path = `/api/orders/${encodeURIComponent(orderKey)}/side`;
  const answer = await admin.post<OrderMoved>(path, { side, ...readReason(options) });
  show(answer, ({ isMoved }) =>
    isMoved
      ? `${toOneLine(orderKey)} is the ${side} handler's from now on. ${untilWhen[side]}\n`
      : `${toOneLine(orderKey)} is held with the ${side} handler already: nothing was changed.\n`,
  );
  return exitCodes.done;
}

const CHANGES = 20;

async function showMode({ admin, screen, show }: Session): Promise<ExitCode> {
  const status = await admin.get<Status>('/api/status');
  const { entries } = await admin.get<AuditPage>('/api/audit');
  const { mode, sharePercent, movedByHand } = status;
  const changes = entries.filter(({ action }) => action === 'mode').slice(0, CHANGES);
  show({ mode, sharePercent, movedByHand, changes }, () => {
    const now = `${screen.colours.bold(describeMode(status))}\n${describeMoves(status)}`;
    if (changes.length === 0) return `${now}It was never changed.\n`;
    const table = renderTable(
      [
        { title: 'WHEN', value: ({ at }) => showTime(at) },
        { title: 'TO', value: ({ detail }) => describeChange(detail).mode },
        { title: 'GATE', value: ({ detail }) => describeChange(detail).gate },
        { title: 'WHO', value: ({ who }) => who },
        { title: 'WHY', value: ({ why }) => why },
      ],
      changes,
      screen,
    );
    return `${now}\n${table}`;
  });
  return exitCodes.done;
}

/** What an entry of the audit says of a change of mode; the gate only where it was asked. */
function describeChange(detail: string): { readonly mode: string; readonly gate: string | null } {
  try {
    const change = JSON.parse(detail) as Status & { readonly gateMissing?: readonly string[] };
    const gate = change.gateMissing === undefined ? null : change.gateMissing.length === 0 ? 'open' : 'closed, forced';
    return { mode: describeMode(change), gate };
  } catch {
    return { mode: detail, gate: null };
  }
}

async function change({ admin, show }: Session, mode: string, options: Options): Promise<ExitCode> {
  const share = readNumber('share', options.share, { most: 100 });
  const since = readTime('since', options.since, Date.now());
  if (since !== undefined && mode !== 'cutover')
    throw new CliError('USAGE', '--since is for the gate, and only cutover has one.', 'See: proxy status --since');
  const status = await admin.post<ModeSwitched>('/api/mode', {
    mode,
    ...(share === undefined ? {} : { sharePercent: share }),
    ...(since === undefined ? {} : { since }),
    ...(options.force ? { force: true } : {}),
    ...readReason(options),
  });
  const { mode: to, sharePercent, change: changed, gateMissing, movedByHand, handMovesEnded, v2FromLegacy } = status;
  const answer = { mode: to, sharePercent, change: changed, gateMissing, movedByHand, handMovesEnded, v2FromLegacy };
  show(answer, () => describeSwitch(status));
  return exitCodes.done;
}
