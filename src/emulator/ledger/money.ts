import { AmountError, toAmount } from '../../../transforms/amounts';
import { LedgerError } from './ledger-error';

/** An amount in the smallest unit of its currency: cents, or yen. Whole numbers, so that sums are exact. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** facts: v2-rest.md section 8. The ledger currencies come first. */
export const currencies: readonly string[] = 'USD EUR GBP JPY AUD DKK HKD NZD NOK ZAR SEK CHF'.split(' ');

const places = (currency: string): number => (currency === 'JPY' ? 0 : 2);

/** The largest single amount (facts: captures.md section 7). */
const largest = (currency: string): number => (currency === 'JPY' ? 10_000_000 : 15_000_000);

/** Reads an amount exactly. Nothing is rounded: an amount with more decimals than its currency has is refused. */
export function readMoney(amount: string | number, currency: string, name: string): Money {
  if (!currencies.includes(currency))
    throw new LedgerError('CurrencyUnsupported', `The value ${JSON.stringify(currency)} of ${name} is no currency.`);
  const text = readText(amount, currency, name);
  const [whole = '', fraction = ''] = text.split('.');
  const decimals = fraction.slice(0, places(currency)).padEnd(places(currency), '0');
  if (/[1-9]/.test(fraction.slice(places(currency))))
    throw new LedgerError('InvalidParameterValue', `The amount of ${name} has more decimals than ${currency}.`);
  const minor = Number(whole + decimals);
  if (!(minor <= largest(currency)))
    throw new LedgerError('InvalidParameterValue', `The amount of ${name} is above the largest that is accepted.`);
  return { minor, currency };
}

function readText(amount: string | number, currency: string, name: string): string {
  try {
    return toAmount(amount, currency);
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    throw new LedgerError('InvalidParameterValue', `${name}: ${error.message}`);
  }
}

/** As both APIs write an amount: `94.50`, and no decimals for yen. */
export function writeAmount({ minor, currency }: Money): string {
  const digits = places(currency);
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export const zero = (currency: string): Money => ({ minor: 0, currency });

export const plus = (left: Money, right: Money): Money => ({ ...left, minor: left.minor + right.minor });

/**
 * How far an amount may be above what was agreed: 15 percent, but no more than 75 USD, GBP or EUR, or 8,400 JPY (facts:
 * captures.md section 7, api-mapping.md sections 2.3 and 2.7).
 */
export function overshoot({ minor, currency }: Money): number {
  return Math.min(Math.floor((minor * 15) / 100), currency === 'JPY' ? 8_400 : 7_500);
}
