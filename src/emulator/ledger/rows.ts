import type { Money } from './money';
import type {
  ChargeStatus,
  DisputeStatus,
  OrderStatus,
  ProviderCreditReversalStatus,
  ProviderCreditStatus,
  RefundStatus,
  SessionStatus,
} from './statuses';

export type Environment = 'live' | 'sandbox';
/** The API that made an object: it decides in which format Amazon tells about it (facts: captures.md section 4). */
export type Api = 'legacy' | 'v2';
export type PermissionType = 'OneTime' | 'Recurring' | 'PaymentMethodOnFile';

/** Milliseconds since 1970, in the time of the emulator. */
export type Instant = number;

export interface Step {
  readonly at: Instant;
  readonly status: string;
}

interface Row {
  readonly id: string;
  readonly environment: Environment;
  readonly madeBy: Api;
  readonly createdAt: Instant;
  readonly statusAt: Instant;
  readonly history: readonly Step[];
}

/** What the merchant says about an order, under the names of v2 (facts: api-mapping.md section 2.1). */
export interface MerchantMetadata {
  readonly merchantReferenceId: string | null;
  readonly merchantStoreName: string | null;
  readonly noteToBuyer: string | null;
  readonly customInformation: string | null;
}

export interface RecurringMetadata {
  readonly frequency: { readonly unit: string; readonly value: string } | null;
  readonly amount: Money | null;
}

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

export interface Address {
  readonly name: string;
  readonly addressLine1: string;
  readonly addressLine2: string | null;
  readonly addressLine3: string | null;
  readonly city: string;
  readonly county: string | null;
  readonly district: string | null;
  readonly stateOrRegion: string | null;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly phoneNumber: string;
}

export interface Buyer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The first of them. */
  readonly address: Address;
  readonly addresses: readonly Address[];
}

/** The answer that an idempotency key, or a legacy reference id, was given first. */
export interface Answered {
  readonly id: string;
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

/** Proof that a buyer signed in: a buyerToken of v2. */
export interface SignIn {
  readonly id: string;
  readonly buyerId: string;
  readonly expiresAt: Instant;
}

/** Something that will happen by itself when its time has come. */
export interface Timer {
  /** A number that only grows: of two timers of one instant the older goes first. */
  readonly id: string;
  readonly at: Instant;
  readonly event: string;
  readonly target: string;
}

/** A message to the merchant, and every attempt to deliver it. */
export interface OutgoingNotification {
  readonly id: string;
  readonly version: 'v1' | 'v2';
  readonly about: string;
  readonly objectId: string;
  readonly createdAt: Instant;
  /** Where it goes. Null: where all go that have no place of their own. */
  readonly url: string | null;
  /** The inner message: the envelope is signed when it is sent. */
  readonly message: string;
  readonly attempts: readonly Attempt[];
  readonly state: 'waiting' | 'held' | 'delivered' | 'lost' | 'given up';
}
export interface Attempt {
  readonly at: Instant;
  /** Null: no answer. */
  readonly status: number | null;
}

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
