import type { ts } from 'ts-morph';
import type { Operation } from '../../../src/catalog/types';
import type { LegacyValue } from '../../v2-request/types';
import { type FileContext, unwrap } from '../context';
import { isVague, isWrittenOut, knownNames } from './known-names';
import { isFilledUnseen, scopeOf } from './parameter-writes';
import { orElse, pathText } from '../wording';

/** A default of the catalog, in the quotes of the file. */
export const requote = (text: string, quote: string): string => text.replace(/^'(.*)'$/, `${quote}$1${quote}`);

/** How a project names members of its parameters: the old client took `p['RefundAmount.Amount']` for the nested one. */
interface DottedNames {
  readonly written: ReadonlySet<string>;
  /** Some file puts the name of an amount together: `p[name + '.Amount']`. */
  readonly computesPrices: boolean;
}

const dottedNames = new WeakMap<object, DottedNames>();

const COMPUTED_PRICE = /\[[^\]'"`]{0,80}[+`][^\]]{0,80}\.(?:Amount|CurrencyCode)['"`]\s*\]/;

function dottedNamesOf({ input }: FileContext): DottedNames {
  const known = dottedNames.get(input);
  if (known !== undefined) return known;
  const found = input.files.flatMap(({ text }) => [...text.matchAll(/['"]([A-Z]\w+(?:\.[A-Z]\w+)+)['"]/g)]);
  const names = {
    written: new Set(found.map(([, name = '']) => name)),
    computesPrices: input.files.some(({ text }) => COMPUTED_PRICE.test(text)),
  };
  dottedNames.set(input, names);
  return names;
}

/** The dotted names of the amounts of an operation, which may be put together at run time. */
const pricesOf = ({ request }: Operation): string[] =>
  Object.entries(request).flatMap(([name, { via }]) =>
    via === 'price' ? [`${name}.Amount`, `${name}.CurrencyCode`] : [],
  );

interface ReadOff {
  readonly context: FileContext;
  readonly object: string;
  /** Names that the object has; undefined when nobody knows. */
  readonly known: ReadonlySet<string> | undefined;
  readonly dotted: ReadonlySet<string>;
  readonly quote: string;
  /** Under `strict` what is read off it needs a type. */
  readonly isVague: boolean;
}

/** `p.A?.B`, of which the type is said where that of the object says nothing. */
function readText({ context, object, isVague }: ReadOff, name: string, type: string): string {
  if (!isVague) return pathText(context, object, name);
  if (name.includes('.')) return pathText(context, `(${object} as Record<string, any>)`, name);
  return `${pathText(context, object, name)} as ${type}`;
}

/** `p.A?.B`, `p['A.B']`, or both where either may be meant. */
function textOf(from: ReadOff, name: string): string {
  const { context, object, known, dotted, quote } = from;
  const nested = readText(from, name, 'string');
  if (!name.includes('.') || !dotted.has(name)) return nested;
  const flat = `${object}[${quote}${name}${quote}]`;
  // A dotted name among those that are known is the one that was set.
  return known?.has(name) === true ? flat : orElse(context, nested, flat);
}

/** A price as a whole, or by its members where these have dotted names. */
function addPrice(values: Map<string, LegacyValue>, from: ReadOff, name: string): void {
  const { context, object, known, dotted, quote } = from;
  const [amount, currency] = [`${name}.Amount`, `${name}.CurrencyCode`];
  const whole = readText(from, name, '{ Amount: string; CurrencyCode: string }');
  const members = [amount, currency].map((member) => `${object}[${quote}${member}${quote}]`);
  if (!dotted.has(amount)) values.set(name, { text: whole });
  else if (known?.has(amount) === true) {
    values.set(amount, { text: members[0] ?? '' });
    values.set(currency, { text: members[1] ?? '' });
  } else values.set(name, { text: orElse(context, whole, `{ Amount: ${members[0]}, CurrencyCode: ${members[1]} }`) });
}

/**
 * Values read off an object that is passed around: `params.CaptureAmount`. Without a type that says what is in it, every
 * parameter that v2 can take is read, and what is absent stays absent.
 */
export function collectFromObject(
  context: FileContext,
  operation: Operation,
  object: string,
  argument?: ts.Expression,
): Map<string, LegacyValue> {
  const known = argument === undefined ? undefined : knownNames(context, argument);
  const heads = known === undefined ? undefined : new Set([...known].map((name) => name.split('.')[0] ?? ''));
  // A type that does not have the property cannot be given it later, and reading it would not compile. An object that is
  // written within the call nobody else has to add to.
  const isClosed = context.isTypeScript || (argument !== undefined && isWrittenOut(argument));
  const { written, computesPrices } = dottedNamesOf(context);
  const isUnseen = argument !== undefined && isFilledUnseen(context, argument);
  const isComputed =
    (isUnseen && /\.\w+['"`]/.test(scopeOf(context, argument).getText())) ||
    (computesPrices && known === undefined && !isClosed);
  const dotted = new Set([...written, ...(isComputed ? pricesOf(operation) : [])]);
  const { quote } = context.style;
  const isItself = argument !== undefined && object === context.rewriter.original(unwrap(argument));
  const from: ReadOff = { context, object, known, dotted, quote, isVague: isItself && isVague(context, argument) };
  const values = new Map<string, LegacyValue>();
  for (const [name, row] of Object.entries(operation.request)) {
    const isKnown = heads?.has(name.split('.')[0] ?? '') === true;
    // What v2 can take is read in any case: a property may have been set after the object was made.
    if (!isKnown && (row.to === null || (heads !== undefined && isClosed))) continue;
    if (row.via === 'price') addPrice(values, from, name);
    else {
      const text = textOf(from, name);
      const isDefaulted = row.whenAbsent?.startsWith("'") === true;
      values.set(name, {
        text: isDefaulted ? orElse(context, text, requote(row.whenAbsent, quote)) : text,
      });
    }
  }
  return values;
}
