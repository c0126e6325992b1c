import type { IdSource } from '../id-source';
import { LedgerError, type LedgerErrorCode } from './ledger-error';
import type { Charge, Environment, Order, Refund, Step, TableName, Tables } from './rows';
import { orderStatuses, type ChargeStatus, type OrderStatus, type RefundStatus } from './statuses';
import type { Store } from './store';
import {
  chargeEvents,
  next,
  orderEvents,
  refundEvents,
  type ChargeEvent,
  type OrderEvent,
  type RefundEvent,
  type Transition,
} from './transitions';

export interface LedgerSettings {
  /** The two digits in ids: 01 North America, 02 Europe, 03 Japan (facts: captures.md section 2.0). */
  readonly regionDigits: string;
  /** Seconds until something asynchronous is decided; Amazon's own simulations take 30 (facts: captures.md section 1). */
  readonly decisionSeconds: number;
  /** What one agreement may be charged in a calendar month, in units of its currency (facts: captures.md section 7). */
  readonly monthlyLimit: number;
}

/** What one piece of work on the ledger has: the rows, the time, ids, and the timers. */
export interface Posting {
  readonly store: Store;
  readonly now: number;
  readonly ids: IdSource;
  readonly settings: LedgerSettings;
}

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

/** Makes something happen later. */
export function schedule({ store, ids }: Posting, at: number, event: string, target: string): void {
  store.put('timers', { id: String(ids.serial()), at, event, target });
}

export const begin = (now: number, status: string): { statusAt: number; createdAt: number; history: Step[] } => ({
  statusAt: now,
  createdAt: now,
  history: [{ at: now, status }],
});

/** Gives a row another status; the same status again leaves no trace. */
function move<R extends { status: string; statusAt: number; history: readonly Step[] }, S extends R['status']>(
  row: R,
  status: S,
  now: number,
): R {
  if (row.status === status) return row;
  return { ...row, status, statusAt: now, history: [...row.history, { at: now, status }] };
}

/** Lets an event happen to a row, or refuses with the code that the caller's API has for it. */
function step<S extends string, R extends { id: string; status: S; statusAt: number; history: readonly Step[] }>(
  transition: Transition<S>,
  row: R,
  now: number,
  refusal: LedgerErrorCode,
): R {
  const status = next(transition, row.status);
  if (status === null) throw new LedgerError(refusal, `${row.id} is ${row.status}: this cannot happen to it now.`);
  return move(row, status, now);
}

const isAgreement = ({ type }: Order): boolean => type !== 'OneTime';

export function stepOrder(
  posting: Posting,
  order: Order,
  event: OrderEvent,
  change: Partial<Order> = {},
  refusal: LedgerErrorCode = isAgreement(order) ? 'InvalidAgreementStatus' : 'InvalidOrderStatus',
): Order {
  return posting.store.put('orders', {
    ...step<OrderStatus, Order>(orderEvents[event], order, posting.now, refusal),
    ...change,
  });
}

export const canOrder = (order: Order, event: OrderEvent): boolean => next(orderEvents[event], order.status) !== null;

export function stepCharge(
  posting: Posting,
  charge: Charge,
  event: ChargeEvent,
  change: Partial<Charge> = {},
  refusal: LedgerErrorCode = 'InvalidChargeStatus',
): Charge {
  return posting.store.put('charges', {
    ...step<ChargeStatus, Charge>(chargeEvents[event], charge, posting.now, refusal),
    ...change,
  });
}

export const canCharge = (charge: Charge, event: ChargeEvent): boolean =>
  next(chargeEvents[event] as Transition<string>, charge.status) !== null;

export function stepRefund(posting: Posting, refund: Refund, event: RefundEvent): Refund {
  return posting.store.put(
    'refunds',
    step<RefundStatus, Refund>(refundEvents[event], refund, posting.now, 'InvalidChargeStatus'),
  );
}

type InEnvironment = { [T in TableName as Tables[T] extends { environment: Environment } ? T : never]: Tables[T] };

/** An object of this environment. One of the other is not there: sandbox and live know nothing of each other. */
export function find<T extends keyof InEnvironment>(
  { store }: Pick<Posting, 'store'>,
  table: T,
  id: string,
  environment: Environment,
  refusal: LedgerErrorCode,
): InEnvironment[T] {
  const row = store.get(table, id) as InEnvironment[T] | undefined;
  if (row === undefined || row.environment !== environment)
    throw new LedgerError(refusal, `The ${environment} environment has no ${id}.`);
  return row;
}

/** Whether v2 knows the order: an unconfirmed one of legacy it does not (facts: managing-v1-objects.md). */
export const isInV2 = ({ status }: Order): boolean => orderStatuses[status].v2 !== null;
