import { quotas, type Quota } from '../../catalog/quotas';
import type { Environment } from '../ledger/rows';
import {
  cancelOperation,
  captureOperation,
  createChargeOperation,
  createRefundOperation,
  getChargeOperation,
  getRefundOperation,
} from './charge-operations';
import type { Operation } from './operation';
import {
  closePermissionOperation,
  contestDisputeOperation,
  createDisputeOperation,
  getDisputeOperation,
  getPermissionOperation,
  updatePermissionOperation,
} from './permission-operations';
import {
  completeSessionOperation,
  createSessionOperation,
  getBuyerOperation,
  getSessionOperation,
  updateSessionOperation,
} from './session-operations';

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** By which its quota is found; operations without a published quota have none. */
  readonly name: string;
  readonly needsKey: boolean;
  readonly operation: Operation;
}

const route = (name: string, text: string, operation: Operation, needsKey = false): Route => {
  const [method = '', path = ''] = text.split(' ');
  return { name, method, pattern: new RegExp(`^/${path.replace('{id}', '([^/]+)')}$`), needsKey, operation };
};

/** facts: v2-rest.md section 2. */
export const routes: readonly Route[] = [
  route('createCheckoutSession', 'POST checkoutSessions', createSessionOperation, true),
  route('getCheckoutSession', 'GET checkoutSessions/{id}', getSessionOperation),
  route('updateCheckoutSession', 'PATCH checkoutSessions/{id}', updateSessionOperation),
  route('completeCheckoutSession', 'POST checkoutSessions/{id}/complete', completeSessionOperation),
  route('getChargePermission', 'GET chargePermissions/{id}', getPermissionOperation),
  route('updateChargePermission', 'PATCH chargePermissions/{id}', updatePermissionOperation),
  route('closeChargePermission', 'DELETE chargePermissions/{id}/close', closePermissionOperation),
  route('createCharge', 'POST charges', createChargeOperation, true),
  route('getCharge', 'GET charges/{id}', getChargeOperation),
  route('captureCharge', 'POST charges/{id}/capture', captureOperation, true),
  route('cancelCharge', 'DELETE charges/{id}/cancel', cancelOperation),
  route('createRefund', 'POST refunds', createRefundOperation, true),
  route('getRefund', 'GET refunds/{id}', getRefundOperation),
  route('getBuyer', 'GET buyers/{id}', getBuyerOperation),
  route('createDispute', 'POST disputes', createDisputeOperation, true),
  route('getDispute', 'GET disputes/{id}', getDisputeOperation),
  route('contestDispute', 'POST disputes/{id}/contest', contestDisputeOperation, true),
];

/** Parts of v2 that Amazon has and the emulator has not. */
export const missing =
  /^\/(reports|report-documents|report-schedules|deliveryTrackers|authorizationTokens|merchantAccounts|in-store|files|publicKeyId)(\/|$)|^\/checkoutSessions\/[^/]+\/finalize$/;

export function quotaOf(name: string, environment: Environment): Quota | null {
  const rows: Readonly<Record<string, Record<Environment, Quota | null>>> = quotas;
  return rows[name]?.[environment] ?? null;
}
