import { errorCodes, valueTables } from '../../../src/catalog';
import type { ValueMapping, ValueTable } from '../../../src/catalog/types';

/** Legacy MWS error codes as a table of values, so that they are compared and rewritten like states. */
const errorTable: ValueTable = {
  name: 'errorCode',
  field: 'reasonCode',
  values: Object.fromEntries(
    Object.values(errorCodes).map((row): [string, ValueMapping] => [
      row.legacy,
      {
        field: 'reasonCode',
        anyOf: row.v2,
        precision: row.v2.length === 0 ? 'none' : 'exact',
        ...(row.because === undefined ? {} : { because: row.because }),
        ...(row.decision === undefined ? {} : { decision: row.decision }),
      },
    ]),
  ),
};

/** The values that a legacy field can have, and what each means in v2. */
export const tableOf = (name: string): ValueTable | undefined =>
  name === 'errorCode' ? errorTable : valueTables[name];

/** How a test for one legacy value reads in v2. */
export type ValueTest =
  | { readonly kind: 'same-field'; readonly values: readonly string[]; readonly mapping: ValueMapping }
  /** The value lives in another field of statusDetails: MaxCapturesProcessed is a state in v2. */
  | {
      readonly kind: 'other-field';
      readonly field: string;
      readonly values: readonly string[];
      readonly mapping: ValueMapping;
    }
  | { readonly kind: 'none'; readonly because: string }
  /** Not a value that legacy had; left alone. */
  | { readonly kind: 'unknown' };

/**
 * Returns what a comparison of a legacy field with a literal means in v2.
 *
 * @param beside the other words that lead to the same branch; left out where that is not asked
 */
export function testFor(table: ValueTable, legacy: string, beside?: ReadonlySet<string>): ValueTest {
  const mapping = table.values[legacy];
  if (mapping === undefined) return { kind: 'unknown' };
  if (mapping.onlyWith !== undefined && beside?.has(mapping.onlyWith) === false)
    return {
      kind: 'none',
      because:
        `${mapping.because ?? ''} A test for ${mapping.anyOf.join(' or ')} would pass for what was ${mapping.onlyWith} in legacy, too.`.trim(),
    };
  if (mapping.anyOf.length === 0 || mapping.precision === 'none')
    return { kind: 'none', because: mapping.because ?? 'v2 has no such value.' };
  if (mapping.field !== table.field)
    return { kind: 'other-field', field: mapping.field, values: mapping.anyOf, mapping };
  const keepsName = mapping.anyOf.length === 1 && mapping.anyOf[0] === legacy;
  const also = keepsName && beside !== undefined ? alsoMeant(table, legacy, beside) : undefined;
  if (also === undefined) return { kind: 'same-field', values: mapping.anyOf, mapping };
  const decision = `'${legacy}' is also what legacy called ${also}. ${mapping.because ?? ''}`;
  return { kind: 'same-field', values: mapping.anyOf, mapping: { ...mapping, decision: decision.trim() } };
}

/** Another legacy word that v2 says this one for, and that does not lead to the same branch: nothing in the code changes to show it. */
const alsoMeant = (table: ValueTable, legacy: string, beside: ReadonlySet<string>): string | undefined =>
  Object.keys(table.values).find((other) => table.values[other]?.onlyWith === legacy && !beside.has(other));

/**
 * The one word of v2 that says what a word of legacy says, where it stands for itself: not in a test, whose other words would
 * tell more. Undefined: there is none, there are several, or it says more, as Captured does for Closed.
 */
export function onlyWord(table: ValueTable, legacy: string): string | undefined {
  const test = testFor(table, legacy);
  if (test.kind !== 'same-field' || test.mapping.onlyWith !== undefined) return undefined;
  const [word, ...others] = test.values;
  const isWider = test.mapping.precision === 'wider' && legacy !== 'Completed';
  return others.length > 0 || isWider || test.mapping.decision !== undefined ? undefined : word;
}

/** The word is one of v2 as well, which says it for another word of legacy, too: `Closed` of an order that was canceled. */
export const saysMore = (table: ValueTable, legacy: string): boolean =>
  alsoMeant(table, legacy, new Set([legacy])) !== undefined && table.values[legacy]?.anyOf.includes(legacy) === true;

export interface TestStyle {
  readonly text: string;
  readonly negated: boolean;
  readonly quote: string;
  /** The types of the SDK allow null here, which `includes` does not take. */
  readonly isOptional: boolean;
}

/** `x === 'A'`, or `['A', 'B'].includes(x)` when any of several is meant. */
export function testText(expression: string, values: readonly string[], style: TestStyle): string {
  const { quote } = style;
  const literals = values.map((value) => `${quote}${value}${quote}`);
  if (literals.length === 1) return `${expression} ${style.text} ${literals[0]}`;
  const subject = style.isOptional ? `${expression} ?? ${quote}${quote}` : expression;
  return `${style.negated ? '!' : ''}[${literals.join(', ')}].includes(${subject})`;
}
