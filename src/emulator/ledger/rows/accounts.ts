import type { Environment, Instant } from './common';

/** A file that was announced as evidence for a dispute. */
export interface UploadedFile {
  readonly id: string;
  readonly environment: Environment;
  readonly type: string;
  readonly purpose: string;
  readonly size: number;
  readonly uploadedAt: Instant;
}

export interface Report {
  readonly id: string;
  readonly environment: Environment;
  readonly type: string;
  readonly status: 'IN_PROGRESS' | 'COMPLETED';
  readonly startTime: Instant;
  readonly endTime: Instant;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
  readonly documentId: string | null;
}

export interface ReportSchedule {
  readonly id: string;
  readonly environment: Environment;
  readonly type: string;
  /** As the merchant gave it: an ISO 8601 duration. */
  readonly frequency: string;
  readonly nextAt: Instant;
}

/** An account that a merchant or a solution provider has registered. */
export interface MerchantAccount {
  readonly id: string;
  readonly environment: Environment;
  readonly uniqueReferenceId: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Where a merchant of legacy wants which notifications (SetMerchantNotificationConfiguration). Its id is the URL. */
export interface NotificationTarget {
  readonly id: string;
  readonly eventTypes: readonly string[];
}

/** What x-amz-pay-authtoken may be: it lets a solution provider act for a merchant. */
export interface AuthorizationToken {
  readonly id: string;
  readonly merchantId: string;
}

/** A public key that a merchant got for its MWS keys (facts: api-mapping.md section 6). */
export interface UpgradedKey {
  readonly id: string;
  readonly pem: string;
}
