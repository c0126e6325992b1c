import { elements } from './elements';
import { errorCodes } from './errors';
import { operations } from './operations';
import { valueTables } from './states';
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

const sections: Readonly<Record<string, () => string>> = {
  operations: renderOperations,
  parameters: renderParameters,
  fields: renderFields,
  states: renderStates,
  errors: renderErrors,
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
