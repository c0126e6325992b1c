import { LedgerError } from './ledger-error';
import { overshoot, type Money } from './money';
import { newChildId } from './order-ids';
import { begin, canCharge, schedule, SECOND, stepCharge, stepRefund, type Posting } from './posting';
import type { Api, Charge, Refund } from './rows';

/** facts: states.md section 1 (MaxRefundsProcessed). v2 publishes no number; that of legacy is taken for both. */
export const MAX_REFUNDS = 10;

export interface RefundInput {
  readonly madeBy: Api;
  readonly amount: Money;
  readonly outcome: 'finish' | 'reject';
  readonly reference?: string | null;
  readonly note?: string | null;
  readonly softDescriptor?: string | null;
}

/** Gives money back. It arrives after a while: refunds are always asynchronous (facts: states.md section 2). */
export function createRefund(posting: Posting, charge: Charge, input: RefundInput): Refund {
  checkRefund(charge, input.amount, posting);
  const id = newChildId(posting, charge.orderId, 'R');
  const refund = posting.store.put('refunds', {
    id,
    environment: charge.environment,
    madeBy: input.madeBy,
    chargeId: charge.id,
    status: 'pending',
    ...begin(posting.now, 'pending'),
    amount: input.amount,
    softDescriptor: input.softDescriptor ?? charge.softDescriptor,
    reference: input.reference ?? null,
    note: input.note ?? null,
  });
  posting.store.put('charges', {
    ...charge,
    refunded: charge.refunded + input.amount.minor,
    refundIds: [...charge.refundIds, id],
  });
  schedule(posting, posting.now + posting.settings.decisionSeconds * SECOND, `refund.${input.outcome}`, id);
  return refund;
}

function checkRefund(charge: Charge, amount: Money, posting: Posting): void {
  if (!canCharge(charge, 'refund')) stepCharge(posting, charge, 'refund', {}, 'ChargeNotRefundable');
  const captured = charge.captured ?? { ...charge.amount, minor: 0 };
  if (amount.currency !== captured.currency)
    throw new LedgerError('CurrencyMismatch', `${charge.id} is in ${captured.currency}.`);
  if (amount.minor === 0)
    throw new LedgerError('InvalidParameterValue', 'The amount of a refund must be greater than zero.');
  if (charge.refundIds.length >= MAX_REFUNDS)
    throw new LedgerError('TransactionCountExceeded', `${charge.id} has been refunded too many times.`);
  const isUsedUp = charge.refunded >= captured.minor;
  if (isUsedUp || charge.refunded + amount.minor > captured.minor + overshoot(captured))
    throw new LedgerError('TransactionAmountExceeded', `${charge.id} cannot give back this much.`);
}

/** A refund arrives, or comes back: then the charge has that money again. */
export function decideRefund(posting: Posting, refund: Refund, outcome: 'finish' | 'reject'): void {
  stepRefund(posting, refund, outcome);
  const charge = posting.store.get('charges', refund.chargeId);
  if (outcome === 'reject' && charge !== undefined)
    posting.store.put('charges', { ...charge, refunded: charge.refunded - refund.amount.minor });
}
