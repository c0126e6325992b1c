import { z } from 'zod';
import { toOneLine } from '../../report/plain-text';
import type { Divergence, DivergenceGroup, Status } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { nothingFits, typedFilter } from './message-filter';
import { changeSettings, commonSettings, openSession, readNumber, readReason, type Session } from './session';
import { renderTable, showTime, type Screen } from './table';

const settings = commonSettings.extend({
  ...changeSettings.shape,
  all: z.boolean().default(false),
  groups: z.boolean().default(false),
  group: z.string().optional(),
  limit: z.string().optional(),
  settle: z.string().optional(),
  'exit-code': z.boolean().default(false),
});
type Options = z.infer<typeof settings>;

const DEFAULT_LIMIT = 20;

/** `proxy divergences`: where the sides disagree, side by side with Amazon. */
export async function handleDivergences(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const session = openSession(options, streams);
  if (options.settle !== undefined) return settle(session, options.settle, options);
  return options.groups ? showGroups(session, options) : showEach(session, options);
}

async function showEach({ admin, screen, show }: Session, options: Options): Promise<ExitCode> {
  const limit = readNumber('limit', options.limit, { most: 1000, form: 'count' }) ?? DEFAULT_LIMIT;
  const answer = await admin.get<{ divergences: readonly Divergence[] }>('/api/divergences', {
    limit,
    signature: options.group,
    open: options.all ? undefined : 1,
  });
  const { divergences } = answer;
  const typed = typedFilter({ group: options.group });
  const isUnfit = divergences.length === 0 && typed !== '';
  const all = isUnfit ? (await admin.get<Status>('/api/status')).openMismatches : 0;
  show(answer, () => {
    if (isUnfit) {
      const what = options.all ? 'difference' : 'open difference';
      return nothingFits(
        typed,
        what,
        `Open in all: ${all}. --groups names each kind; --all shows those that are settled.`,
      );
    }
    if (divergences.length === 0) return options.all ? 'The sides never differed.\n' : 'No open differences.\n';
    const more =
      divergences.length === limit ? `The last ${limit}; --limit shows more, --groups each kind once.\n` : '';
    return `${divergences.map((one) => renderDivergence(one, screen)).join('\n')}\n${more}`;
  });
  return endOf(options, divergences.filter(({ isOpen }) => isOpen).length);
}

const endOf = (options: Options, open: number): ExitCode =>
  options['exit-code'] && open > 0 ? exitCodes.findings : exitCodes.done;

function renderDivergence(one: Divergence, screen: Screen): string {
  const { bold, red, dim } = screen.colours;
  const fault = one.at_fault === null ? '' : `, at fault: ${one.at_fault}`;
  const head = `#${one.id}  ${toOneLine(one.order_key)}  ${showTime(one.closed_at)}  ${one.mode}`;
  const settled =
    one.resolved_at === null
      ? ''
      : dim(
          `settled ${showTime(one.resolved_at)} by ${toOneLine(one.resolved_by ?? '')}: ${toOneLine(one.resolution ?? '')}\n`,
        );
  const rules = one.rule_id === null ? '' : dim(`expected by ${toOneLine(one.rule_id)}\n`);
  const table = renderTable(
    [
      { title: 'FIELD', value: ({ field }) => field },
      { title: 'LEGACY', value: ({ legacy }) => legacy },
      { title: 'MIGRATED', value: ({ migrated }) => migrated },
      { title: 'AMAZON', value: ({ amazon }) => amazon },
    ],
    one.differences,
    screen,
  );
  const why = one.differences.length > 0 ? table : `${toOneLine(one.signature ?? '')}\n`;
  return `${bold(head)}\n${red(`${one.verdict}${fault}`)}\n${settled}${rules}${why}`;
}

async function showGroups({ admin, screen, show }: Session, options: Options): Promise<ExitCode> {
  const answer = await admin.get<{ groups: readonly DivergenceGroup[] }>('/api/divergences/groups');
  show(answer, ({ groups }) =>
    groups.length === 0
      ? 'The sides never differed.\n'
      : renderTable(
          [
            { title: 'OPEN', value: ({ open }) => open, isNumber: true },
            { title: 'ORDERS', value: ({ orders }) => orders, isNumber: true },
            { title: 'VERDICT', value: ({ verdict }) => verdict },
            { title: 'FIRST', value: ({ first_at: at }) => showTime(at) },
            { title: 'LAST', value: ({ last_at: at }) => showTime(at) },
            { title: 'DIFFERENCE', value: ({ signature }) => signature },
          ],
          groups,
          screen,
        ),
  );
  return endOf(
    options,
    answer.groups.reduce((sum, { open }) => sum + open, 0),
  );
}

async function settle({ admin, show }: Session, which: string, options: Options): Promise<ExitCode> {
  const reason = readReason(options);
  const isId = /^#?[1-9]\d{0,14}$/.test(which);
  if (!isId && which !== 'group')
    throw new CliError(
      'USAGE',
      `--settle ${which}: that is no number of a difference.`,
      '--settle 17, or --settle group --group DIFFERENCE for all of a kind.',
    );
  if (which === 'group' && options.group === undefined)
    throw new CliError('USAGE', '--settle group needs --group DIFFERENCE.', 'See them with --groups.');
  const answer = isId
    ? await admin.post<{ resolved: number }>(`/api/divergences/${which.replace('#', '')}/resolve`, reason)
    : await admin.post<{ resolved: number }>('/api/divergences/resolve', { signature: options.group, ...reason });
  show(answer, ({ resolved }) => `${resolved} settled; each stays in the evidence.\n`);
  return exitCodes.done;
}
