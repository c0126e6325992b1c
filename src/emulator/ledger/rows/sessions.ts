import type { SessionStatus } from '../statuses';
import type { Instant, MerchantMetadata, PermissionType, Row } from './common';

export interface Session extends Row {
  readonly status: SessionStatus;
  readonly statusText: string | null;
  readonly expiresAt: Instant;
  /** As the merchant sent it, merged. The wire shape of the request. */
  readonly request: SessionRequest;
  readonly productType: string | null;
  readonly buyerId: string | null;
  readonly address: number;
  readonly card: string | null;
  /** The buyer came to the page behind amazonPayRedirectUrl and paid. */
  readonly isApproved: boolean;
  /** The merchant has heard from Complete that the session is canceled. */
  readonly isCancelTold: boolean;
  readonly orderId: string | null;
  readonly chargeId: string | null;
}

/** The parts of a session that the emulator acts on; all else is kept and shown as it came. */
export interface SessionRequest {
  readonly storeId?: string | undefined;
  readonly webCheckoutDetails?: Readonly<Record<string, string | null | undefined>> | undefined;
  readonly paymentDetails?: PaymentDetails | undefined;
  readonly chargePermissionType?: PermissionType | undefined;
  readonly recurringMetadata?: WireRecurring | null | undefined;
  readonly merchantMetadata?: Partial<MerchantMetadata> | null | undefined;
  readonly platformId?: string | null | undefined;
  readonly supplementaryData?: string | null | undefined;
  readonly productType?: string | null | undefined;
  readonly [other: string]: unknown;
}

export interface Price {
  readonly amount: string | number;
  readonly currencyCode: string;
}

export interface WireRecurring {
  readonly frequency?: { readonly unit: string; readonly value: string | number } | null | undefined;
  readonly amount?: Price | null | undefined;
}

export interface PaymentDetails {
  readonly paymentIntent?: 'Confirm' | 'Authorize' | 'AuthorizeWithCapture' | null | undefined;
  readonly canHandlePendingAuthorization?: boolean | null | undefined;
  readonly chargeAmount?: Price | null | undefined;
  readonly totalOrderAmount?: Price | null | undefined;
  readonly softDescriptor?: string | null | undefined;
  readonly presentmentCurrency?: string | null | undefined;
  readonly [other: string]: unknown;
}
