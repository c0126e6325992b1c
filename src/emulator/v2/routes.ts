import { quotas, type Quota } from '../../catalog/quotas';
import type { Environment } from '../ledger/rows';
import {
  claimAccountOperation,
  createAccountOperation,
  deleteAccountOperation,
  deliveryTrackerOperation,
  getAuthorizationTokenOperation,
  updateAccountOperation,
} from './account-operations';
import {
  cancelOperation,
  captureOperation,
  createChargeOperation,
  createRefundOperation,
  getChargeOperation,
  getRefundOperation,
  updateChargeOperation,
} from './charge-operations';
import {
  contestDisputeOperation,
  createDisputeOperation,
  getDisputeOperation,
  updateDisputeOperation,
  uploadFileOperation,
} from './dispute-operations';
import { inStoreChargeOperation, inStoreRefundOperation, merchantScanOperation } from './in-store-operations';
import type { Operation } from './operation';
import { closePermissionOperation, getPermissionOperation, updatePermissionOperation } from './permission-operations';
import {
  cancelReportScheduleOperation,
  createReportOperation,
  createReportScheduleOperation,
  getReportDocumentOperation,
  getReportOperation,
  getReportScheduleOperation,
  getReportSchedulesOperation,
  getReportsOperation,
} from './report-operations';
import {
  completeSessionOperation,
  createSessionOperation,
  finalizeSessionOperation,
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
  route('finalizeCheckoutSession', 'POST checkoutSessions/{id}/finalize', finalizeSessionOperation),
  route('getChargePermission', 'GET chargePermissions/{id}', getPermissionOperation),
  route('updateChargePermission', 'PATCH chargePermissions/{id}', updatePermissionOperation),
  route('closeChargePermission', 'DELETE chargePermissions/{id}/close', closePermissionOperation),
  route('createCharge', 'POST charges', createChargeOperation, true),
  route('getCharge', 'GET charges/{id}', getChargeOperation),
  route('updateCharge', 'PATCH charges/{id}', updateChargeOperation),
  route('captureCharge', 'POST charges/{id}/capture', captureOperation, true),
  route('cancelCharge', 'DELETE charges/{id}/cancel', cancelOperation),
  route('createRefund', 'POST refunds', createRefundOperation, true),
  route('getRefund', 'GET refunds/{id}', getRefundOperation),
  route('getBuyer', 'GET buyers/{id}', getBuyerOperation),
  route('createDispute', 'POST disputes', createDisputeOperation, true),
  route('getDispute', 'GET disputes/{id}', getDisputeOperation),
  route('updateDispute', 'PATCH disputes/{id}', updateDisputeOperation),
  route('contestDispute', 'POST disputes/{id}/contest', contestDisputeOperation, true),
  route('uploadFile', 'POST files', uploadFileOperation, true),
  route('getReports', 'GET reports', getReportsOperation),
  route('createReport', 'POST reports', createReportOperation, true),
  route('getReportById', 'GET reports/{id}', getReportOperation),
  route('getReportDocument', 'GET report-documents/{id}', getReportDocumentOperation),
  route('getReportSchedules', 'GET report-schedules', getReportSchedulesOperation),
  route('createReportSchedule', 'POST report-schedules', createReportScheduleOperation, true),
  route('getReportScheduleById', 'GET report-schedules/{id}', getReportScheduleOperation),
  route('cancelReportSchedule', 'DELETE report-schedules/{id}', cancelReportScheduleOperation),
  route('deliveryTrackers', 'POST deliveryTrackers', deliveryTrackerOperation),
  route('getAuthorizationToken', 'GET authorizationTokens/{id}', getAuthorizationTokenOperation),
  route('createMerchantAccount', 'POST merchantAccounts', createAccountOperation),
  route('updateMerchantAccount', 'PATCH merchantAccounts/{id}', updateAccountOperation),
  route('deleteAmazonPayAccount', 'DELETE merchantAccounts/{id}', deleteAccountOperation),
  route('merchantAccountClaim', 'POST merchantAccounts/{id}/claim', claimAccountOperation),
  route('merchantScan', 'POST in-store/merchantScan', merchantScanOperation),
  route('charge', 'POST in-store/charge', inStoreChargeOperation),
  route('refund', 'POST in-store/refund', inStoreRefundOperation),
];

/** What the SDK for PHP has beyond that of Node, and the emulator has not. */
export const missing = /^\/(stores|disbursements)(\/|$)/;

export function quotaOf(name: string, environment: Environment): Quota | null {
  const rows: Readonly<Record<string, Record<Environment, Quota | null>>> = quotas;
  return rows[name]?.[environment] ?? null;
}
