import type { Run } from '../../engine/run';
import type { Step } from '../cutover/step';
import { formatCount, formatEffort, formatReadiness } from '../format-figures';
import type { Report } from '../report';
import { countLeftOut } from '../suggest-next';
import { escapeHtml } from './escape-html';

/** The answer first: whether this shop can switch, four figures, and how they come about. */
export function renderVerdict({ run, progress }: Report, steps: readonly Step[]): string {
  const { findings, files, readiness, effortMinutes } = run.summary;
  const share = Math.floor(readiness);
  const tiles: readonly (readonly [string, string, string])[] = [
    [
      'Readiness of the code',
      formatReadiness(readiness),
      `${findings.migrated} of ${formatCount(findings.total, 'place')} migrated`,
    ],
    ['Work left', formatEffort(effortMinutes), 'as the rules estimate it'],
    ['Open places', String(findings.open), describeSeverity(run)],
    ['Files', String(files.scanned), `${files.analysed} analysed, ${files.changed} changed, ${files.failed} failed`],
  ];
  return `<section id="verdict" aria-labelledby="verdict-heading">
<h2 id="verdict-heading" class="verdict ${steps.some(isInTheWay) ? 'waiting' : 'ready'}">${escapeHtml(sayVerdict(run, steps))}</h2>
<svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" role="img" aria-label="Readiness ${share} percent"><rect class="track" width="100" height="3"/><rect class="done" width="${share}" height="3"/></svg>
<dl class="tiles">${tiles.map(([title, figure, note]) => `<div class="tile"><dt>${title}</dt><dd>${escapeHtml(figure)}</dd><dd class="note">${escapeHtml(note)}</dd></div>`).join('')}</dl>
${progress === null ? '' : renderProgress(progress)}
<details class="quiet-details"><summary>How these figures come about</summary>
<p><strong>Work left</strong> adds up the minutes that the rule of each open place gives for one place. They are estimates for somebody who knows the code, tests not included. <strong>Readiness</strong> is the share of that work that is done, counting what earlier runs migrated; it says 100&nbsp;% only when no place is open. Both are about code: no figure here says that a migrated handler behaves well. That is what the dual run shows.</p></details>
</section>`;
}

const isInTheWay = ({ part, isMet }: Step): boolean => part !== 'afterwards' && !isMet;

function sayVerdict(run: Run, steps: readonly Step[]): string {
  const { files, findings } = run.summary;
  if (files.scanned === 0) return 'No file was looked at.';
  if (findings.total === 0 && countLeftOut(run) > 0) {
    return `Nothing is listed under these --only and --skip; legacy code may be in ${formatCount(countLeftOut(run), 'file')}.`;
  }
  const waiting = steps.filter(isInTheWay);
  const [first] = waiting;
  if (first !== undefined) return `Not ready for cutover: ${formatCount(waiting.length, 'step')} to go.`;
  return findings.total === 0
    ? 'No legacy Amazon Pay was found.'
    : 'Nothing that this report knows of stands in the way.';
}

function describeSeverity({ findings }: Run): string {
  const open = findings.filter(({ status }) => status === 'open');
  const count = (level: string): number => open.filter(({ automation }) => automation === level).length;
  return `${count('automatic')} automatic, ${count('assisted')} to decide, ${count('manual')} by hand`;
}

function renderProgress({ baseline, current, summary }: NonNullable<Report['progress']>): string {
  return `<p class="progress"><strong>${summary.fixed} fixed, ${summary.new} new, ${summary.remaining} remaining</strong> since ${escapeHtml(baseline.startedAt)}: readiness ${formatReadiness(baseline.readiness)} → ${formatReadiness(current.readiness)}, work left ${formatEffort(baseline.effortMinutes)} → ${formatEffort(current.effortMinutes)}.</p>`;
}
