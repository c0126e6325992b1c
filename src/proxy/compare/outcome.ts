import { z } from 'zod';
import { addAmounts, compareAmounts, toAmount } from '../../../transforms/amounts';

/**
 * How an order is, in words that both handlers and Amazon's objects reduce to:
 *
 * - `open`: the buyer has agreed, nothing is charged. `pending`: Amazon, or the buyer, has yet to decide.
 * - `authorized`, `captured` (in part, too), `refunded` (as much as was captured).
 * - `declined`, `canceled`: the last charge ended so, and no money is held. `closed`: nothing was charged, and nothing will be.
 * - `disputed`: a chargeback is open, or was lost. `unknown`: nobody can tell.
 */
export const outcomeStates = [
  'open',
  'pending',
  'authorized',
  'captured',
  'refunded',
  'declined',
  'canceled',
  'closed',
  'disputed',
  'unknown',
] as const;
export type OutcomeState = (typeof outcomeStates)[number];

const amountSchema = z.union([z.string(), z.number()]).transform((amount, context) => {
  try {
    return toAmount(amount, '');
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});

/**
 * The outcome of an order. `authorized` is what Amazon has authorized and neither canceled nor let expire, whether or not it
 * was captured since; `captured` what was captured, `refunded` what has gone back of it. Amounts are decimals as text.
 */
export const outcomeSchema = z.object({
  state: z.enum(outcomeStates),
  authorized: amountSchema,
  captured: amountSchema,
  refunded: amountSchema,
  /** null: there is no money yet that could tell. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

export const outcomeFields = ['state', 'authorized', 'captured', 'refunded', 'currency'] as const;
export type OutcomeField = (typeof outcomeFields)[number];

export const isZeroAmount = (amount: string): boolean => compareAmounts(amount, '0') === 0;
const hasMoney = ({ authorized, captured, refunded }: Outcome): boolean =>
  ![authorized, captured, refunded].every(isZeroAmount);

/** Whether a field says the same in both: amounts as decimals, and a currency only where there is money in it. */
export function isSameField(field: OutcomeField, left: Outcome, right: Outcome): boolean {
  if (field === 'state') return left.state === right.state;
  if (field === 'currency') return left.currency === right.currency || (!hasMoney(left) && !hasMoney(right));
  return compareAmounts(left[field], right[field]) === 0;
}

export const isSameOutcome = (left: Outcome, right: Outcome): boolean =>
  outcomeFields.every((field) => isSameField(field, left, right));

export const sumAmounts = (amounts: readonly string[]): string => amounts.reduce(addAmounts, '0');
export const largerAmount = (left: string, right: string): string => (compareAmounts(left, right) < 0 ? right : left);
