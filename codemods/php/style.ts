import { detectStyle } from '../rewriting/style';
import type { PhpSource } from './tree';

/** How a file writes its code, for what is added to it. */
export interface PhpStyle {
  /** The emitted class as this file names it: with a backslash in a namespace. */
  readonly helper: string;
  readonly indent: string;
  readonly newline: string;
  readonly usesLongArrays: boolean;
}

const WIDTH = 120;

export function styleOf(source: PhpSource): PhpStyle {
  const { unit, eol } = detectStyle(source.text);
  const arrays = source.all('array_creation_expression').map((node) => source.textOf(node));
  return {
    helper: source.all('namespace_definition').length > 0 ? '\\AmazonPayV2' : 'AmazonPayV2',
    indent: unit,
    newline: eol,
    usesLongArrays: arrays.length > 0 && arrays.every((one) => /^array\b/i.test(one)),
  };
}

/** What a request is made of: source text, an array with its members by name, or a function around another value. */
export type Value =
  | string
  | { readonly kind: 'array'; readonly members: Readonly<Record<string, Value>> }
  | { readonly kind: 'call'; readonly name: string; readonly value: Value };

function arrayText(members: Readonly<Record<string, Value>>, style: PhpStyle, indent: string | null): string {
  const [open, close] = style.usesLongArrays ? ['array(', ')'] : ['[', ']'];
  const inner = indent === null ? null : indent + style.indent;
  const entries = Object.entries(members).map(([name, value]) => `'${name}' => ${valueText(value, style, inner)}`);
  if (inner === null) return `${open}${entries.join(', ')}${close}`;
  const lines = entries.map((entry) => `${inner}${entry},${style.newline}`);
  return `${open}${style.newline}${lines.join('')}${indent}${close}`;
}

/** A value as source text, on one line when `indent` is null. */
export function valueText(value: Value, style: PhpStyle, indent: string | null): string {
  if (typeof value === 'string') return value;
  if (value.kind === 'call') return `${value.name}(${valueText(value.value, style, indent)})`;
  return arrayText(value.members, style, indent);
}

/** A call with its arguments: on one line where it was on one and fits, else an argument a line. */
export function callText(
  name: string,
  values: readonly Value[],
  style: PhpStyle,
  place: { readonly indent: string; readonly column: number; readonly isOneLine: boolean },
): string {
  const short = `${name}(${values.map((value) => valueText(value, style, null)).join(', ')})`;
  if (place.isOneLine && !short.includes('\n') && place.column + short.length <= WIDTH) return short;
  if (values.length === 0) return short;
  const inner = place.indent + style.indent;
  const lines = values.map((value) => inner + valueText(value, style, inner));
  return `${name}(${style.newline}${lines.join(`,${style.newline}`)}${style.newline}${place.indent})`;
}
