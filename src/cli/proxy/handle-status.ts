import { z } from 'zod';
import { toOneLine } from '../../report/plain-text';
import type { Evidence, Status } from '../../proxy/operate/api';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { commonSettings, openSession, readTime } from './session';
import { renderTable, showDuration, showTime, type Screen } from './table';

const settings = commonSettings.extend({ since: z.string().optional(), 'exit-code': z.boolean().default(false) });

/** `proxy status`: everything at a glance; with `--since` the gate and what it rests on, counted from then on. */
export async function handleStatus(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const since = readTime('since', options.since, Date.now());
  const { admin, screen, show } = openSession(options, streams);
  const now = await admin.get<Status>('/api/status');
  const counted = since === undefined ? null : await admin.get<Evidence>('/api/evidence', { since });
  const status = counted === null ? now : { ...now, ...countedFrom(counted) };
  show(status, () => render(status, screen, counted));
  return options['exit-code'] && !status.gate.isOpen ? exitCodes.findings : exitCodes.done;
}

/** What of the status is of a time, in the figures of the evidence; the rest is how it is now. */
const countedFrom = ({ period, orders, gate, reservations, comparisons }: Evidence) => ({
  since: period.since,
  orders,
  gate,
  reservations,
  verdicts: Object.fromEntries(Object.entries(comparisons.byVerdict).filter(([, count]) => count > 0)),
});

export const describeMode = ({ mode, sharePercent }: Pick<Status, 'mode' | 'sharePercent'>): string =>
  mode === 'cutover' && sharePercent < 100 ? `${mode} of ${sharePercent} % of the orders` : mode;

function render(status: Status, screen: Screen, counted: Evidence | null): string {
  const { bold, yellow, green } = screen.colours;
  const { change, warnings, gate, reservations } = status;
  const changed =
    change === null ? '' : ` since ${showTime(change.at)}, by ${toOneLine(change.who)}: ${toOneLine(change.why)}`;
  return [
    `${bold('Mode')}  ${bold(describeMode(status))}${changed}\n`,
    renderFlow(status, screen),
    renderWork(status, screen),
    counted === null ? '' : describePeriod(counted),
    gate.isOpen
      ? `${green('The gate is open:')} the evidence is enough to switch over.\n`
      : `${yellow('The gate is closed.')} What is missing:\n${list(gate.missing)}`,
    reservations.length === 0
      ? ''
      : `${yellow('What the gate is worth')}\n${list(reservations.map(({ text }) => text))}`,
    warnings.length === 0 ? '' : `${yellow('Look at this first')}\n${list(warnings)}`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const describePeriod = ({ period, messages, orders }: Evidence): string =>
  `Since ${showTime(Date.parse(period.since))}: ${messages.total} messages; orders compared ${orders.compared}, differing ${orders.differing}, ` +
  `not comparable ${orders.incomparable}. The gate, as of then:\n`;

const list = (lines: readonly string[]): string => lines.map((line) => `  - ${toOneLine(line, 1000)}\n`).join('');

function renderFlow({ messages, lastReceivedAt, verdicts }: Status, screen: Screen): string {
  const compared = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count}`);
  const flow = renderTable(
    [
      { title: 'MESSAGES', value: ({ kind }) => kind },
      { title: 'SIGNATURE', value: ({ verdict }) => verdict },
      { title: 'STORED', value: ({ count }) => count, isNumber: true },
      { title: 'CAME', value: ({ seen }) => seen, isNumber: true },
    ],
    messages,
    screen,
  );
  const last = `Last message ${showTime(lastReceivedAt)}. Compared: ${compared.length === 0 ? 'none yet' : compared.join(', ')}.\n`;
  return messages.length === 0 ? 'No message has come yet.\n' : flow + last;
}

function renderWork({ targets, openJobs, deadLetters, openMismatches }: Status, screen: Screen): string {
  const work = openJobs.map(({ kind, count, oldestMs }) => {
    const target = targets.find(({ side }) => kind === `deliver-${side}`);
    return { kind, count, oldestMs, breaker: target === undefined ? null : target.breaker };
  });
  const table = renderTable(
    [
      { title: 'WORK', value: ({ kind }) => kind },
      { title: 'WAITS', value: ({ count }) => count, isNumber: true },
      {
        title: 'OLDEST DUE',
        value: ({ oldestMs }) => (oldestMs === 0 ? null : showDuration(oldestMs)),
        isNumber: true,
      },
      { title: 'BREAKER', value: ({ breaker }) => breaker },
    ],
    work,
    screen,
  );
  return `${table}Dead letters ${deadLetters}, open differences ${openMismatches}.\n`;
}
