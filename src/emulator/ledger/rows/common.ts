import type { Money } from '../money';

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

/** What every object of Amazon Pay has. */
export interface Row {
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
