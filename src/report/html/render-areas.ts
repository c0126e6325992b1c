import type { Finding, Run } from '../../engine/run';
import { formatEffort } from '../format-figures';
import { areaNames } from './areas';
import { escapeHtml } from './escape-html';

interface Figures {
  readonly found: number;
  readonly migrated: number;
  readonly automatic: number;
  readonly assisted: number;
  readonly manual: number;
  readonly minutes: number;
}

/** What was found, what was migrated, and what remains, by area and by severity. */
export function renderAreas({ findings }: Run): string {
  const rows = areaNames
    .map(([surface, name]) => [name, countFigures(findings.filter((finding) => finding.surface === surface))] as const)
    .filter(([, { found }]) => found > 0);
  const most = Math.max(1, ...rows.map(([, { found }]) => found));
  return `<section id="areas" aria-labelledby="areas-heading">
<h2 id="areas-heading">Found, migrated, remaining</h2>
${rows.length === 0 ? '<p>Nothing was found.</p>' : renderTable(rows, most, countFigures(findings))}</section>`;
}

const legend = [
  ['done', 'migrated'],
  ['automatic', 'the codemods can do it'],
  ['assisted', 'somebody has to decide'],
  ['manual', 'by hand'],
] as const;

function renderTable(rows: readonly (readonly [string, Figures])[], most: number, total: Figures): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="Places by area"><table class="areas">
<thead><tr><th scope="col" rowspan="2">Area</th><th scope="col" rowspan="2" class="wide-only"><span class="hidden">Share</span></th><th scope="col" rowspan="2">Found</th><th scope="col" rowspan="2">Migrated</th><th scope="colgroup" colspan="3">Remaining</th><th scope="col" rowspan="2">Work left</th></tr>
<tr><th scope="col">codemods can</th><th scope="col">decide</th><th scope="col">by hand</th></tr></thead>
<tbody>${rows.map(([name, figures]) => renderRow(name, figures, most)).join('')}</tbody>
<tfoot>${renderRow('All', total, null)}</tfoot></table></div>
<p class="small legend">${legend.map(([name, text]) => `<span><span class="swatch ${name}"></span>${text}</span>`).join(' ')}</p>`;
}

function renderRow(name: string, figures: Figures, most: number | null): string {
  const link = most === null ? escapeHtml(name) : `<a href="#area=${encodeURIComponent(name)}">${escapeHtml(name)}</a>`;
  const cells = [figures.found, figures.migrated, figures.automatic, figures.assisted, figures.manual];
  return `<tr><th scope="row">${link}</th><td class="wide-only">${most === null ? '' : renderBar(figures, most)}</td>${cells.map((count) => `<td class="number${count === 0 ? ' zero' : ''}">${count}</td>`).join('')}<td class="number">${formatEffort(figures.minutes)}</td></tr>`;
}

/** Decoration: the figures stand beside it. */
function renderBar({ migrated, automatic, assisted, manual }: Figures, most: number): string {
  let left = 0;
  const parts = Object.entries({ done: migrated, automatic, assisted, manual }).map(([name, count]) => {
    const width = (count / most) * 160;
    const part = `<rect class="${name}" x="${left.toFixed(2)}" width="${width.toFixed(2)}" height="10"/>`;
    left += width;
    return count === 0 ? '' : part;
  });
  return `<svg class="share" width="160" height="10" viewBox="0 0 160 10" aria-hidden="true">${parts.join('')}</svg>`;
}

function countFigures(findings: readonly Finding[]): Figures {
  const open = findings.filter(({ status }) => status === 'open');
  const count = (level: Finding['automation']): number => open.filter(({ automation }) => automation === level).length;
  return {
    found: findings.length,
    migrated: findings.length - open.length,
    automatic: count('automatic'),
    assisted: count('assisted'),
    manual: count('manual'),
    minutes: open.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0),
  };
}
