import type { Report } from '../report';
import { areaNames } from './areas';

type Choices = readonly (readonly [value: string, title: string])[];

const severities: Choices = [
  ['automatic', 'codemods can'],
  ['assisted', 'decide'],
  ['manual', 'by hand'],
];
const standings: Choices = [
  ['open', 'open'],
  ['migrated', 'migrated'],
];
const standingsOfProgress: Choices = [
  ['new', 'new'],
  ['remaining', 'remaining'],
  ['migrated', 'migrated'],
  ['fixed', 'fixed'],
];
const groupings: Choices = [
  ['severity', 'severity'],
  ['area', 'area'],
  ['rule', 'rule'],
  ['file', 'file'],
  ['language', 'language'],
];

/** Filters, and the empty list that the script fills. */
export function renderPlacesFrame({ run, progress }: Report): string {
  const found = new Set(run.findings.map(({ surface }) => surface));
  const areas: Choices = areaNames.filter(([surface]) => found.has(surface)).map(([, name]) => [name, name]);
  return `<section id="places" aria-labelledby="places-heading">
<h2 id="places-heading">Places</h2>
<form class="filters" role="search" aria-label="Places">
<div class="search"><label for="by-text">Search</label><input type="search" name="q" id="by-text" autocomplete="off" spellcheck="false" placeholder="text, file, rule, operation"></div>
${renderSelect('severity', 'Severity', severities)}${renderSelect('area', 'Area', areas)}${renderSelect('standing', 'Status', progress === null ? standings : standingsOfProgress)}
<div><label for="by-group">Group by</label><select name="group" id="by-group">${groupings.map(([value, title]) => `<option value="${value}">${title}</option>`).join('')}</select></div>
<button type="reset">Clear</button>
</form>
<p class="small keys"><kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next and previous place · <kbd>Enter</kbd> open</p>
<p id="count" role="status" aria-live="polite">This list needs JavaScript. The same places are in <code>--report audit.csv</code> and <code>--report audit.md</code>.</p>
<div id="list"></div>
<p id="end"><button type="button" id="more" hidden>Show more</button></p>
</section>`;
}

function renderSelect(name: string, title: string, choices: Choices): string {
  const options = choices.map(([value, label]) => `<option value="${value}">${label}</option>`).join('');
  return `<div><label for="by-${name}">${title}</label><select name="${name}" id="by-${name}"><option value="">all</option>${options}</select></div>`;
}
