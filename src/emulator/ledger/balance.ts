import { LedgerError } from './ledger-error';
import { overshoot, type Money } from './money';
import { canCharge, find, stepCharge, type Posting } from './posting';
import type { Api, Charge, Order } from './rows';

const OPEN = new Set(['pending', 'authorized']);
/** What a charge takes of its order: the reserved amount while it is open, then what was captured of it. */
export const takes = ({ status, amount, captured }: Charge): number =>
  OPEN.has(status) ? amount.minor : (captured?.minor ?? 0);

export const chargesOf = (posting: Pick<Posting, 'store'>, order: Order): readonly Charge[] =>
  order.chargeIds.map((id) => find(posting, 'charges', id, order.environment, 'AuthorizationNotFound'));

/** What was charged, whether or not the money has been taken yet. */
export const chargedOf = (posting: Pick<Posting, 'store'>, order: Order): number =>
  chargesOf(posting, order).reduce((sum, charge) => sum + takes(charge), 0);

/** What is left of an order (amountBalance), never below zero. */
export function balanceOf(posting: Pick<Posting, 'store'>, order: Order): Money | null {
  if (order.total === null) return null;
  return { ...order.total, minor: Math.max(0, order.total.minor - chargedOf(posting, order)) };
}

/** A one-time order whose whole amount is reserved is NonChargeable in v2 (facts: captures.md section 2.3). */
export function isChargeInProgress(posting: Pick<Posting, 'store'>, order: Order): boolean {
  if (order.type !== 'OneTime' || order.status !== 'open' || balanceOf(posting, order)?.minor !== 0) return false;
  return chargesOf(posting, order).some(({ status }) => OPEN.has(status) || status === 'capturePending');
}

/** In units of the currency times 100; yen have no smaller unit (our choice: 100 yen stand for one of the others). */
export const monthlyLimitOf = ({ settings }: Pick<Posting, 'settings'>): number => settings.monthlyLimit * 100;

/** What an agreement was charged in the calendar month of an instant. */
export function chargedInMonth(posting: Pick<Posting, 'store'>, order: Order, instant: number): number {
  const month = new Date(instant).toISOString().slice(0, 7);
  return chargesOf(posting, order)
    .filter(({ createdAt }) => new Date(createdAt).toISOString().startsWith(month))
    .reduce((sum, charge) => sum + takes(charge), 0);
}

/** Throws unless the order has room for another amount. Legacy may go above the total by a little, v2 may not. */
export function checkRoom(posting: Posting, order: Order, amount: Money, api: Api): void {
  if (amount.minor === 0)
    throw new LedgerError('InvalidParameterValue', 'The amount of a charge must be greater than zero.');
  if (order.total !== null && order.total.currency !== amount.currency)
    throw new LedgerError('CurrencyMismatch', `${order.id} is in ${order.total.currency}, not in ${amount.currency}.`);
  if (order.type !== 'OneTime') {
    if (chargedInMonth(posting, order, posting.now) + amount.minor > monthlyLimitOf(posting))
      throw new LedgerError('PeriodicAmountExceeded', `${order.id} would be charged more than a month allows.`);
    return;
  }
  const total = order.total ?? amount;
  const most = total.minor + (api === 'legacy' ? overshoot(total) : 0);
  if (chargedOf(posting, order) + amount.minor > most)
    throw new LedgerError('TransactionAmountExceeded', `${order.id} has no room for this amount.`);
}

/** What happens to open charges when their order is canceled; any other stays as it is. */
export function cancelOpenCharges(posting: Posting, order: Order): void {
  for (const charge of chargesOf(posting, order))
    if (canCharge(charge, 'cancelWithOrder')) stepCharge(posting, charge, 'cancelWithOrder');
}
