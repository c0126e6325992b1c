import type { Run } from '../../engine/run';
import type { Step } from '../cutover/step';
import { toOneLine } from '../plain-text';
import { formatCount } from '../format-figures';
import { escapeHtml } from './escape-html';

const parts: Readonly<Record<Step['part'], string>> = {
  code: 'code',
  'dual-run': 'dual run',
  afterwards: 'afterwards',
};
/** Steps that are made of places. */
const ofPlaces: ReadonlySet<string> = new Set(['notifications', 'codemods', 'decisions', 'by-hand', 'clean-up']);
const failuresShown = 100;

/** What stands between the shop and its cutover, in order; what is done is there too, so that nobody asks. */
export function renderSteps(run: Run, steps: readonly Step[]): string {
  return `<section id="next" aria-labelledby="next-heading">
<h2 id="next-heading">What to do next, in order</h2>
<ol class="steps">${steps.map(renderStep).join('')}</ol>
${renderFailures(run)}</section>`;
}

function renderStep({ id, part, name, found, wanted, isMet, advice }: Step): string {
  return `<li class="${isMet ? 'met' : 'unmet'}"><div class="step-head"><span class="mark">${isMet ? 'done' : 'open'}</span><strong>${escapeHtml(name)}</strong><span class="note">${parts[part]}</span></div><p class="figures">${escapeHtml(found)}${isMet ? '' : ` <span class="note">wanted: ${escapeHtml(wanted)}</span>`}</p>${isMet ? '' : `<p>${escapeHtml(advice)}${ofPlaces.has(id) ? ` <a class="screen-only" href="#step=${id}">Show the places</a>` : ''}</p>`}</li>`;
}

function renderFailures({ files }: Run): string {
  const failed = files.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return '';
  const rows = failed.slice(0, failuresShown).map(({ path, reason, error }) => {
    return `<li><code>${escapeHtml(path)}</code> ${escapeHtml(toOneLine(error ?? reason))}</li>`;
  });
  const hidden = failed.length - rows.length;
  return `<details class="quiet-details" open><summary>Could not be processed (${formatCount(failed.length, 'file')})</summary><ul>${rows.join('')}${hidden > 0 ? `<li>and ${hidden} more: the JSON report has them</li>` : ''}</ul></details>`;
}
