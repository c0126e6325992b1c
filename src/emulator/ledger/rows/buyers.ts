import type { Instant } from './common';

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

/** Proof that a buyer signed in: a buyerToken of v2. */
export interface SignIn {
  readonly id: string;
  readonly buyerId: string;
  readonly expiresAt: Instant;
}
