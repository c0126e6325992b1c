import type { Run } from '../../../engine/run';
import { formatCount } from '../../format-figures';
import { showControlCharacters, toWellFormed } from '../../plain-text';
import { escapeHtml } from '../escape-html';
import { renderFlowPicture } from './flow-picture';
import { findRoles, roleTitles, type RoleFiles } from './roles';

const filesListed = 50;

/** The picture, and the same as a list for whoever does not see it; from the list each file leads to its places. */
export function renderFlow(run: Run): string {
  const found = findRoles(run);
  return `<section id="flow" aria-labelledby="flow-heading">
<div class="together"><h2 id="flow-heading">The flow of a payment</h2>
<p class="lead">Which files start a checkout, which move money, and which listen to what Amazon says, as far as the findings tell.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Picture of the flow">${renderFlowPicture(found)}</div></div>
<details class="quiet-details"><summary>The picture as a list</summary>
<div class="columns">${found.map(renderRole).join('')}</div></details>
</section>`;
}

function renderRole({ role, files }: RoleFiles): string {
  const rows = files.slice(0, filesListed).map(({ path, places }) => {
    return `<li><a href="#file=${escapeHtml(encodeURIComponent(toWellFormed(showControlCharacters(path))))}">${escapeHtml(path)}</a> (${places})</li>`;
  });
  const hidden = files.length - rows.length;
  if (hidden > 0) rows.push(`<li>and ${formatCount(hidden, 'more file')}</li>`);
  return `<div><h3>${escapeHtml(roleTitles[role])}</h3><ul>${rows.length === 0 ? '<li>nothing found</li>' : rows.join('')}</ul></div>`;
}
