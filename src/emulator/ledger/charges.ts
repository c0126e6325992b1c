import { limits } from '../../catalog/limits';
import { checkRoom } from './balance';
import { LedgerError } from './ledger-error';
import type { Money } from './money';
import { newChildId } from './order-ids';
import { closeWhenUsedUp, NO_METADATA, openOrder, scheduleInactivity } from './orders';
import { begin, canCharge, canOrder, DAY, schedule, SECOND, stepCharge, stepOrder, type Posting } from './posting';
import { grantCredits } from './provider-credits';
import type { Api, Charge, MerchantMetadata, Order, ProviderShare } from './rows';

/** How an authorization ends. */
export type Outcome = 'authorize' | 'declineSoft' | 'declineHard' | 'reject' | 'timeOut';
/** How a capture ends: at once, after a while, or not. */
export type CaptureOutcome = 'now' | 'later' | 'rejectedLater' | 'rejected' | 'closed';

export interface ChargeInput {
  readonly madeBy: Api;
  readonly amount: Money;
  readonly captureNow: boolean;
  readonly outcome: Outcome;
  /** Decided after a while instead of at once. */
  readonly isPending: boolean;
  readonly captureOutcome?: CaptureOutcome;
  readonly softDescriptor?: string | null;
  readonly metadata?: MerchantMetadata;
  readonly reference?: string | null;
  readonly note?: string | null;
  readonly chargeInitiator?: string | null;
  readonly channel?: string | null;
  readonly providerShares?: readonly ProviderShare[];
  /** Simulations: the authorization expires, or the payment method is repaired, after so many minutes. */
  readonly expiresAfterMinutes?: number | undefined;
  readonly repairAfterMinutes?: number | undefined;
}

const later = ({ now, settings }: Posting): number => now + settings.decisionSeconds * SECOND;

/** 30 days; legacy keeps an authorization of the sandbox for 2 only (facts: states.md section 1, captures.md section 2.4). */
const lifetime = (order: Order, api: Api): number =>
  (api === 'legacy' && order.environment === 'sandbox' ? 2 : limits.authorizationDays) * DAY;

/** Authorizes an amount. A decline is a charge too: its status says so, and no money is reserved. */
export function createCharge(posting: Posting, permission: Order, input: ChargeInput): Charge {
  if (permission.type === 'OneTime' && permission.chargeIds.length >= limits.chargesPerChargePermission)
    throw new LedgerError('TransactionCountExceeded', `${permission.id} has been charged too many times.`);
  stepOrder(posting, permission, 'authorize');
  checkRoom(posting, permission, input.amount, input.madeBy);
  const order = permission.type === 'OneTime' ? permission : openChildOrder(posting, permission, input);
  const charge = addCharge(posting, permission, order, input);
  const outcome = takeNextOutcome(posting, permission.id) ?? input.outcome;
  if (input.repairAfterMinutes !== undefined)
    schedule(posting, posting.now + input.repairAfterMinutes * 60 * SECOND, 'order.repair', permission.id);
  if (!input.isPending) return decide(posting, charge, outcome, input.captureOutcome);
  schedule(posting, later(posting), `charge.${outcome}`, charge.id);
  return charge;
}

/** What was planned for the next authorization holds once. */
function takeNextOutcome({ store }: Posting, orderId: string): Outcome | null {
  const order = store.get('orders', orderId);
  if (order === undefined || order.nextOutcome === null) return null;
  store.put('orders', { ...order, nextOutcome: null });
  return order.nextOutcome;
}

/** Each charge of an agreement has an order reference of its own (facts: api-mapping.md, "TRAP"). */
function openChildOrder(posting: Posting, agreement: Order, { madeBy, amount, metadata }: ChargeInput): Order {
  scheduleInactivity(posting, agreement.id);
  return openOrder(posting, {
    environment: agreement.environment,
    madeBy,
    type: 'OneTime',
    status: 'open',
    buyerId: agreement.buyerId,
    address: agreement.address,
    card: agreement.card,
    total: amount,
    metadata: metadata ?? NO_METADATA,
    agreementId: agreement.id,
  });
}

