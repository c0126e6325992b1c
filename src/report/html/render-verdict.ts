import type { Run } from '../../engine/run';
import type { Cutover } from '../cutover/judge-cutover';
import { sayReadiness } from '../cutover/render-cutover';
import { formatCount, formatEffort, formatReadiness } from '../format-figures';
import type { Report } from '../report';
import { sayOtherScope, sayScope, sayUnseen } from '../say-scope';
import { escapeHtml } from './escape-html';
import { renderTiles, type Tiles } from './render-tiles';

/** The answer first: whether this shop can switch, four figures, and how they come about. */
export function renderVerdict({ run, progress }: Report, cutover: Cutover): string {
  const { findings, files, readiness, effortMinutes } = run.summary;
  const share = Math.floor(readiness);
  const scope = sayScope(run);
  const tiles: Tiles = [
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
<h2 id="verdict-heading" class="verdict ${cutover.isReady ? 'ready' : 'waiting'}">${escapeHtml(sayVerdict(run, cutover))}</h2>
${renderReservations(cutover.reservations)}${scope === undefined ? '' : `<p class="scope">${escapeHtml(scope)}</p>`}
<svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" role="img" aria-label="Readiness ${share} percent"><rect class="track" width="100" height="3"/><rect class="done" width="${share}" height="3"/></svg>
${renderTiles(tiles)}
${progress === null ? '' : renderProgress(progress)}
<details class="quiet-details"><summary>How these figures come about</summary>
<p><strong>Work left</strong> adds up the minutes that the rule of each open place gives for one place. They are estimates for somebody who knows the code, tests not included. <strong>Readiness</strong> is the share of that work that is done, counting what earlier runs migrated; it says 100&nbsp;% only when no place is open. Both are about code: no figure here says that a migrated handler behaves well. That is what the dual run shows.</p></details>
</section>`;
}

/** Beside the verdict and above the signatures: nobody signs without having read them. */
export function renderReservations(reservations: Cutover['reservations']): string {
  if (reservations.length === 0) return '';
  const items = reservations.map((text) => `<li>${escapeHtml(text)}</li>`);
  return `<div class="reservations"><p><strong>Reservations about the evidence of the dual run</strong></p><ul>${items.join('')}</ul></div>`;
}

function sayVerdict(run: Run, cutover: Cutover): string {
  const isClean = cutover.isReady && run.summary.findings.total === 0;
  return sayUnseen(run) ?? (isClean ? 'No legacy Amazon Pay was found.' : sayReadiness(cutover));
}

function describeSeverity({ findings }: Run): string {
  const open = findings.filter(({ status }) => status === 'open');
  const count = (level: string): number => open.filter(({ automation }) => automation === level).length;
  return `${count('automatic')} automatic, ${count('assisted')} to decide, ${count('manual')} by hand`;
}

function renderProgress({ baseline, current, summary }: NonNullable<Report['progress']>): string {
  const caution = sayOtherScope(baseline, current);
  return `<p class="progress"><strong>${summary.fixed} fixed, ${summary.new} new, ${summary.remaining} remaining</strong> since ${escapeHtml(baseline.startedAt)}: readiness ${formatReadiness(baseline.readiness)} → ${formatReadiness(current.readiness)}, work left ${formatEffort(baseline.effortMinutes)} → ${formatEffort(current.effortMinutes)}.${caution === undefined ? '' : ` ${escapeHtml(caution)}`}</p>`;
}
