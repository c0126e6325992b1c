import type { RequestField } from '../../src/catalog/types';
import type { HelperFunction, LegacyValue } from './types';

export interface Converted {
  readonly text: string;
  readonly helpers: readonly HelperFunction[];
  /** The value was or may be cut. */
  readonly shortened?: boolean;
}

/** `total.toFixed(2)` is a decimal number as text, whatever `total` holds, or throws. */
const IS_DECIMAL = /^[^()]*\.toFixed\(\d*\)$/;

const quoted = (value: string | number, quote: string): string => `${quote}${String(value)}${quote}`;

/** Text that is an amount as a string whatever happens: `'10.00'`, `total.toFixed(2)`. */
function certainAmount(value: LegacyValue, quote: string): string | undefined {
  if (typeof value.literal === 'number') return quoted(value.text, quote);
  return typeof value.literal === 'string' || IS_DECIMAL.test(value.text) ? value.text : undefined;
}

/**
 * A price from its two members. JPY has no decimals in v2, and `undefined` must not go out as an amount, so only literals
 * are written in place; everything else goes through the helper, which looks.
 */
export function convertPriceMembers(amount: LegacyValue, currency: LegacyValue, quote: string): Converted {
  const written = certainAmount(amount, quote);
  if (written !== undefined && typeof currency.literal === 'string' && currency.literal !== 'JPY')
    return { text: `{ amount: ${written}, currencyCode: ${currency.text} }`, helpers: [] };
  return { text: `price(${amount.text}, ${currency.text})`, helpers: ['price'] };
}

function convertBoolean(value: LegacyValue): Converted {
  if (value.literal !== undefined) return { text: String(String(value.literal) === 'true'), helpers: [] };
  return { text: `isTrue(${value.text})`, helpers: ['isTrue'] };
}

function convertText(value: LegacyValue, maxLength: number): Converted {
  if (typeof value.literal === 'string' && [...value.literal].length <= maxLength)
    return { text: value.text, helpers: [] };
  return { text: `shorten(${value.text}, ${maxLength})`, helpers: ['shorten'], shortened: true };
}

/** Converts one legacy value for its v2 field, as the catalog's `via` says. */
export function convertValue(field: RequestField, operation: string, value: LegacyValue, quote: string): Converted {
  switch (field.via ?? 'same') {
    case 'toChargeId':
      return { text: `toChargeId(${value.text})`, helpers: ['toChargeId'] };
    case 'idempotencyKey':
      return { text: `idempotencyKey(${quoted(operation, quote)}, ${value.text})`, helpers: ['idempotencyKey'] };
    case 'price':
      return { text: `toPrice(${value.text})`, helpers: ['toPrice'] };
    case 'boolean':
      return convertBoolean(value);
    case 'pendingAuthorization':
      if (value.literal !== undefined) return { text: String(Number(value.literal) !== 0), helpers: [] };
      return { text: `Number(${value.text}) !== 0`, helpers: [] };
    case 'text':
      return field.maxLength === undefined ? { text: value.text, helpers: [] } : convertText(value, field.maxLength);
    case 'same':
      return field.maxLength !== undefined &&
        field.legacyMaxLength !== undefined &&
        field.legacyMaxLength > field.maxLength
        ? convertText(value, field.maxLength)
        : { text: value.text, helpers: [] };
  }
}
