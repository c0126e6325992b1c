import { balanceOf, chargesOf } from './ledger/balance';
import { writeAmount, type Money } from './ledger/money';
import { toAuthorizationId } from './ledger/order-ids';
import type { Charge, Order, Refund, Session, Step } from './ledger/rows';
import {
  captureStatuses,
  chargeStatuses,
  orderStatuses,
  refundStatuses,
  sessionStatuses,
  type Named,
} from './ledger/statuses';
import type { Store } from './ledger/store';

/** An order as a person wants to see it, in the words of both APIs. */
export interface InspectedStep {
  readonly at: string;
  readonly legacy: string | null;
  readonly v2: string | null;
}
export interface InspectedRefund {
  readonly id: string;
  readonly amount: string;
  readonly legacy: string | null;
  readonly v2: string | null;
  readonly history: readonly InspectedStep[];
}
export interface InspectedCharge {
  readonly id: string;
  readonly authorizationId: string;
  readonly madeBy: string;
  readonly amount: string;
  readonly captured: string | null;
  readonly refunded: string | null;
  readonly legacyAuthorization: string;
  readonly legacyCapture: string | null;
  readonly v2: string;
  readonly history: readonly InspectedStep[];
  readonly refunds: readonly InspectedRefund[];
}
export interface InspectedOrder {
  readonly id: string;
  readonly type: string;
  readonly environment: string;
  readonly madeBy: string;
  readonly agreementId: string | null;
  readonly reference: string | null;
  readonly total: string | null;
  readonly balance: string | null;
  readonly legacy: string | null;
  readonly v2: string | null;
  readonly history: readonly InspectedStep[];
  readonly charges: readonly InspectedCharge[];
}

const say = (named: Named | null | undefined): string | null =>
  named == null ? null : named.reason === undefined ? named.state : `${named.state} (${named.reason})`;
const amount = (money: Money | null): string | null =>
  money === null ? null : `${writeAmount(money)} ${money.currency}`;

type Table = Readonly<Record<string, { readonly legacy: Named | null; readonly v2: Named | null }>>;

const historyOf = (steps: readonly Step[], table: Table): readonly InspectedStep[] =>
  steps.map(({ at, status }) => ({
    at: new Date(at).toISOString(),
    legacy: say(table[status]?.legacy),
    v2: say(table[status]?.v2),
  }));

const inspectRefund = (refund: Refund): InspectedRefund => ({
  id: refund.id,
  amount: amount(refund.amount) ?? '',
  legacy: say(refundStatuses[refund.status].legacy),
  v2: say(refundStatuses[refund.status].v2),
  history: historyOf(refund.history, refundStatuses),
});

function inspectCharge(store: Store, charge: Charge): InspectedCharge {
  const named = chargeStatuses[charge.status];
  return {
    id: charge.id,
    authorizationId: toAuthorizationId(charge.id),
    madeBy: charge.madeBy,
    amount: amount(charge.amount) ?? '',
    captured: amount(charge.captured),
    refunded: charge.captured === null ? null : amount({ ...charge.captured, minor: charge.refunded }),
    legacyAuthorization: say(named.legacy) ?? '',
    legacyCapture: say(captureStatuses[charge.status]),
    v2: say(named.v2) ?? '',
    history: historyOf(charge.history, chargeStatuses),
    refunds: charge.refundIds.flatMap((id) => {
      const refund = store.get('refunds', id);
      return refund === undefined ? [] : [inspectRefund(refund)];
    }),
  };
}

export const inspectOrder = (store: Store, order: Order): InspectedOrder => ({
  id: order.id,
  type: order.type,
  environment: order.environment,
  madeBy: order.madeBy,
  agreementId: order.agreementId,
  reference: order.metadata.merchantReferenceId,
  total: amount(order.total),
  balance: amount(balanceOf({ store }, order)),
  legacy: say(orderStatuses[order.status].legacy),
  v2: say(orderStatuses[order.status].v2),
  history: historyOf(order.history, orderStatuses),
  charges: chargesOf({ store }, order).map((charge) => inspectCharge(store, charge)),
});

export interface InspectedSession {
  readonly id: string;
  readonly environment: string;
  readonly state: string;
  readonly orderId: string | null;
  readonly chargeId: string | null;
  readonly history: readonly { readonly at: string; readonly state: string | null }[];
}

export const inspectSession = (session: Session): InspectedSession => ({
  id: session.id,
  environment: session.environment,
  state: say(sessionStatuses[session.status]) ?? '',
  orderId: session.orderId,
  chargeId: session.chargeId,
  history: session.history.map(({ at, status }) => ({
    at: new Date(at).toISOString(),
    state: say(sessionStatuses[status as keyof typeof sessionStatuses]),
  })),
});
