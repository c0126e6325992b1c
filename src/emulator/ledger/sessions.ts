import { compareAmounts } from '../../../transforms/amounts';
import { limits } from '../../catalog/limits';
import { findCard } from './buyers';
import { createCharge, type ChargeInput } from './charges';
import { LedgerError } from './ledger-error';
import { readMoney, type Money } from './money';
import { NO_METADATA, openOrder } from './orders';
import { begin, HOUR, schedule, type Posting } from './posting';
import type {
  Charge,
  Environment,
  MerchantMetadata,
  Order,
  Price,
  RecurringMetadata,
  Session,
  SessionRequest,
  WireRecurring,
} from './rows';
import type { SessionStatus } from './statuses';
import { next, sessionEvents, type SessionEvent } from './transitions';

export function createSession(posting: Posting, environment: Environment, request: SessionRequest): Session {
  const id = posting.ids.uuid();
  const expiresAt = posting.now + limits.checkoutSessionHours * HOUR;
  schedule(posting, expiresAt, 'session.expire', id);
  return posting.store.put('sessions', {
    id,
    environment,
    madeBy: 'v2',
    status: 'open',
    statusText: null,
    ...begin(posting.now, 'open'),
    expiresAt,
    request,
    productType: null,
    buyerId: null,
    address: 0,
    card: null,
    isApproved: false,
    isCancelTold: false,
    orderId: null,
    chargeId: null,
  });
}

export function stepSession(
  posting: Posting,
  session: Session,
  event: SessionEvent,
  change: Partial<Session> = {},
): Session {
  const { now, store } = posting;
  const status = next<SessionStatus>(sessionEvents[event], session.status);
  if (status === null)
    throw new LedgerError('InvalidCheckoutSessionStatus', `Checkout session ${session.id} is ${session.status}.`);
  const moved =
    status === session.status
      ? session
      : { ...session, status, statusAt: now, history: [...session.history, { at: now, status }] };
  return store.put('sessions', { ...moved, ...change });
}

/** Objects are merged member by member, so that what a request leaves out stays. */
export function mergeRequest(old: SessionRequest, change: SessionRequest): SessionRequest {
  const merged: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(change)) {
    if (key === '__proto__') continue;
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
  }
  return merged as SessionRequest;
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const updateSession = (posting: Posting, session: Session, change: SessionRequest): Session =>
  stepSession(posting, session, 'update', { request: mergeRequest(session.request, change) });

interface Constraint {
  readonly constraintId: string;
  readonly description: string;
}

/** What is missing before the buyer can be sent on (facts: captures.md section 2.2, "Constraint ids"). */
export function sessionConstraints({ request, buyerId }: Session): readonly Constraint[] {
  const { webCheckoutDetails: web, paymentDetails: payment, chargePermissionType: type } = request;
  const rows: readonly (readonly [boolean, string, string])[] = [
    [buyerId === null, 'BuyerNotAssociated', 'There is no buyer associated with the Checkout Session.'],
    [payment?.chargeAmount == null, 'ChargeAmountNotSet', 'chargeAmount is not set.'],
    [web?.['checkoutResultReturnUrl'] == null, 'CheckoutResultReturnUrlNotSet', 'checkoutResultReturnUrl is not set.'],
    [payment?.paymentIntent == null, 'PaymentIntentNotSet', 'paymentIntent is not set.'],
    [
      type === 'Recurring' && request.recurringMetadata?.frequency == null,
      'RecurringFrequencyNotSet',
      'recurringMetadata.frequency is not set.',
    ],
  ];
  return rows.filter(([holds]) => holds).map(([, constraintId, description]) => ({ constraintId, description }));
}

/** The buyer signed in on the page of Amazon and chose an address and a card. */
export const associateBuyer = (
  posting: Posting,
  session: Session,
  choice: Pick<Session, 'buyerId' | 'address' | 'card'>,
): Session => stepSession(posting, session, 'update', choice);

/** The buyer pays on the page behind amazonPayRedirectUrl; the card decides what comes of it. */
export function approveSession(posting: Posting, session: Session): Session {
  const behaviour = findCard(session.card)?.behaviour;
  if (sessionConstraints(session).length > 0)
    throw new LedgerError('InvalidCheckoutSessionStatus', `Checkout session ${session.id} has constraints.`);
  if (behaviour === 'buyerCanceled') return stepSession(posting, session, 'cancelByBuyer');
  if (behaviour === 'declined') return stepSession(posting, session, 'decline');
  return stepSession(posting, session, 'update', { isApproved: true });
}

export interface CompleteInput {
  readonly chargeAmount: Price;
  readonly totalOrderAmount?: Price | null | undefined;
  readonly simulation: 'BuyerCanceled' | 'AmazonCanceled' | 'Declined' | 'AuthorizationInitiated' | null;
}
export type Completion =
  | { readonly kind: 'completed'; readonly session: Session; readonly charge: Charge | null }
  /** Refused, and the ledger keeps why. */
  | { readonly kind: 'canceled'; readonly session: Session };

