import type { ChargeStatus, OrderStatus, RefundStatus, SessionStatus } from './statuses';

/** What may happen to an object: from which statuses, and to which it leads. */
export interface Transition<Status extends string> {
  readonly from: readonly Status[];
  readonly to: Status;
}
type Transitions<Status extends string> = Readonly<Record<string, Transition<Status>>>;

const ALIVE = ['open', 'suspended'] as const;

/** facts: states.md section 1, order reference and billing agreement. */
export const orderEvents = {
  set: { from: ['draft'], to: 'draft' },
  // Again after the buyer chose another payment method.
  confirm: { from: ['draft', 'suspended'], to: 'open' },
  authorize: { from: ['open'], to: 'open' },
  suspend: { from: ['open'], to: 'suspended' },
  repair: { from: ['suspended'], to: 'open' },
  cancelBySeller: { from: ['draft', ...ALIVE], to: 'sellerCanceled' },
  closeBySeller: { from: ALIVE, to: 'sellerClosed' },
  closeByBuyer: { from: ALIVE, to: 'buyerClosed' },
  closeByAmazon: { from: ALIVE, to: 'amazonClosed' },
  cancelByAmazon: { from: ['draft', ...ALIVE], to: 'amazonCanceled' },
  chargeAll: { from: ALIVE, to: 'maxAmountCharged' },
  useLastAuthorization: { from: ALIVE, to: 'maxAuthorizationsProcessed' },
  turnStale: { from: ['draft'], to: 'stale' },
  expire: { from: ALIVE, to: 'expired' },
} as const satisfies Transitions<OrderStatus>;
export type OrderEvent = keyof typeof orderEvents;

/** facts: states.md sections 1 and 2, authorization, capture and charge. */
export const chargeEvents = {
  authorize: { from: ['pending'], to: 'authorized' },
  declineSoft: { from: ['pending'], to: 'softDeclined' },
  declineHard: { from: ['pending'], to: 'hardDeclined' },
  reject: { from: ['pending'], to: 'amazonRejected' },
  timeOut: { from: ['pending'], to: 'timedOut' },
  capture: { from: ['authorized'], to: 'captured' },
  beginCapture: { from: ['authorized'], to: 'capturePending' },
  finishCapture: { from: ['capturePending'], to: 'captured' },
  rejectCapture: { from: ['authorized', 'capturePending'], to: 'captureRejected' },
  closeCapture: { from: ['captured'], to: 'captureClosed' },
  cancelBySeller: { from: ['pending', 'authorized'], to: 'sellerClosed' },
  cancelByAmazon: { from: ['pending', 'authorized'], to: 'amazonClosed' },
  cancelWithOrder: { from: ['pending', 'authorized'], to: 'orderCanceled' },
  expire: { from: ['pending', 'authorized'], to: 'expiredUnused' },
  refund: { from: ['captured'], to: 'captured' },
} as const satisfies Transitions<ChargeStatus>;
export type ChargeEvent = keyof typeof chargeEvents;

export const refundEvents = {
  finish: { from: ['pending'], to: 'refunded' },
  reject: { from: ['pending'], to: 'rejected' },
} as const satisfies Transitions<RefundStatus>;
export type RefundEvent = keyof typeof refundEvents;

/** facts: states.md section 2, Checkout Session. */
export const sessionEvents = {
  update: { from: ['open'], to: 'open' },
  complete: { from: ['open'], to: 'completed' },
  cancelByBuyer: { from: ['open'], to: 'buyerCanceled' },
  cancelByAmazon: { from: ['open'], to: 'amazonCanceled' },
  decline: { from: ['open'], to: 'declined' },
  expire: { from: ['open'], to: 'expired' },
} as const satisfies Transitions<SessionStatus>;
export type SessionEvent = keyof typeof sessionEvents;

/** The status that an event leads to, or null when it cannot happen now. */
export function next<Status extends string>(transition: Transition<Status>, status: Status): Status | null {
  return transition.from.includes(status) ? transition.to : null;
}
