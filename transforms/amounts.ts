/** v2 takes amounts as strings, and JPY has no decimals. No other currency of Amazon Pay goes without them. */
const WITHOUT_DECIMALS = new Set(['JPY']);

const DECIMAL = /^\d+(?:\.\d+)?$/;

/** Far above the largest payment Amazon accepts; keeps hostile input from costing time. */
const LONGEST_AMOUNT = 100;

export interface Price {
  readonly amount: string;
  readonly currencyCode: string;
}

export type AmountErrorCode = 'NOT_AN_AMOUNT' | 'DECIMALS_NOT_ALLOWED';

/** An amount that v2 cannot take, or that only rounding could make fit. */
export class AmountError extends Error {
  constructor(
    readonly code: AmountErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'AmountError';
  }
}

/**
 * Writes an amount as v2 wants it: a string without exponent, and without decimals for JPY. Nothing is rounded; an
 * amount that would need it is refused, because the difference is somebody's money.
 */
export function toAmount(amount: string | number | bigint, currencyCode: string): string {
  const text = toDecimalText(amount);
  if (!WITHOUT_DECIMALS.has(currencyCode)) return text;
  const [whole = '', fraction = ''] = text.split('.');
  if (/[^0]/.test(fraction)) {
    throw new AmountError(
      'DECIMALS_NOT_ALLOWED',
      `${text} ${currencyCode} has decimals, and ${currencyCode} has none. Decide how the amount is rounded where it is computed.`,
    );
  }
  return whole;
}

/** Builds the v2 price of a legacy amount and currency. */
export function toPrice(amount: string | number | bigint, currencyCode: string): Price {
  return { amount: toAmount(amount, currencyCode), currencyCode };
}

/**
 * Compares two amounts as decimals: negative, zero or positive. `'100'` equals `'100.00'`, which v2 has been seen to
 * answer for a JPY refund of `'100'`, and no digit is lost as it is with floating-point numbers.
 */
export function compareAmounts(left: string | number | bigint, right: string | number | bigint): -1 | 0 | 1 {
  const [leftWhole, leftFraction] = splitAmount(left);
  const [rightWhole, rightFraction] = splitAmount(right);
  const places = Math.max(leftFraction.length, rightFraction.length);
  const leftUnits = BigInt(leftWhole + leftFraction.padEnd(places, '0'));
  const rightUnits = BigInt(rightWhole + rightFraction.padEnd(places, '0'));
  if (leftUnits === rightUnits) return 0;
  return leftUnits < rightUnits ? -1 : 1;
}

/** Two prices are equal when currency and decimal value are. */
export function equalPrices(left: Price, right: Price): boolean {
  return left.currencyCode === right.currencyCode && compareAmounts(left.amount, right.amount) === 0;
}

function splitAmount(amount: string | number | bigint): readonly [string, string] {
  const [whole = '', fraction = ''] = toDecimalText(amount).split('.');
  return [whole, fraction];
}

function toDecimalText(amount: string | number | bigint): string {
  const text = typeof amount === 'number' ? writeWithoutExponent(amount) : String(amount).trim();
  if (text.length > LONGEST_AMOUNT || !DECIMAL.test(text)) {
    throw new AmountError(
      'NOT_AN_AMOUNT',
      `${JSON.stringify(text.slice(0, 40))} is not an amount. Pass digits with at most one decimal point ('94.50'), ` +
        'without sign, currency symbol, grouping or exponent.',
    );
  }
  return text;
}

/** `String(1e21)` is `'1e+21'`; moves the decimal point instead. The digits are those that `String` shows. */
function writeWithoutExponent(amount: number): string {
  const match = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(amount));
  if (!match) return String(amount);
  const [, first = '', rest = '', exponent = '0'] = match;
  const shift = Number(exponent);
  if (shift < 0) return `0.${'0'.repeat(-shift - 1)}${first}${rest}`;
  return first + rest.padEnd(shift, '0');
}

/** Adds two amounts as decimals; keeps the places of the longer. */
export const addAmounts = (left: string, right: string): string => combine(left, right, (a, b) => a + b);

/** Subtracts as decimals. What would be below zero is `'0'`: no amount of Amazon Pay is negative. */
export const subtractAmounts = (left: string, right: string): string =>
  compareAmounts(left, right) < 0 ? '0' : combine(left, right, (a, b) => a - b);

function combine(left: string, right: string, units: (left: bigint, right: bigint) => bigint): string {
  const [leftWhole, leftFraction] = splitAmount(left);
  const [rightWhole, rightFraction] = splitAmount(right);
  const places = Math.max(leftFraction.length, rightFraction.length);
  const digits = units(
    BigInt(leftWhole + leftFraction.padEnd(places, '0')),
    BigInt(rightWhole + rightFraction.padEnd(places, '0')),
  )
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
