import type { RequestField } from '../../src/catalog/types';
import type { HelperFunction, LegacyValue } from './types';

/** How values are written where the call stands. */
export interface Wording {
  readonly quote: string;
  /** The name under which a function of the helper is known there. */
  readonly nameOf?: (helper: HelperFunction) => string;
}

export interface Converted {
  readonly text: string;
  readonly helpers: readonly HelperFunction[];
  /** The value was or may be cut. */
  readonly shortened?: boolean;
}

/** `total.toFixed(2)` is a decimal number as text, whatever `total` holds, or throws. */
const IS_DECIMAL = /^[^()]*\.toFixed\(\d*\)$/;

const quoted = (value: string | number, quote: string): string => `${quote}${String(value)}${quote}`;

/** The value as a function of the helper gives it. */
function through({ nameOf }: Wording, helper: HelperFunction, ...given: readonly (string | number)[]): Converted {
  return { text: `${nameOf?.(helper) ?? helper}(${given.join(', ')})`, helpers: [helper] };
}

/** Text that is an amount as a string whatever happens: `'10.00'`, `total.toFixed(2)`. */
function certainAmount(value: LegacyValue, quote: string): string | undefined {
  if (typeof value.literal === 'number') return quoted(value.text, quote);
  return typeof value.literal === 'string' || IS_DECIMAL.test(value.text) ? value.text : undefined;
}

/**
 * A price from its two members. JPY has no decimals in v2, and `undefined` must not go out as an amount, so only literals
 * are written in place; everything else goes through the helper, which looks.
 */
export function convertPriceMembers(amount: LegacyValue, currency: LegacyValue, wording: Wording): Converted {
  const written = certainAmount(amount, wording.quote);
  if (written !== undefined && typeof currency.literal === 'string' && currency.literal !== 'JPY')
    return { text: `{ amount: ${written}, currencyCode: ${currency.text} }`, helpers: [] };
  return through(wording, 'price', amount.text, currency.text);
}

function convertBoolean(value: LegacyValue, wording: Wording): Converted {
  if (value.literal !== undefined) return { text: String(String(value.literal) === 'true'), helpers: [] };
  return through(wording, 'isTrue', value.text);
}

function convertText(value: LegacyValue, maxLength: number, wording: Wording): Converted {
  if (typeof value.literal === 'string' && [...value.literal].length <= maxLength)
    return { text: value.text, helpers: [] };
  return { ...through(wording, 'shorten', value.text, maxLength), shortened: true };
}

/** Converts one legacy value for its v2 field, as the catalog's `via` says. */
export function convertValue(field: RequestField, operation: string, value: LegacyValue, wording: Wording): Converted {
  switch (field.via ?? 'same') {
    case 'toChargeId':
      return through(wording, 'toChargeId', value.text);
    case 'idempotencyKey':
      return through(wording, 'idempotencyKey', quoted(operation, wording.quote), value.text);
    case 'price':
      return through(wording, 'toPrice', value.text);
    case 'boolean':
      return convertBoolean(value, wording);
    case 'pendingAuthorization':
      if (value.literal !== undefined) return { text: String(Number(value.literal) !== 0), helpers: [] };
      return { text: `Number(${value.text}) !== 0`, helpers: [] };
    case 'text':
      return field.maxLength === undefined
        ? { text: value.text, helpers: [] }
        : convertText(value, field.maxLength, wording);
    case 'same':
      return field.maxLength !== undefined &&
        field.legacyMaxLength !== undefined &&
        field.legacyMaxLength > field.maxLength
        ? convertText(value, field.maxLength, wording)
        : { text: value.text, helpers: [] };
  }
}
