import type { Money } from '../money';
import type { OrderStatus } from '../statuses';
import type { Instant, MerchantMetadata, PermissionType, RecurringMetadata, Row } from './common';

export type NextOutcome = 'declineSoft' | 'declineHard' | 'reject' | 'timeOut';

/** An order reference, a billing agreement, a Charge Permission: one object with one id. */
export interface Order extends Row {
  readonly type: PermissionType;
  /** The agreement that a child order reference was made from. */
  readonly agreementId: string | null;
  readonly status: OrderStatus;
  /** What the merchant gave as reason. */
  readonly statusText: string | null;
  readonly expiresAt: Instant | null;
  /** OrderTotal, amountLimit. */
  readonly total: Money | null;
  readonly metadata: MerchantMetadata;
  readonly platformId: string | null;
  readonly recurring: RecurringMetadata;
  readonly buyerId: string | null;
  /** Which of the addresses of the buyer. */
  readonly address: number;
  /** The last four digits of the card. */
  readonly card: string | null;
  readonly consent: boolean;
  /** How the next authorization ends, whichever API asks for it: what no merchant can decide. */
  readonly nextOutcome: NextOutcome | null;
  readonly chargeIds: readonly string[];
}
