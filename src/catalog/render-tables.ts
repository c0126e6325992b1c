import { browserOptions, browserScripts, browserSymbols, type BrowserOption } from './browser';
import { elements } from './elements';
import { errorCodes } from './errors';
import { operations } from './operations';
import { legacyQuotas, quotas, type Quota } from './quotas';
import { valueTables } from './states';
import { scaffoldEndpoints } from './scaffold-endpoints';
import type { ElementField, RequestField, ValueMapping } from './types';

/** Mapping tables as Markdown, for MIGRATION.md; a test fails when the guide says something else. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const code = (text: string): string => `\`${text}\``;

function renderOperations(): string {
  const rows = Object.values(operations).map(({ name, v2, automation, guidance }) => [
    code(name),
    v2 === null ? 'none' : `${code(v2.sdkMethod)} (${v2.http})`,
    automation,
    guidance,
  ]);
  return table(['legacy operation', 'v2', 'automation', 'what to know'], rows);
}

function describeField({ to, because, via, maxLength }: RequestField): string {
  if (to === null) return `none: ${because ?? 'v2 has no such field.'}`;
  const notes = [
    via === 'toChargeId' ? 'A becomes C' : '',
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    because ?? '',
  ];
  return [code(to.replace(/^(?:body|path|header)\./, '')), ...notes.filter(Boolean)].join('; ');
}

function renderParameters(): string {
  const rows = Object.values(operations).flatMap(({ name, request }) =>
    Object.entries(request).map(([field, row]) => [code(name), code(field), describeField(row)]),
  );
  return table(['operation', 'parameter', 'in v2'], rows);
}

const describeRead = ({ to, because }: ElementField): string =>
  to === null ? `none: ${because ?? 'v2 does not return it.'}` : to === '' ? 'the object itself' : code(to);

function renderFields(): string {
  const rows = Object.values(elements).flatMap(({ name, fields }) =>
    Object.entries(fields).map(([field, row]) => [code(`${name}.${field}`), describeRead(row)]),
  );
  return table(['field of a legacy answer', 'in v2'], rows);
}

const describeValue = ({ field, anyOf, because }: ValueMapping): string => {
  if (anyOf.length === 0) return `none: ${because ?? 'v2 has no such value.'}`;
  return `${code(field)} ${anyOf.map(code).join(' or ')}${because === undefined ? '' : `. ${because}`}`;
};

function renderStates(): string {
  const rows = Object.values(valueTables).flatMap(({ name, values }) =>
    Object.entries(values).map(([value, mapping]) => [code(name), code(value), describeValue(mapping)]),
  );
  return table(['what', 'legacy value', 'in v2'], rows);
}

function renderErrors(): string {
  const rows = Object.values(errorCodes).map(({ legacy, v2, v2Status, because }) => [
    code(legacy),
    v2.length === 0 ? 'none' : `${v2.map(code).join(' or ')}${v2Status === undefined ? '' : ` (${v2Status})`}`,
    because ?? '',
  ]);
  return table(['legacy code', 'v2 reasonCode', ''], rows);
}

function renderScripts(): string {
  const rows = browserScripts.map(({ what, legacy, v2, ledgerCurrency }) => [
    what,
    code(`https:${legacy}`),
    code(v2),
    ledgerCurrency,
  ]);
  return table(['region', 'legacy (live; sandbox has a folder more)', 'v2, live and sandbox', 'ledgerCurrency'], rows);
}

function renderSymbols(): string {
  const rows = Object.values(browserSymbols).map(({ name, v2, because }) => [
    code(name),
    v2 === null ? 'none' : code(v2),
    because,
  ]);
  return table(['legacy name', 'in v2', 'what to know'], rows);
}

const OWNERS: Readonly<Record<BrowserOption['of'], string>> = {
  'OffAmazonPayments.Button': 'button',
  widget: 'widget',
  hostedPayment: 'Express parameter',
  authorize: 'authorize',
};

function renderOptions(): string {
  const rows = browserOptions.map(({ of, name, to, because, confidence }) => [
    OWNERS[of],
    code(name),
    to === null ? 'none' : code(to),
    `${because}${confidence === 'unconfirmed' ? ' (Not confirmed: check it.)' : ''}`,
  ]);
  return table(['of', 'legacy option', 'in v2', 'what to know'], rows);
}

function renderEndpoints(): string {
  const rows = Object.values(scaffoldEndpoints).map(({ method, path, askedBy, answers }) => [
    code(`${method} ${path}`),
    askedBy,
    answers,
  ]);
  return table(['endpoint', 'asked by', 'answers'], rows);
}

const describeQuota = (quota: Quota | null): string =>
  quota === null ? 'none' : `${quota.burst}, then ${quota.perSecond} per second`;

function renderQuotas(): string {
  const rows = [
    ...Object.entries(quotas).map(([method, { live, sandbox }]) => [code(method), live, sandbox] as const),
    ...Object.entries(legacyQuotas).map(([kind, { live, sandbox }]) => [`legacy, ${kind}`, live, sandbox] as const),
  ];
  return table(
    ['v2', 'live', 'sandbox'],
    rows.map(([name, live, sandbox]) => [name, describeQuota(live), describeQuota(sandbox)]),
  );
}

const sections: Readonly<Record<string, () => string>> = {
  operations: renderOperations,
  parameters: renderParameters,
  fields: renderFields,
  states: renderStates,
  errors: renderErrors,
  scripts: renderScripts,
  symbols: renderSymbols,
  options: renderOptions,
  endpoints: renderEndpoints,
  quotas: renderQuotas,
};

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->` by the table of that name. */
export function renderTables(guide: string): string {
  return guide.replace(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(\n?<!-- end -->)/g,
    (whole, start: string, name: string) => {
      const render = sections[name];
      return render === undefined ? whole : `${start}${render()}\n<!-- end -->`;
    },
  );
}
