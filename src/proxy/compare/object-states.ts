import type { NotifiedObject } from '../../catalog/notifications';
import type { OutcomeState } from './outcome';

/**
 * Each state of v2, and its reasons where they matter, as an outcome (facts: states.md section 2, captures.md sections 2.3
 * and 2.6). A state, or a reason that decides, which is not here is `unknown`.
 */
export interface StateRow {
  readonly state: OutcomeState;
  /** Nothing more happens to the state of the object. Its money may move on: a captured charge is refunded. */
  readonly isFinal: boolean;
}

const waits = (state: OutcomeState): StateRow => ({ state, isFinal: false });
const ends = (state: OutcomeState): StateRow => ({ state, isFinal: true });

type StateTable = Readonly<Record<string, StateRow | Readonly<Record<string, StateRow>>>>;

const charge: StateTable = {
  AuthorizationInitiated: waits('pending'),
  Authorized: waits('authorized'),
  CaptureInitiated: waits('pending'),
  Captured: ends('captured'),
  // ExpiredUnused, AmazonCanceled, MerchantCanceled, ChargePermissionCanceled, BuyerCanceled: the money is free again.
  Canceled: ends('canceled'),
  // SoftDeclined, HardDeclined, AmazonRejected, ProcessingFailure, TransactionTimedOut: another try is another charge.
  Declined: ends('declined'),
};

const refund: StateTable = {
  RefundInitiated: waits('pending'),
  Refunded: ends('refunded'),
  Declined: ends('declined'),
};

/** By the reason that is the gravest; `''` stands for none. */
const permission: StateTable = {
  Chargeable: waits('open'),
  NonChargeable: {
    // All of it is reserved by a charge, which tells the rest.
    ChargeInProgress: waits('open'),
    TransactionAmountExceeded: waits('open'),
    PaymentMethodInvalid: waits('pending'),
    PaymentMethodDeleted: waits('pending'),
    PaymentMethodExpired: waits('pending'),
    PaymentMethodNotAllowed: waits('pending'),
    PaymentMethodNotSet: waits('pending'),
    BillingAddressDeleted: waits('pending'),
    MFAFailed: waits('pending'),
  },
  Closed: {
    MerchantCanceled: ends('canceled'),
    BuyerCanceled: ends('canceled'),
    AmazonCanceled: ends('canceled'),
    MerchantClosed: ends('closed'),
    BuyerClosed: ends('closed'),
    AmazonClosed: ends('closed'),
    Expired: ends('closed'),
    '': ends('closed'),
  },
};

const settled: StateRow | Readonly<Record<string, StateRow>> = {
  BuyerWon: ends('disputed'),
  MerchantWon: ends('closed'),
  NoFault: ends('closed'),
};

/** By its resolution. */
const dispute: StateTable = {
  ActionRequired: waits('disputed'),
  UnderReview: waits('disputed'),
  Resolved: settled,
  Closed: settled,
};

export const objectStates: Readonly<Record<NotifiedObject, StateTable>> = {
  CHARGE: charge,
  REFUND: refund,
  CHARGE_PERMISSION: permission,
  CHARGEBACK: dispute,
};

const isRow = (entry: StateTable[string]): entry is StateRow => 'isFinal' in entry;
const unknown: StateRow = waits('unknown');

/** Looks a state up. Of several reasons the gravest counts: one that is not known, then the one that waits for somebody. */
export function findState(objectType: NotifiedObject, state: string, reasons: readonly string[]): StateRow {
  const table = objectStates[objectType];
  const entry = Object.hasOwn(table, state) ? table[state] : undefined;
  if (entry === undefined) return unknown;
  if (isRow(entry)) return entry;
  const rows = (reasons.length === 0 ? [''] : reasons).map((reason) =>
    Object.hasOwn(entry, reason) ? (entry[reason] ?? unknown) : unknown,
  );
  return rows.find((row) => row.state === 'unknown') ?? rows.find((row) => row.state !== 'open') ?? rows[0] ?? unknown;
}
