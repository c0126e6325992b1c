import { z } from 'zod';
import { toOneLine } from '../../report/plain-text';
import type { Status } from '../../proxy/operate/api';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { commonSettings, openSession } from './session';
import { renderTable, showDuration, showTime, type Screen } from './table';

const settings = commonSettings.extend({ 'exit-code': z.boolean().default(false) });

/** `proxy status`: everything at a glance. */
export async function handleStatus(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const { admin, screen, show } = openSession(options, streams);
  const status = await admin.get<Status>('/api/status');
  show(status, () => render(status, screen));
  return options['exit-code'] && !status.gate.isOpen ? exitCodes.findings : exitCodes.done;
}

export const describeMode = ({ mode, sharePercent }: Pick<Status, 'mode' | 'sharePercent'>): string =>
  mode === 'cutover' && sharePercent < 100 ? `${mode} of ${sharePercent} % of the orders` : mode;

function render(status: Status, screen: Screen): string {
  const { bold, yellow, green } = screen.colours;
  const { change, warnings, gate, reservations } = status;
  const changed =
    change === null ? '' : ` since ${showTime(change.at)}, by ${toOneLine(change.who)}: ${toOneLine(change.why)}`;
  return [
    `${bold('Mode')}  ${bold(describeMode(status))}${changed}\n`,
    renderFlow(status, screen),
    renderWork(status, screen),
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
