import { closedBillingAgreements, closedOrderReferences } from '../../catalog/legacy-status';
import { valueTables } from '../../catalog/states';
import { childOf, textOf } from '../../../transforms/ipn/read-xml';
import type { ReadOperation } from './read-operations';

type Json = Readonly<Record<string, unknown>>;

interface Status {
  readonly state: string;
  readonly reason: string | undefined;
}

interface PermissionStatus {
  readonly state: string;
  readonly reasons: readonly { readonly reasonCode: string }[] | null;
}

function priceOf(details: unknown, name: string): Json | null {
  const element = childOf(details, name, name);
  const amount = textOf(element, 'Amount', name);
  const currencyCode = textOf(element, 'CurrencyCode', name);
  return amount === undefined || currencyCode === undefined ? null : { amount, currencyCode };
}

/** A closed authorization was captured, or it ended unused: its reason tells (facts: states.md section 3). */
function chargeState(operation: ReadOperation, { state, reason }: Status): string {
  const states = valueTables[operation.states ?? '']?.values[state]?.anyOf ?? [];
  const byReason = valueTables[operation.reasons ?? '']?.values[reason ?? ''];
  if (states.length > 1 && byReason?.field === 'state') return byReason.anyOf[0] ?? state;
  // What no table knows stays as it is, and is an unknown state to whoever reads it.
  return states.length > 1 ? 'Canceled' : (states[0] ?? state);
}

function chargeReason(operation: ReadOperation, { reason }: Status): string | null {
  const row = valueTables[operation.reasons ?? '']?.values[reason ?? ''];
  return row?.field === 'reasonCode' ? (row.anyOf[0] ?? null) : null;
}

function permissionStatus(isAgreement: boolean, { state, reason }: Status): PermissionStatus {
  if (state === 'Open') return { state: 'Chargeable', reasons: null };
  if (state === 'Suspended') return { state: 'NonChargeable', reasons: [{ reasonCode: 'PaymentMethodInvalid' }] };
  if (state !== 'Closed' && state !== 'Canceled') return { state, reasons: null };
  const table = isAgreement ? closedBillingAgreements : closedOrderReferences;
  const found = Object.entries(table).find(([, [closed, because]]) => closed === state && because === (reason ?? null));
  // MaxAmountCharged and its like: Amazon closed it.
  return { state: 'Closed', reasons: [{ reasonCode: found?.[0] ?? 'AmazonClosed' }] };
}

/** What MWS says of an object, in the shape of v2: only what the proxy keeps of one, and no word about the buyer. */
export function toV2Object(operation: ReadOperation, id: string, details: unknown): Json {
  const element = childOf(details, operation.status, operation.status);
  const state = textOf(element, 'State', operation.status) ?? '';
  const status = { state, reason: textOf(element, 'ReasonCode', operation.status) };
  const lastUpdatedTimestamp =
    textOf(element, 'LastUpdateTimestamp', operation.status) ??
    textOf(element, 'LastUpdatedTimestamp', operation.status);
  const times = {
    creationTimestamp: textOf(details, 'CreationTimestamp', operation.details) ?? null,
    expirationTimestamp: textOf(details, 'ExpirationTimestamp', operation.details) ?? null,
  };
  const isPermission = operation.states === null;
  const total = isPermission ? priceOf(details, 'OrderTotal') : null;
  return {
    ...times,
    ...Object.fromEntries(Object.entries(operation.amounts).map(([name, legacy]) => [name, priceOf(details, legacy)])),
    ...(isPermission ? { presentmentCurrency: total?.['currencyCode'] ?? null } : {}),
    statusDetails: {
      lastUpdatedTimestamp: lastUpdatedTimestamp ?? null,
      ...(isPermission
        ? permissionStatus(/^[BC]/.test(id), status)
        : { state: chargeState(operation, status), reasonCode: chargeReason(operation, status) }),
    },
  };
}
