import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeCutover } from '../cutover/judge-cutover';
import type { Report } from '../report';
import { createPageData, toEmbeddedJson } from './create-page-data';
import { escapeHtml } from './escape-html';
import { renderEvidence } from './render-evidence';
import { renderFlow } from './flow/render-flow';
import { renderAreas } from './render-areas';
import { renderPlacesFrame } from './render-places-frame';
import { renderSignOff } from './render-sign-off';
import { renderSteps } from './render-steps';
import { renderVerdict } from './render-verdict';

/** What the build makes of `page/`. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

const sections: readonly (readonly [id: string, title: string])[] = [
  ['verdict', 'Verdict'],
  ['next', 'Next'],
  ['areas', 'Areas'],
  ['flow', 'Flow'],
  ['places', 'Places'],
  ['sign-off', 'Sign-off'],
];

/**
 * The report as one file for people: everything but the list of places is plain HTML, and the list is drawn by a script out of
 * JSON in the page. The policy in its head lets only this very script and style run, and nothing be fetched.
 */
export function renderHtml(report: Report, assets: PageAssets = readAssets()): string {
  const { run } = report;
  const cutover = report.cutover ?? judgeCutover(run, null);
  const script = `(() => {'use strict';\n${assets.script}\n})();`;
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(assets.style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="${escapeHtml(`${run.tool.name} ${run.tool.version}`)}">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(`Amazon Pay migration: ${run.root}`)}</title>
<style>${assets.style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<div><h1>Amazon Pay migration</h1>
<p class="about">${run.command} of <code>${escapeHtml(run.root)}</code>, <time datetime="${escapeHtml(run.startedAt)}">${escapeHtml(run.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</time></p></div>
<nav aria-label="Sections">${sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')}</nav>
</header>
<main id="main" tabindex="-1">
${renderVerdict(report, cutover)}
${renderSteps(run, cutover.steps)}
${cutover.evidence === null ? '' : renderEvidence(cutover.evidence)}
${renderAreas(run)}
${renderFlow(run)}
${renderPlacesFrame(report)}
${renderSignOff(run, cutover.reservations)}
</main>
<script type="application/json" id="data">${toEmbeddedJson(createPageData(report))}</script>
<script>${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

function readAssets(): PageAssets {
  const read = (name: string): string => readFileSync(join(__dirname, 'page', name), 'utf8');
  return { script: read('page.js'), style: read('style.css') };
}
