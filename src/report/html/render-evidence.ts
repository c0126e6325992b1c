import type { Evidence } from '../cutover/read-evidence';
import { escapeHtml } from './escape-html';
import { renderTiles, type Tiles } from './render-tiles';

const groupsShown = 20;

/** What the dual run has seen: messages, agreements, divergences, lag. */
export function renderEvidence({ period, messages, orders, agreement, groups, lagMs }: Evidence): string {
  const percent = (share: number): string => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
  const tiles: Tiles = [
    [
      'Messages seen',
      String(messages.total),
      Object.entries(messages.byType)
        .map(([type, count]) => `${type} ${count}`)
        .join(', '),
    ],
    ['Orders compared', String(orders.compared), `${orders.incomparable} could not be compared`],
    [
      'Orders that agree',
      agreement.observed === null ? 'none yet' : percent(agreement.observed),
      `at least ${percent(agreement.atLeast)} of all, with ${percent(agreement.confidence)} confidence`,
    ],
    ['Lag', `${(lagMs / 60_000).toFixed(1)} min`, `${orders.differing} orders differ`],
  ];
  return `<section id="dual-run" aria-labelledby="dual-run-heading">
<h2 id="dual-run-heading">What the dual run has seen</h2>
<p class="lead">From ${escapeHtml(period.since)} to ${escapeHtml(period.until)}, by the evidence that the proxy exported.</p>
${renderTiles(tiles)}
${renderGroups(groups)}</section>`;
}

function renderGroups(groups: Evidence['groups']): string {
  if (groups.length === 0) return '';
  const rows = groups.slice(0, groupsShown).map(({ signature, verdict, orders, open }) => {
    return `<tr><th scope="row"><code>${escapeHtml(signature)}</code></th><td>${escapeHtml(verdict)}</td><td class="number">${orders}</td><td class="number">${open}</td></tr>`;
  });
  const hidden = groups.length - rows.length;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Differences by kind"><table><thead><tr><th scope="col">Difference</th><th scope="col">Verdict</th><th scope="col" class="number">Orders</th><th scope="col" class="number">Open</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${hidden > 0 ? `<p class="small">and ${hidden} more kinds: the evidence has them</p>` : ''}`;
}
