import type {
  AuthorizationToken,
  MerchantAccount,
  NotificationTarget,
  Report,
  ReportSchedule,
  UpgradedKey,
  UploadedFile,
} from './accounts';
import type { SignIn } from './buyers';
import type { Order } from './orders';
import type { Charge, Dispute, ProviderCredit, ProviderCreditReversal, Refund } from './payments';
import type { Session } from './sessions';
import type { Answered, OutgoingNotification, Timer } from './traffic';

export interface Tables {
  readonly orders: Order;
  readonly charges: Charge;
  readonly refunds: Refund;
  readonly sessions: Session;
  readonly disputes: Dispute;
  readonly credits: ProviderCredit;
  readonly creditReversals: ProviderCreditReversal;
  readonly files: UploadedFile;
  readonly reports: Report;
  readonly reportSchedules: ReportSchedule;
  readonly accounts: MerchantAccount;
  readonly tokens: AuthorizationToken;
  readonly upgradedKeys: UpgradedKey;
  readonly targets: NotificationTarget;
  readonly answers: Answered;
  readonly signIns: SignIn;
  readonly timers: Timer;
  readonly notifications: OutgoingNotification;
}

export type TableName = keyof Tables;

export const tableNames: readonly TableName[] = [
  'orders',
  'charges',
  'refunds',
  'sessions',
  'disputes',
  'credits',
  'creditReversals',
  'files',
  'reports',
  'reportSchedules',
  'accounts',
  'tokens',
  'upgradedKeys',
  'targets',
  'answers',
  'signIns',
  'timers',
  'notifications',
];
