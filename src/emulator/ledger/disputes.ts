import { LedgerError } from './ledger-error';
import type { Money } from './money';
import { newChildId } from './order-ids';
import { begin, DAY, schedule, type Posting } from './posting';
import type { Charge, Dispute } from './rows';
import type { DisputeStatus } from './statuses';

/** A chargeback can be answered for 11 days (facts: captures.md section 2.6). */
const RESPONSE_DAYS = 11;

/** The buyer's bank takes a captured charge back. */
export function openDispute(posting: Posting, charge: Charge, amount: Money | null, filingReason: string): Dispute {
  if (charge.captured === null)
    throw new LedgerError('InvalidChargeStatus', `${charge.id} has no captured money to dispute.`);
  const id = newChildId(posting, charge.orderId, 'B');
  const deadline = posting.now + RESPONSE_DAYS * DAY;
  schedule(posting, deadline, 'dispute.expire', id);
  return posting.store.put('disputes', {
    id,
    environment: charge.environment,
    madeBy: charge.madeBy,
    chargeId: charge.id,
    permissionId: charge.permissionId,
    status: 'actionRequired',
    ...begin(posting.now, 'actionRequired'),
    amount: amount ?? charge.captured,
    filingReason,
    deadline,
  });
}

function move(posting: Posting, dispute: Dispute, status: DisputeStatus): Dispute {
  const at = posting.now;
  return posting.store.put('disputes', {
    ...dispute,
    status,
    statusAt: at,
    history: [...dispute.history, { at, status }],
  });
}

/** Contest Dispute: the merchant has sent evidence. */
export function contestDispute(posting: Posting, dispute: Dispute): Dispute {
  if (dispute.status !== 'actionRequired')
    throw new LedgerError('InvalidChargeStatus', `${dispute.id} needs no answer any more.`);
  return move(posting, dispute, 'underReview');
}

/** The dispute ends; an answer in time keeps the deadline from ending it. */
export function closeDispute(
  posting: Posting,
  id: string,
  status: 'buyerWon' | 'merchantWon' | 'deadlineExpired',
): void {
  const dispute = posting.store.get('disputes', id);
  if (dispute === undefined) return;
  const isOpen =
    dispute.status === 'actionRequired' || (status !== 'deadlineExpired' && dispute.status === 'underReview');
  if (isOpen) move(posting, dispute, status);
}
