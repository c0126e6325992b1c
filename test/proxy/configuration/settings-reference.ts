import { z } from 'zod';
import { proxySettings } from '../../../src/proxy/configuration/settings';

/** The part of JSON Schema that settings use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

interface Row {
  readonly path: string;
  readonly values: string;
  readonly given: string;
  readonly says: string;
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function rangeOf({ minimum, exclusiveMinimum, maximum }: Schema): string {
  const least = minimum ?? exclusiveMinimum;
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (least === undefined && most === undefined) return '';
  return most === undefined ? ` from ${least}` : ` ${least} to ${most}`;
}

function valuesOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.type === 'array') return `list: ${valuesOf(schema.items ?? {})}`;
  if (schema.type === 'object') return 'names to values';
  const words: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'yes or no' };
  return `${words[schema.type ?? ''] ?? schema.type ?? 'text'}${rangeOf(schema)}`;
}

function isList(schema: Schema): boolean {
  return schema.type === 'array' && (schema.items?.properties ?? schema.items?.oneOf) !== undefined;
}

/** The settings below a path, in the order of the file. */
function rowsOf(path: string, schema: Schema, isNeeded: boolean): readonly Row[] {
  const members = (own: Schema, of: string): readonly Row[] =>
    Object.entries(own.properties ?? {}).flatMap(([name, member]) =>
      rowsOf(`${of}.${name}`, member, own.required?.includes(name) ?? false),
    );
  const says = schema.description ?? '';
  const heading = says === '' ? [] : [{ path, values: 'section', given: '', says }];
  if (schema.oneOf !== undefined)
    return [...heading, ...schema.oneOf.flatMap((variant) => members(variant, path).map(ofVariant(variant)))];
  if (schema.properties !== undefined) return [...heading, ...members(schema, path)];
  if (isList(schema)) return [...heading, ...members(schema.items ?? {}, `${path}[]`)];
  const given = schema.default === undefined ? (isNeeded ? '**needed**' : '') : code(schema.default);
  return [{ path, values: valuesOf(schema), given, says }];
}

/** Where settings depend on a choice, each says on which. */
const ofVariant =
  (variant: Schema) =>
  (row: Row): Row => {
    const [choice] = Object.entries(variant.properties ?? {}).filter(([, { const: value }]) => value !== undefined);
    const isChoice = choice !== undefined && row.path.endsWith(`.${choice[0]}`);
    return choice === undefined || isChoice
      ? { ...row, given: '' }
      : { ...row, says: `With ${code(choice[1].const)}. ${row.says}`.trim() };
  };

const cell = (text: string): string => text.replaceAll('|', '\\|');
const line = ({ path, values, given, says }: Row): string =>
  `| \`${path}\` | ${cell(values)} | ${cell(given)} | ${cell(says)} |`;

/** Every setting of the proxy as a table for each section, as Markdown. */
export function settingsReference(): string {
  const schema = z.toJSONSchema(proxySettings, { io: 'input', unrepresentable: 'any' }) as Schema;
  return Object.entries(schema.properties ?? {})
    .map(([name, section]) => {
      const rows = rowsOf(name, { ...section, description: undefined } as Schema, true);
      const intro = section.description === undefined ? '' : `${section.description}\n\n`;
      const head = '| setting | values | default | what it says |\n| --- | --- | --- | --- |';
      return `## ${name}\n\n${intro}${head}\n${rows.map(line).join('\n')}\n`;
    })
    .join('\n');
}
