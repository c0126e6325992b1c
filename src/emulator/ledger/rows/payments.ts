import type { Money } from '../money';
import type {
  ChargeStatus,
  DisputeStatus,
  ProviderCreditReversalStatus,
  ProviderCreditStatus,
  RefundStatus,
} from '../statuses';
import type { Instant, MerchantMetadata, Row } from './common';

/** An authorization and its capture, a Charge. Its id ends in `-C` and six digits; the authorization has `-A`. */
export interface Charge extends Row {
  /** The order reference that the id begins with. */
  readonly orderId: string;
  /** The order, or the billing agreement that the order was made from. */
  readonly permissionId: string;
  readonly status: ChargeStatus;
  readonly statusText: string | null;
  readonly amount: Money;
  readonly captured: Money | null;
  readonly capturedAt: Instant | null;
  readonly refunded: number;
  readonly captureNow: boolean;
  readonly softDescriptor: string | null;
  readonly metadata: MerchantMetadata;
  readonly expiresAt: Instant;
  readonly refundIds: readonly string[];
  /** AuthorizationReferenceId and CaptureReferenceId; v2 has none. */
  readonly reference: string | null;
  readonly captureReference: string | null;
  readonly note: string | null;
  readonly captureNote: string | null;
  readonly chargeInitiator: string | null;
  readonly channel: string | null;
  /** What solution providers get of the capture, and the credits that became of it. Legacy only. */
  readonly providerShares?: readonly ProviderShare[];
  readonly credits?: readonly ProviderLink[];
}

export interface ProviderShare {
  readonly providerId: string;
  readonly amount: Money;
}

export interface ProviderLink {
  readonly id: string;
  readonly providerId: string;
}

export interface Refund extends Row {
  readonly creditReversals?: readonly ProviderLink[];
  readonly chargeId: string;
  readonly status: RefundStatus;
  readonly amount: Money;
  readonly softDescriptor: string | null;
  readonly reference: string | null;
  readonly note: string | null;
}

export interface Dispute extends Row {
  readonly chargeId: string;
  readonly permissionId: string;
  readonly status: DisputeStatus;
  readonly reason: string | null;
  readonly statusText: string | null;
  readonly resolution: string | null;
  readonly amount: Money;
  readonly filingReason: string;
  readonly deadline: Instant;
  readonly providerDisputeId: string | null;
  readonly evidences: readonly unknown[];
}

/** What a capture gave a solution provider, and what a refund or the merchant took back of it. */
export interface ProviderCredit extends Row {
  readonly chargeId: string;
  readonly providerId: string;
  readonly amount: Money;
  readonly reversed: number;
  readonly reversalIds: readonly string[];
  readonly reference: string | null;
  readonly status: ProviderCreditStatus;
}

export interface ProviderCreditReversal extends Row {
  readonly creditId: string;
  readonly providerId: string;
  readonly amount: Money;
  readonly reference: string | null;
  readonly note: string | null;
  readonly status: ProviderCreditReversalStatus;
}
