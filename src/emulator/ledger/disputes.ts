import { LedgerError } from './ledger-error';
import type { Money } from './money';
import { newChildId } from './order-ids';
import { begin, DAY, schedule, type Posting } from './posting';
import type { Charge, Dispute, Instant } from './rows';

/** A chargeback can be answered for 11 days (facts: captures.md section 2.6). */
const RESPONSE_DAYS = 11;

export interface DisputeInput {
  readonly amount?: Money | null;
  readonly filingReason: string;
  readonly deadline?: Instant | undefined;
  readonly providerDisputeId?: string | null;
  readonly status?: 'actionRequired' | 'underReview';
}

/** The buyer's bank takes a captured charge back. */
export function openDispute(posting: Posting, charge: Charge, input: DisputeInput): Dispute {
  if (charge.captured === null)
    throw new LedgerError('InvalidChargeStatus', `${charge.id} has no captured money to dispute.`);
  const id = newChildId(posting, charge.orderId, 'B');
  const deadline = input.deadline ?? posting.now + RESPONSE_DAYS * DAY;
  const status = input.status ?? 'actionRequired';
  schedule(posting, deadline, 'dispute.expire', id);
  return posting.store.put('disputes', {
    id,
    environment: charge.environment,
    madeBy: charge.madeBy,
    chargeId: charge.id,
    permissionId: charge.permissionId,
    status,
    reason: status === 'actionRequired' ? 'MerchantResponseRequired' : null,
    statusText: null,
    resolution: null,
    ...begin(posting.now, status),
    amount: input.amount ?? charge.captured,
    filingReason: input.filingReason,
    deadline,
    providerDisputeId: input.providerDisputeId ?? null,
    evidences: [],
  });
}

type Change = Partial<Pick<Dispute, 'status' | 'reason' | 'statusText' | 'resolution' | 'evidences'>>;

function move(posting: Posting, dispute: Dispute, change: Change): Dispute {
  const { now: at, store } = posting;
  const status = change.status ?? dispute.status;
  const history = status === dispute.status ? dispute.history : [...dispute.history, { at, status }];
  return store.put('disputes', { ...dispute, ...change, status, statusAt: at, history });
}

const hasEnded = ({ status }: Dispute): boolean => status === 'resolved' || status === 'closed';

/** Contest Dispute: the merchant has sent evidence. */
export function contestDispute(posting: Posting, dispute: Dispute, evidences: readonly unknown[]): Dispute {
  if (dispute.status !== 'actionRequired')
    throw new LedgerError('InvalidChargeStatus', `${dispute.id} needs no answer any more.`);
  const all = [...dispute.evidences, ...evidences];
  return move(posting, dispute, { status: 'underReview', reason: null, evidences: all });
}

/** Update Dispute: a payment service provider says how it stands. What has ended stays ended. */
export function updateDispute(posting: Posting, dispute: Dispute, change: Change): Dispute {
  if (hasEnded(dispute)) throw new LedgerError('InvalidChargeStatus', `${dispute.id} has ended.`);
  return move(posting, dispute, change);
}

/** The dispute is decided; an answer in time keeps the deadline from deciding it. */
export function resolveDispute(posting: Posting, id: string, winner: 'BuyerWon' | 'MerchantWon' | 'nobody came'): void {
  const dispute = posting.store.get('disputes', id);
  if (dispute === undefined || hasEnded(dispute)) return;
  if (winner !== 'nobody came')
    move(posting, dispute, { status: 'resolved', reason: 'InvestigatorResolved', resolution: winner });
  else if (dispute.status === 'actionRequired')
    move(posting, dispute, {
      status: 'resolved',
      reason: 'MerchantResponseDeadlineExpired',
      resolution: 'BuyerWon',
    });
}
