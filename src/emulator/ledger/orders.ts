import { limits } from '../../catalog/limits';
import { cancelOpenCharges, chargedOf, chargesOf } from './balance';
import { buyers } from './buyers';
import { LedgerError } from './ledger-error';
import type { Money } from './money';
import { newOrderId } from './order-ids';
import { begin, canOrder, DAY, HOUR, schedule, stepOrder, type Posting } from './posting';
import type { Api, Environment, MerchantMetadata, Order, PermissionType } from './rows';

export const NO_METADATA: MerchantMetadata = {
  merchantReferenceId: null,
  merchantStoreName: null,
  noteToBuyer: null,
  customInformation: null,
};

const NOT_RECURRING: Order['recurring'] = { frequency: null, amount: null };

export interface OrderInput {
  readonly environment: Environment;
  readonly madeBy: Api;
  readonly type: PermissionType;
  readonly status: 'draft' | 'open';
  readonly buyerId?: string | null;
  readonly address?: number;
  readonly card?: string | null;
  readonly total?: Money | null;
  readonly metadata?: MerchantMetadata;
  readonly platformId?: string | null;
  readonly recurring?: Order['recurring'];
  readonly agreementId?: string | null;
}

/** Opens an order reference, a billing agreement or a Charge Permission. */
export function openOrder(posting: Posting, input: OrderInput): Order {
  const isOneTime = input.type === 'OneTime';
  const id = newOrderId(posting, isOneTime ? 'OneTime' : 'agreement', input.environment);
  const expiresAt = isOneTime ? posting.now + limits.oneTimeChargePermissionDays * DAY : null;
  if (input.status === 'draft')
    schedule(posting, posting.now + limits.draftOrderReferenceHours * HOUR, 'order.turnStale', id);
  if (expiresAt !== null) schedule(posting, expiresAt, 'order.expire', id);
  else scheduleInactivity(posting, id);
  return posting.store.put('orders', {
    id,
    environment: input.environment,
    madeBy: input.madeBy,
    type: input.type,
    agreementId: input.agreementId ?? null,
    status: input.status,
    statusText: null,
    ...begin(posting.now, input.status),
    expiresAt,
    total: input.total ?? null,
    metadata: input.metadata ?? NO_METADATA,
    platformId: input.platformId ?? null,
    recurring: input.recurring ?? NOT_RECURRING,
    buyerId: input.buyerId ?? buyers[0]?.id ?? null,
    address: input.address ?? 0,
    card: input.card ?? '1111',
    consent: !isOneTime && input.status === 'open',
    nextOutcome: null,
    chargeIds: [],
  });
}

/** A recurring permission closes after 13 months without a charge (facts: v2-rest.md section 7). */
export function scheduleInactivity(posting: Posting, orderId: string): void {
  const at = new Date(posting.now);
  at.setUTCMonth(at.getUTCMonth() + 13);
  schedule(posting, at.getTime(), 'order.expireUnused', orderId);
}

export type OrderDetails = Partial<Pick<Order, 'total' | 'platformId'>> & { metadata?: Partial<MerchantMetadata> };

const withDetails = (order: Order, { metadata, ...rest }: OrderDetails): Partial<Order> => ({
  ...rest,
  metadata: { ...order.metadata, ...metadata },
});

/** SetOrderReferenceDetails, SetBillingAgreementDetails: drafts only. */
export function setDetails(posting: Posting, order: Order, details: OrderDetails): Order {
  const refusal = order.type === 'OneTime' ? 'OrderNotModifiable' : 'AgreementNotModifiable';
  return stepOrder(posting, order, 'set', withDetails(order, details), refusal);
}

/** SetOrderAttributes, Update Charge Permission. A closed order takes what it has no value for yet. */
export function changeMetadata(posting: Posting, order: Order, details: OrderDetails): Order {
  const isAlive = canOrder(order, 'expire') || order.status === 'draft';
  const asked = Object.entries(details.metadata ?? {}).filter(([, value]) => value !== undefined);
  const overwrites = asked.some(([key, value]) => {
    const present = order.metadata[key as keyof MerchantMetadata];
    return present !== null && present !== value;
  });
  if (!isAlive && overwrites)
    throw new LedgerError('OrderNotModifiable', `${order.id} is closed: only values that are not set can be set.`);
  return posting.store.put('orders', {
    ...order,
    ...withDetails(order, { ...details, metadata: Object.fromEntries(asked) }),
  });
}

/** What keeps a draft from being confirmed (facts: states.md section 1, constraints). */
export function constraintsOf(order: Order): readonly string[] {
  const isOneTime = order.type === 'OneTime';
  return [
    ...(isOneTime && order.total === null ? ['AmountNotSet'] : []),
    ...(order.card === null ? ['PaymentPlanNotSet'] : []),
    ...(!isOneTime && !order.consent ? ['BuyerConsentNotSet'] : []),
  ];
}

export function confirmOrder(posting: Posting, order: Order): Order {
  const constraints = constraintsOf(order);
  if (constraints.length > 0 && canOrder(order, 'confirm'))
    throw new LedgerError(
      order.type === 'OneTime' ? 'ConstraintsExist' : 'AgreementConstraintsExist',
      `${order.id} has constraints: ${constraints.join(', ')}.`,
    );
  // An open agreement is confirmed again after the buyer changed something (facts: states.md section 1).
  if (order.type !== 'OneTime' && order.status === 'open') return order;
  return stepOrder(posting, order, 'confirm');
}

const hasCapture = (posting: Posting, order: Order): boolean =>
  chargesOf(posting, order).some(({ captured }) => captured !== null);

/** CancelOrderReference: refused once money was captured (facts: api-mapping.md section 2.8). */
export function cancelOrder(posting: Posting, order: Order, reason: string | null): Order {
  if (hasCapture(posting, order))
    throw new LedgerError('InvalidOrderStatus', `${order.id} has captures, so it cannot be canceled.`);
  cancelOpenCharges(posting, order);
  return stepOrder(posting, order, 'cancelBySeller', { statusText: reason });
}

/**
 * CloseOrderReference, CloseBillingAgreement, Close Charge Permission. `cancelPending` is how v2 cancels. An order of
 * which nothing was captured is then canceled by the merchant, as legacy has it; which of its two reasons v2 gives is not
 * known (facts: states.md section 3), so the choice between them is ours.
 */
export function closeOrder(posting: Posting, order: Order, reason: string | null, cancelPending = false): Order {
  const isCancel = cancelPending && order.type === 'OneTime' && !hasCapture(posting, order);
  const closed = stepOrder(posting, order, isCancel ? 'cancelBySeller' : 'closeBySeller', { statusText: reason });
  if (cancelPending) cancelOpenCharges(posting, order);
  return closed;
}

/** Closes an order whose amount has been taken as a whole, or that has had its last authorization. */
export function closeWhenUsedUp(posting: Posting, orderId: string): void {
  const order = posting.store.get('orders', orderId);
  if (order?.type !== 'OneTime' || order.total === null) return;
  const open = chargesOf(posting, order).some(({ status }) => status === 'pending' || status === 'authorized');
  if (!open && chargedOf(posting, order) >= order.total.minor && canOrder(order, 'chargeAll'))
    stepOrder(posting, order, 'chargeAll');
  else if (order.chargeIds.length >= limits.chargesPerChargePermission && canOrder(order, 'useLastAuthorization'))
    stepOrder(posting, order, 'useLastAuthorization');
}