function addCharge(posting: Posting, permission: Order, order: Order, input: ChargeInput): Charge {
  const id = newChildId(posting, order.id, 'C');
  const life =
    input.expiresAfterMinutes === undefined ? lifetime(order, input.madeBy) : input.expiresAfterMinutes * 60 * SECOND;
  for (const one of new Set([permission.id, order.id])) {
    const parent = posting.store.get('orders', one);
    if (parent !== undefined) posting.store.put('orders', { ...parent, chargeIds: [...parent.chargeIds, id] });
  }
  schedule(posting, posting.now + life, 'charge.expire', id);
  return posting.store.put('charges', {
    id,
    environment: order.environment,
    madeBy: input.madeBy,
    orderId: order.id,
    permissionId: permission.id,
    status: 'pending',
    statusText: null,
    ...begin(posting.now, 'pending'),
    amount: input.amount,
    captured: null,
    capturedAt: null,
    refunded: 0,
    captureNow: input.captureNow,
    softDescriptor: input.softDescriptor ?? null,
    metadata: input.metadata ?? NO_METADATA,
    expiresAt: posting.now + life,
    refundIds: [],
    reference: input.reference ?? null,
    captureReference: null,
    note: input.note ?? null,
    captureNote: null,
    chargeInitiator: input.chargeInitiator ?? null,
    channel: input.channel ?? null,
    ...(input.providerShares === undefined ? {} : { providerShares: input.providerShares }),
  });
}

/** An authorization that was pending is decided; with captureNow the money is taken at once. */
export function decide(posting: Posting, charge: Charge, outcome: Outcome, capture: CaptureOutcome = 'now'): Charge {
  const decided = stepCharge(posting, charge, outcome);
  if (outcome === 'authorize' && charge.captureNow)
    return captureCharge(posting, decided, {
      amount: charge.amount,
      outcome: capture,
      reference: charge.reference,
      softDescriptor: charge.softDescriptor,
    });
  if (outcome === 'declineHard') changeOrder(posting, charge.permissionId, 'suspend');
  // Of an agreement, too: the facts say "permission also closed" (states.md section 3) without telling them apart.
  if (outcome === 'reject')
    for (const id of new Set([charge.orderId, charge.permissionId])) changeOrder(posting, id, 'closeByAmazon');
  closeWhenUsedUp(posting, charge.orderId);
  return decided;
}

function changeOrder(posting: Posting, id: string, event: 'suspend' | 'closeByAmazon'): void {
  const order = posting.store.get('orders', id);
  if (order !== undefined && canOrder(order, event)) stepOrder(posting, order, event);
}

export interface CaptureInput {
  readonly amount: Money;
  readonly outcome: CaptureOutcome;
  readonly reference?: string | null;
  readonly note?: string | null;
  readonly softDescriptor?: string | null;
  readonly providerShares?: readonly ProviderShare[];
}

/** Takes money that was reserved. What is left of the reservation is released (our choice where the facts are unsure). */
export function captureCharge(posting: Posting, charge: Charge, input: CaptureInput): Charge {
  if (!canCharge(charge, 'capture')) stepCharge(posting, charge, 'capture');
  if (input.amount.currency !== charge.amount.currency)
    throw new LedgerError('CurrencyMismatch', `${charge.id} is in ${charge.amount.currency}.`);
  if (input.amount.minor === 0)
    throw new LedgerError('InvalidParameterValue', 'The amount of a capture must be greater than zero.');
  if (input.amount.minor > charge.amount.minor)
    throw new LedgerError('TransactionAmountExceeded', `${charge.id} has less than this amount reserved.`);
  const change: Partial<Charge> = {
    captured: input.amount,
    capturedAt: posting.now,
    captureReference: input.reference ?? null,
    captureNote: input.note ?? null,
    softDescriptor: input.softDescriptor ?? charge.softDescriptor,
    ...(input.providerShares === undefined ? {} : { providerShares: input.providerShares }),
  };
  const isLate = posting.now - charge.createdAt > limits.synchronousCaptureDays * DAY;
  const taken = takeMoney(posting, charge, isLate && input.outcome === 'now' ? 'later' : input.outcome, change);
  const captured = grantCredits(posting, taken);
  closeWhenUsedUp(posting, charge.orderId);
  return captured;
}

function takeMoney(posting: Posting, charge: Charge, outcome: CaptureOutcome, change: Partial<Charge>): Charge {
  if (outcome === 'now') return stepCharge(posting, charge, 'capture', change);
  if (outcome === 'rejected') return stepCharge(posting, charge, 'rejectCapture', { ...change, captured: null });
  if (outcome === 'closed')
    return stepCharge(posting, stepCharge(posting, charge, 'capture', change), 'closeCapture', change);
  schedule(posting, later(posting), outcome === 'later' ? 'capture.finish' : 'capture.reject', charge.id);
  return stepCharge(posting, charge, 'beginCapture', change);
}

/** CloseAuthorization, Cancel Charge. */
export const cancelCharge = (posting: Posting, charge: Charge, reason: string | null): Charge =>
  stepCharge(posting, charge, 'cancelBySeller', { statusText: reason });
