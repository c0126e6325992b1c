import { z } from 'zod';
import {
  authorizationStates,
  captureStates,
  chargeReasons,
  closedBillingAgreements,
  closedOrderReferences,
  refundStates,
  suspendedPermissions,
} from '../../src/catalog/legacy-status';
import type { NotifiedObject } from '../../src/catalog/notifications';

/** State and reason as legacy had them. */
export interface LegacyStatus {
  readonly State: string;
  /** Absent where legacy had no reason for it. */
  readonly ReasonCode?: string;
}

/** What v2 does not have, so that nobody waits for it: references, fees, kinds of refunds. */
export interface NotInV2 {
  readonly AuthorizationReferenceId?: never;
  readonly CaptureReferenceId?: never;
  readonly RefundReferenceId?: never;
  readonly AuthorizationFee?: never;
  readonly CaptureFee?: never;
  readonly FeeRefunded?: never;
  readonly RefundType?: never;
}

export interface LegacyAuthorizationStatus extends LegacyStatus {
  /** Text, as in legacy; only of a declined authorization. */
  readonly SoftDecline?: 'true' | 'false';
}

/** What a legacy handler knew of the object that was fetched. */
export type LegacyObjectStatus = NotInV2 &
  (
    | {
        readonly object: 'charge';
        readonly authorization: LegacyAuthorizationStatus;
        /** null: nothing was captured, and nothing was tried. */
        readonly capture: LegacyStatus | null;
      }
    | { readonly object: 'refund'; readonly refund: LegacyStatus }
    | { readonly object: 'orderReference' | 'billingAgreement'; readonly status: LegacyStatus }
  );

/** A state that this version does not know is not guessed. */
export class UnknownStateError extends Error {
  readonly code = 'unknown-state';

  constructor(
    readonly objectType: string,
    readonly state: string,
  ) {
    super(`No legacy state is known for a ${objectType} in state ${state.slice(0, 60)}; look at the object itself.`);
    this.name = 'UnknownStateError';
  }
}

const price = z.looseObject({ amount: z.union([z.string(), z.number()]) });
const statusDetails = z.looseObject({ state: z.string(), reasonCode: z.string().nullish() });
const charge = z.looseObject({
  statusDetails,
  captureAmount: price.nullish(),
  refundedAmount: price.nullish(),
});
const refund = z.looseObject({ statusDetails });
const permission = z.looseObject({
  chargePermissionId: z.string(),
  statusDetails: z.looseObject({
    state: z.string(),
    // null, not [], while there is none (facts: captures.md section 2.3).
    reasons: z.array(z.looseObject({ reasonCode: z.string() })).nullish(),
  }),
});

const status = (State: string, reason: string | null | undefined): LegacyStatus =>
  reason == null ? { State } : { State, ReasonCode: reason };

/** A reason that has no other name keeps its own; null where legacy had none. */
const reasonOf = (code: string | null | undefined): string | null =>
  code == null ? null : Object.hasOwn(chargeReasons, code) ? (chargeReasons[code] ?? null) : code;

const known = (table: Readonly<Record<string, string>>, objectType: string, state: string): string => {
  const found = Object.hasOwn(table, state) ? table[state] : undefined;
  if (found === undefined) throw new UnknownStateError(objectType, state);
  return found;
};

function captureStatus({
  statusDetails: details,
  captureAmount,
  refundedAmount,
}: z.infer<typeof charge>): LegacyStatus | null {
  const { state, reasonCode } = details;
  // Only an amount that was to be captured tells a declined capture from a declined authorization.
  if (!Object.hasOwn(captureStates, state) || (state === 'Declined' && captureAmount == null)) return null;
  const captured = Number(captureAmount?.amount ?? 0);
  const refunded = Number(refundedAmount?.amount ?? 0);
  if (state === 'Captured' && captured > 0 && refunded >= captured) return status('Closed', 'MaxAmountRefunded');
  return status(known(captureStates, 'CHARGE', state), reasonOf(reasonCode));
}

function chargeStatus(object: z.infer<typeof charge>): LegacyObjectStatus {
  const { state, reasonCode } = object.statusDetails;
  const capture = captureStatus(object);
  const isCaptured = state === 'Captured' || state === 'CaptureInitiated';
  const reason = isCaptured ? 'MaxCapturesProcessed' : reasonOf(reasonCode);
  const authorization = status(known(authorizationStates, 'CHARGE', state), reason);
  const isDeclined = state === 'Declined' && capture === null;
  const SoftDecline = reasonCode === 'SoftDeclined' ? ('true' as const) : ('false' as const);
  return { object: 'charge', authorization: isDeclined ? { ...authorization, SoftDecline } : authorization, capture };
}

/** The first reason that legacy had; one that is not known here keeps its name. */
function suspendedReason(codes: readonly string[]): string | null {
  const reasons = codes.map((code) =>
    Object.hasOwn(suspendedPermissions, code) ? (suspendedPermissions[code] ?? null) : code,
  );
  return (
    reasons.find((reason) => reason === 'InvalidPaymentMethod') ?? reasons.find((reason) => reason !== null) ?? null
  );
}

function permissionStatus({
  chargePermissionId,
  statusDetails: details,
}: z.infer<typeof permission>): LegacyObjectStatus {
  const isRecurring = /^[BC]/.test(chargePermissionId);
  const object = isRecurring ? ('billingAgreement' as const) : ('orderReference' as const);
  const codes = (details.reasons ?? []).map(({ reasonCode }) => reasonCode);
  const grave = codes.filter((code) => code !== 'ChargeInProgress');
  const isBusy = codes.length > 0 && grave.length === 0;
  if (details.state === 'Chargeable' || (details.state === 'NonChargeable' && isBusy))
    return { object, status: { State: 'Open' } };
  if (details.state === 'NonChargeable') return { object, status: status('Suspended', suspendedReason(grave)) };
  if (details.state !== 'Closed') throw new UnknownStateError('CHARGE_PERMISSION', details.state);
  const table = isRecurring ? closedBillingAgreements : closedOrderReferences;
  const code = codes.find((each) => Object.hasOwn(table, each)) ?? codes[0];
  const [State, reason] = (code === undefined ? undefined : table[code]) ?? ['Closed', code];
  return { object, status: status(State, reason) };
}

/**
 * Says what a legacy handler would have known of an object that was fetched from v2: states and reasons in the words of
 * legacy (facts: states.md section 3). A charge gives both its authorization and its capture. Disputes have no legacy
 * counterpart. Throws an UnknownStateError for a state that is not known, and a ZodError for what is no such object.
 */
export function toLegacyStatus(objectType: Exclude<NotifiedObject, 'CHARGEBACK'>, object: unknown): LegacyObjectStatus {
  switch (objectType) {
    case 'CHARGE':
      return chargeStatus(charge.parse(object));
    case 'REFUND': {
      const { state, reasonCode } = refund.parse(object).statusDetails;
      return { object: 'refund', refund: status(known(refundStates, 'REFUND', state), reasonOf(reasonCode)) };
    }
    case 'CHARGE_PERMISSION':
      return permissionStatus(permission.parse(object));
  }
}
