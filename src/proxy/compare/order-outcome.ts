import { compareAmounts, subtractAmounts } from '../../../transforms/amounts';
import type { CanonicalObject, ObjectProblem } from './canonical-object';
import { isZeroAmount, largerAmount, sumAmounts, type Outcome, type OutcomeState } from './outcome';

/** How an order is by all that Amazon said of its objects. */
export interface AmazonOutcome {
  readonly outcome: Outcome;
  /** Why `unknown`. */
  readonly problem: ObjectProblem | 'no-object' | 'several-currencies' | null;
}

const ofType = (objects: readonly CanonicalObject[], type: CanonicalObject['objectType']): readonly CanonicalObject[] =>
  objects.filter(({ objectType }) => objectType === type);

/**
 * What has gone back of a charge. Whether Amazon counts a refund in `refundedAmount` that is still under way is not
 * documented; it is not counted here, and one that arrived is, even when the charge was read before that.
 */
function refundedOf(charge: CanonicalObject, refunds: readonly CanonicalObject[]): string {
  const own = refunds.filter(({ chargeId }) => chargeId === charge.objectId);
  const sumIn = (state: OutcomeState): string =>
    sumAmounts(own.filter((refund) => refund.state === state).map(({ refunded }) => refunded));
  return largerAmount(sumIn('refunded'), subtractAmounts(charge.refunded, sumIn('pending')));
}

const newest = (objects: readonly CanonicalObject[]): CanonicalObject | undefined =>
  [...objects].sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.objectId < b.objectId ? -1 : 1)).at(-1);

function stateOf(objects: readonly CanonicalObject[], money: Omit<Outcome, 'state' | 'currency'>): OutcomeState {
  const charges = ofType(objects, 'CHARGE');
  if (ofType(objects, 'CHARGEBACK').some(({ state }) => state === 'disputed')) return 'disputed';
  if (charges.some(({ state }) => state === 'pending')) return 'pending';
  if (!isZeroAmount(money.captured))
    return compareAmounts(money.refunded, money.captured) < 0 ? 'captured' : 'refunded';
  if (!isZeroAmount(money.authorized)) return 'authorized';
  // No money is held: the last try says why. Closing the permission afterwards is tidying up.
  return newest(charges)?.state ?? newest(ofType(objects, 'CHARGE_PERMISSION'))?.state ?? 'unknown';
}

/** Reduces the objects of an order to its outcome. An object that cannot be told makes the state `unknown`. */
export function orderOutcome(objects: readonly CanonicalObject[]): AmazonOutcome {
  const charges = ofType(objects, 'CHARGE');
  const refunds = ofType(objects, 'REFUND');
  const money = {
    authorized: sumAmounts(charges.map(({ authorized }) => authorized)),
    captured: sumAmounts(charges.map(({ captured }) => captured)),
    refunded: sumAmounts(charges.map((charge) => refundedOf(charge, refunds))),
  };
  const currencies = new Set(charges.flatMap(({ currency }) => currency ?? []));
  const [currency = newest(ofType(objects, 'CHARGE_PERMISSION'))?.currency ?? null] = currencies;
  const state = stateOf(objects, money);
  const problem =
    objects.find((object) => object.problem !== null)?.problem ??
    (currencies.size > 1 ? 'several-currencies' : state === 'unknown' ? 'no-object' : null);
  return { outcome: { ...money, currency, state: problem === null ? state : 'unknown' }, problem };
}