const CANCELING = { BuyerCanceled: 'cancelByBuyer', AmazonCanceled: 'cancelByAmazon', Declined: 'decline' } as const;

/** Complete Checkout Session: opens the Charge Permission, and charges when the session says so. */
export function completeSession(posting: Posting, session: Session, input: CompleteInput): Completion {
  // Complete says once that the buyer left or was declined; after that it is the status that does not fit (our choice:
  // the facts have both answers, captures.md section 3 and v2-rest.md section 6).
  if ((session.status === 'buyerCanceled' || session.status === 'declined') && !session.isCancelTold)
    return { kind: 'canceled', session: posting.store.put('sessions', { ...session, isCancelTold: true }) };
  if (session.status !== 'open' || !session.isApproved)
    throw new LedgerError('InvalidCheckoutSessionStatus', `Checkout session ${session.id} cannot be completed now.`);
  checkAmounts(session, input);
  const { simulation } = input;
  if (simulation !== null && simulation !== 'AuthorizationInitiated')
    return { kind: 'canceled', session: stepSession(posting, session, CANCELING[simulation], { isCancelTold: true }) };
  const isPending = simulation === 'AuthorizationInitiated' || /^pending/.test(findCard(session.card)?.behaviour ?? '');
  const { paymentIntent, canHandlePendingAuthorization } = session.request.paymentDetails ?? {};
  // An error follows (facts: captures.md section 1.1); that it is this one is our choice.
  if (isPending && (paymentIntent !== 'Authorize' || canHandlePendingAuthorization !== true))
    return { kind: 'canceled', session: stepSession(posting, session, 'decline', { isCancelTold: true }) };
  const order = openPermission(posting, session);
  const charge = paymentIntent === 'Confirm' ? null : createCharge(posting, order, chargeOf(session, isPending));
  const change = { orderId: order.id, chargeId: charge?.id ?? null };
  return { kind: 'completed', session: stepSession(posting, session, 'complete', change), charge };
}

const money = (price: Price, name: string): Money => readMoney(price.amount, price.currencyCode, name);

function checkAmounts({ request }: Session, { chargeAmount, totalOrderAmount }: CompleteInput): void {
  const { paymentDetails } = request;
  for (const [given, agreed, name] of [
    [chargeAmount, paymentDetails?.chargeAmount, 'chargeAmount'],
    [totalOrderAmount, paymentDetails?.totalOrderAmount, 'totalOrderAmount'],
  ] as const) {
    if (given == null) continue;
    money(given, name);
    if (
      agreed == null ||
      agreed.currencyCode !== given.currencyCode ||
      compareAmounts(agreed.amount, given.amount) !== 0
    )
      throw new LedgerError('AmountMismatch', `The ${name} is not that of the checkout session.`);
  }
}

export const toMetadata = (given: Partial<MerchantMetadata> | null | undefined): MerchantMetadata => ({
  ...NO_METADATA,
  ...Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)),
});

export const toRecurring = (given: WireRecurring | null | undefined): RecurringMetadata => ({
  frequency: given?.frequency == null ? null : { unit: given.frequency.unit, value: String(given.frequency.value) },
  amount: given?.amount == null ? null : money(given.amount, 'recurringMetadata.amount'),
});

function openPermission(posting: Posting, session: Session): Order {
  const { paymentDetails, chargePermissionType: type = 'OneTime', platformId, merchantMetadata } = session.request;
  const total = paymentDetails?.totalOrderAmount ?? paymentDetails?.chargeAmount;
  return openOrder(posting, {
    environment: session.environment,
    madeBy: 'v2',
    type,
    status: 'open',
    buyerId: session.buyerId,
    address: session.address,
    card: session.card,
    total: type === 'OneTime' && total != null ? money(total, 'chargeAmount') : null,
    metadata: toMetadata(merchantMetadata),
    platformId: platformId ?? null,
    recurring: toRecurring(session.request.recurringMetadata),
  });
}

function chargeOf(session: Session, isPending: boolean): ChargeInput {
  const { paymentDetails, merchantMetadata } = session.request;
  const amount = paymentDetails?.chargeAmount;
  if (amount == null) throw new Error('A session without an amount has constraints, so it is never completed.');
  return {
    madeBy: 'v2',
    amount: money(amount, 'chargeAmount'),
    captureNow: paymentDetails?.paymentIntent === 'AuthorizeWithCapture',
    outcome: findCard(session.card)?.behaviour === 'pendingDeclined' ? 'declineHard' : 'authorize',
    isPending,
    softDescriptor: paymentDetails?.softDescriptor ?? null,
    metadata: toMetadata(merchantMetadata),
  };
}
