import { createHash } from 'node:crypto';
import type { Run } from '../../engine/run';
import type { Cutover } from '../cutover/judge-cutover';
import { formatCount } from '../format-figures';
import { listCredentials } from '../list-credentials';
import { cutoverChecklist, type ChecklistItem } from './cutover-checklist';
import { escapeHtml } from './escape-html';
import { renderReservations } from './render-verdict';

const signatures = ['Tech lead', 'Payments owner', 'Auditor'] as const;

/** What is ticked and signed, on the screen or on paper, and what exactly the signatures are for. */
export function renderSignOff(run: Run, reservations: Cutover['reservations']): string {
  const items = cutoverChecklist.map((item, index) => renderItem(item, index, run)).join('');
  const rows = signatures.map((role) => `<tr><th scope="row">${role}</th><td></td><td></td><td></td></tr>`);
  return `<section id="sign-off" aria-labelledby="sign-off-heading">
<h2 id="sign-off-heading">Sign-off for cutover</h2>
<p class="lead">Ticks are for print: this page stores nothing.</p>
${renderCredentials(run)}<div class="checklist">${items}</div>
<h3>Signatures</h3>
${renderReservations(reservations)}<div class="scroll" tabindex="0" role="region" aria-label="Signatures"><table class="signatures"><thead><tr><th scope="col">Role</th><th scope="col">Name</th><th scope="col">Date</th><th scope="col">Signature</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>
<p class="small">Signed for: the ${run.command} of <code>${escapeHtml(run.root)}</code> of ${escapeHtml(run.startedAt)}, by ${escapeHtml(`${run.tool.name} ${run.tool.version}`)}. SHA-256 of its findings and files: <code class="digest">${digestOf(run)}</code></p>
</section>`;
}

function renderItem({ title, checks, isAbout }: ChecklistItem, index: number, run: Run): string {
  const places =
    isAbout === undefined ? [] : run.findings.filter((finding) => finding.status === 'open' && isAbout(finding));
  const note =
    isAbout === undefined ? '' : places.length === 0 ? 'no open place' : formatCount(places.length, 'open place');
  const boxes = checks.map((check, at) => {
    const id = `check-${index}-${at}`;
    return `<li><input type="checkbox" id="${id}"><label for="${id}">${escapeHtml(check)}</label></li>`;
  });
  return `<fieldset><legend>${escapeHtml(title)}${note === '' ? '' : ` <span class="note">${note}</span>`}</legend><ul>${boxes.join('')}</ul></fieldset>`;
}

function renderCredentials(run: Run): string {
  const credentials = listCredentials(run);
  if (credentials.length === 0) return '';
  const rows = credentials.map(({ name, purpose }, index) => {
    return `<li><input type="checkbox" id="set-${index}"><label for="set-${index}"><code>${escapeHtml(name)}</code> ${escapeHtml(purpose)}</label></li>`;
  });
  return `<fieldset class="wide"><legend>Set before the migrated code runs</legend><ul>${rows.join('')}</ul></fieldset>`;
}

/** Without times, so that two runs over the same tree have one digest. */
const digestOf = ({ findings, files }: Run): string =>
  createHash('sha256').update(JSON.stringify({ findings, files })).digest('hex');
