/**
 * The objects that Checkout v2 answers with, as recorded (facts: captures.md, v2-rest.md section 8). Unset values are
 * null, not left out. Values that Amazon may add to stay open: `| (string & {})` keeps the completion of an editor.
 */
export const objectDeclarations = String.raw`
  /** Amounts are strings in every answer; compare them as decimals, since JPY may come back as '100.00'. */
  export interface Price {
    amount: string;
    currencyCode: string;
  }

  export interface StatusDetails<State extends string = string> {
    state: State | (string & {});
    reasonCode: string | null;
    reasonDescription: string | null;
    /** Basic form of ISO 8601, 20231012T082501Z, which new Date() does not read. */
    lastUpdatedTimestamp: string;
  }

  export type ChargeState =
    | 'AuthorizationInitiated'
    | 'Authorized'
    | 'CaptureInitiated'
    | 'Captured'
    | 'Canceled'
    | 'Declined';
  export type RefundState = 'RefundInitiated' | 'Refunded' | 'Declined';
  export type CheckoutSessionState = 'Open' | 'Completed' | 'Canceled';
  export type ChargePermissionState = 'Chargeable' | 'NonChargeable' | 'Closed';

  /** A list of reasons, where every other object has one reason code; null while there is none. */
  export interface ChargePermissionStatusDetails {
    state: ChargePermissionState | (string & {});
    reasons: ChargePermissionReason[] | null;
    lastUpdatedTimestamp: string;
  }

  export interface ChargePermissionReason {
    reasonCode: string;
    reasonDescription: string | null;
  }

  export interface MerchantMetadata {
    merchantReferenceId: string | null;
    merchantStoreName: string | null;
    noteToBuyer: string | null;
    customInformation: string | null;
  }

  export interface ProviderMetadata {
    providerReferenceId: string | null;
  }

  export interface WebCheckoutDetails {
    checkoutReviewReturnUrl: string | null;
    checkoutResultReturnUrl: string | null;
    checkoutCancelUrl?: string | null;
    /** Where the buyer goes to pay; null until nothing is missing from the session. */
    amazonPayRedirectUrl: string | null;
    checkoutMode?: string | null;
  }

  export type PaymentIntent = 'Confirm' | 'Authorize' | 'AuthorizeWithCapture';

  export interface PaymentDetails {
    paymentIntent: PaymentIntent | (string & {}) | null;
    canHandlePendingAuthorization: boolean | null;
    chargeAmount: Price | null;
    totalOrderAmount?: Price | null;
    presentmentCurrency?: string | null;
    softDescriptor?: string | null;
    allowOvercharge?: boolean | null;
    extendExpiration?: boolean | null;
  }

  export interface Address {
    name: string | null;
    addressLine1: string | null;
    addressLine2: string | null;
    addressLine3: string | null;
    city: string | null;
    county: string | null;
    district: string | null;
    stateOrRegion: string | null;
    postalCode: string | null;
    countryCode: string | null;
    phoneNumber: string | null;
  }

  export interface Buyer {
    buyerId: string | null;
    name: string | null;
    email: string | null;
    phoneNumber: string | null;
    primeMembershipTypes: string[] | null;
  }

  /** Answer of getBuyer: null for what the buyer was not asked to share. */
  export interface BuyerProfile extends Buyer {
    postalCode: string | null;
    countryCode: string | null;
    shippingAddress: Address | null;
    billingAddress: Address | null;
  }

  /** The list may hold null, and so may the descriptor ('Visa ****1111 (Amazon Pay)'). */
  export type PaymentPreferences = ({ paymentDescriptor: string | null } | null)[];

  export interface RecurringMetadata {
    frequency: { unit: string; value: string } | null;
    amount: Price | null;
  }

  export interface Constraint {
    constraintId: string;
    description: string;
  }

  /** Once Completed, all but ids, status and creation time are null: read the Charge Permission instead. */
  export interface CheckoutSession {
    checkoutSessionId: string;
    webCheckoutDetails: WebCheckoutDetails | null;
    productType: string | null;
    paymentDetails: PaymentDetails | null;
    chargePermissionType: string | null;
    orderType?: string | null;
    recurringMetadata: RecurringMetadata | null;
    paymentMethodOnFileMetadata?: { setupOnly: boolean | null } | null;
    merchantMetadata: MerchantMetadata | null;
    supplementaryData: string | null;
    buyer: Buyer | null;
    billingAddress: Address | null;
    paymentPreferences: PaymentPreferences | null;
    statusDetails: StatusDetails<CheckoutSessionState>;
    shippingAddress: Address | null;
    /** Only for a checkout with several addresses. */
    shippingAddressList?: Address[] | null;
    platformId: string | null;
    chargePermissionId: string | null;
    chargeId: string | null;
    constraints: Constraint[] | null;
    creationTimestamp: string;
    expirationTimestamp: string | null;
    storeId: string | null;
    providerMetadata: ProviderMetadata | null;
    releaseEnvironment: string | null;
    checkoutButtonText?: string | null;
    deliverySpecifications: unknown;
    merchantDetails?: unknown;
    cartDetails?: unknown;
    tokens?: unknown;
  }

  export interface ChargePermission {
    chargePermissionId: string;
    chargePermissionReferenceId: string | null;
    platformId: string | null;
    buyer: Buyer | null;
    shippingAddress: Address | null;
    billingAddress: Address | null;
    paymentPreferences: PaymentPreferences | null;
    statusDetails: ChargePermissionStatusDetails;
    creationTimestamp: string;
    expirationTimestamp: string | null;
    merchantMetadata: MerchantMetadata | null;
    releaseEnvironment: string;
    limits: { amountLimit: Price | null; amountBalance: Price | null } | null;
    chargePermissionType: string;
    recurringMetadata: RecurringMetadata | null;
    paymentMethodOnFileMetadata?: { setupOnly: boolean | null } | null;
    presentmentCurrency: string | null;
  }

  /** Does not tell captureNow nor canHandlePendingAuthorization of the request. */
  export interface Charge {
    chargeId: string;
    /** Never cut it from the charge id: a recurring charge has a number of its own. */
    chargePermissionId: string;
    chargeAmount: Price;
    captureAmount: Price | null;
    refundedAmount: Price | null;
    softDescriptor: string | null;
    providerMetadata: ProviderMetadata | null;
    convertedAmount: Price | null;
    conversionRate: number | null;
    channel: string | null;
    chargeInitiator: string | null;
    statusDetails: StatusDetails<ChargeState>;
    creationTimestamp: string;
    expirationTimestamp: string | null;
    releaseEnvironment: string;
    merchantMetadata: MerchantMetadata | null;
    platformId: string | null;
    webCheckoutDetails: WebCheckoutDetails | null;
  }

  export interface Refund {
    refundId: string;
    chargeId: string;
    /** Milliseconds since 1970 in an answer of 2020, text in all others. */
    creationTimestamp: string | number;
    refundAmount: Price;
    statusDetails: StatusDetails<RefundState>;
    softDescriptor: string | null;
    releaseEnvironment: string;
  }

  export interface Dispute {
    disputeId: string;
    chargeId: string;
    disputeType: string;
    disputeAmount: Price;
    filingReason: string;
    resolutionAuthority: string | null;
    statusDetails: StatusDetails<'UnderReview' | 'ActionRequired' | 'Resolved' | 'Closed'> & { resolution: string | null };
    merchantResponseDeadline: string | number | null;
    releaseEnvironment: string;
  }
`;
