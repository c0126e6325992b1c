import { LedgerError } from './ledger-error';
import type { Money } from './money';
import { newChildId } from './order-ids';
import { begin, type Posting } from './posting';
import type { Charge, ProviderCredit, ProviderCreditReversal, ProviderShare } from './rows';

/** Solution providers get their share of a capture. Legacy only; v2 has nothing like it. */
export function grantCredits(posting: Posting, charge: Charge): Charge {
  const { providerShares: shares, credits, captured } = charge;
  if (charge.status !== 'captured' || shares === undefined || credits !== undefined) return charge;
  checkShares(shares, captured ?? charge.amount);
  const links = shares.map(({ providerId, amount }) => {
    const { id } = posting.store.put('credits', {
      id: newChildId(posting, charge.orderId, 'P'),
      environment: charge.environment,
      madeBy: charge.madeBy,
      chargeId: charge.id,
      providerId,
      status: 'opened',
      ...begin(posting.now, 'opened'),
      amount,
      reversed: 0,
      reversalIds: [],
      reference: charge.captureReference ?? charge.reference,
    });
    return { id, providerId };
  });
  return posting.store.put('charges', { ...charge, credits: links });
}

function checkShares(shares: readonly ProviderShare[], captured: Money): void {
  if (shares.some(({ amount }) => amount.currency !== captured.currency))
    throw new LedgerError('CurrencyMismatch', 'The credits of providers are in another currency than the capture.');
  if (shares.reduce((sum, { amount }) => sum + amount.minor, 0) > captured.minor)
    throw new LedgerError('TransactionAmountExceeded', 'The credits of providers are more than the capture.');
}

export interface ReversalInput {
  readonly amount: Money;
  readonly reference: string | null;
  readonly note?: string | null;
}

/** Takes back what a provider got. */
export function reverseCredit(posting: Posting, credit: ProviderCredit, input: ReversalInput): ProviderCreditReversal {
  const { amount, reference, note = null } = input;
  if (amount.currency !== credit.amount.currency)
    throw new LedgerError('CurrencyMismatch', `${credit.id} is in ${credit.amount.currency}.`);
  if (amount.minor === 0) throw new LedgerError('InvalidParameterValue', 'The amount has to be greater than zero.');
  const reversed = credit.reversed + amount.minor;
  if (reversed > credit.amount.minor)
    throw new LedgerError('TransactionAmountExceeded', `${credit.id} has less than this left.`);
  const reversal = posting.store.put('creditReversals', {
    id: newChildId(posting, credit.id.slice(0, 19), 'Q'),
    environment: credit.environment,
    madeBy: credit.madeBy,
    creditId: credit.id,
    providerId: credit.providerId,
    status: 'completed',
    ...begin(posting.now, 'completed'),
    amount,
    reference,
    note,
  });
  const status = reversed === credit.amount.minor ? 'maxAmountReversed' : 'opened';
  const history = status === credit.status ? credit.history : [...credit.history, { at: posting.now, status }];
  posting.store.put('credits', {
    ...credit,
    reversed,
    reversalIds: [...credit.reversalIds, reversal.id],
    status,
    statusAt: posting.now,
    history,
  });
  return reversal;
}

/** A refund takes shares back from the providers of its capture. */
export function reverseShares(
  posting: Posting,
  charge: Charge,
  shares: readonly ProviderShare[],
  reference: string,
): readonly ProviderCreditReversal[] {
  return shares.map(({ providerId, amount }) => {
    const link = charge.credits?.find((one) => one.providerId === providerId);
    const credit = link === undefined ? undefined : posting.store.get('credits', link.id);
    if (credit === undefined)
      throw new LedgerError('InvalidParameterValue', `The provider ${providerId} got nothing of ${charge.id}.`);
    return reverseCredit(posting, credit, { amount, reference });
  });
}
