/**
 * What the SDK takes. Optional fields may be undefined, because JSON leaves these out. Amounts are strings: a number
 * would be sent as JavaScript writes it. Every payload stays open for fields that this project did not know.
 */
export const payloadDeclarations = String.raw`
  export interface ClientConfiguration {
    /** A key that starts with LIVE or SANDBOX decides the environment, whatever the sandbox flag says. */
    publicKeyId: string | undefined;
    /** The PEM itself, not a path. Keys may come from variables that are unset; the first request throws then. */
    privateKey: string | Uint8Array | undefined;
    region: 'na' | 'us' | 'eu' | 'de' | 'uk' | 'jp' | (string & {});
    sandbox?: boolean | string | undefined;
    algorithm?: 'AMZN-PAY-RSASSA-PSS' | 'AMZN-PAY-RSASSA-PSS-V2' | undefined;
  }

  /** Write names in lower case: the SDK signs them as they are given. */
  export interface RequestHeaders {
    /** For POST: at most 32 of a-z A-Z 0-9 - _, unique over all requests of the account, kept for good. */
    'x-amz-pay-idempotency-key'?: string | undefined;
    'x-amz-pay-authtoken'?: string | undefined;
    /** Sandbox only. */
    'x-amz-pay-simulation-code'?: string | undefined;
    [header: string]: string | undefined;
  }

  export interface ApiResponse<T> {
    status: number;
    statusText: string;
    data: T;
    headers: Record<string, string | undefined>;
  }

  export interface MerchantMetadataPayload {
    /** At most 256 characters. */
    merchantReferenceId?: string | undefined;
    /** At most 50 characters. */
    merchantStoreName?: string | undefined;
    /** At most 255 characters. */
    noteToBuyer?: string | undefined;
    customInformation?: string | undefined;
  }

  export interface RecurringMetadataPayload {
    frequency: { unit: 'Year' | 'Month' | 'Week' | 'Day' | 'Variable'; value: string };
    amount?: Price | undefined;
  }

  export interface PaymentDetailsPayload {
    paymentIntent?: PaymentIntent | undefined;
    canHandlePendingAuthorization?: boolean | undefined;
    chargeAmount?: Price | undefined;
    totalOrderAmount?: Price | undefined;
    presentmentCurrency?: string | undefined;
    /** Only with AuthorizeWithCapture. */
    softDescriptor?: string | undefined;
    allowOvercharge?: boolean | undefined;
    extendExpiration?: boolean | undefined;
  }

  export interface WebCheckoutDetailsPayload {
    checkoutReviewReturnUrl?: string | undefined;
    checkoutResultReturnUrl?: string | undefined;
    checkoutCancelUrl?: string | undefined;
    checkoutMode?: 'ProcessOrder' | undefined;
  }

  export interface UpdateCheckoutSessionPayload {
    webCheckoutDetails?: WebCheckoutDetailsPayload | undefined;
    paymentDetails?: PaymentDetailsPayload | undefined;
    merchantMetadata?: MerchantMetadataPayload | undefined;
    recurringMetadata?: RecurringMetadataPayload | undefined;
    platformId?: string | undefined;
    [field: string]: unknown;
  }

  export interface CreateCheckoutSessionPayload extends UpdateCheckoutSessionPayload {
    storeId: string | undefined;
    webCheckoutDetails: WebCheckoutDetailsPayload;
    chargePermissionType?: 'OneTime' | 'Recurring' | 'PaymentMethodOnFile' | undefined;
    scopes?: string[] | undefined;
  }

  /** The amount of the session, or Amazon answers AmountMismatch. */
  export interface CompleteCheckoutSessionPayload {
    chargeAmount: Price;
    totalOrderAmount?: Price | undefined;
    [field: string]: unknown;
  }

  export interface UpdateChargePermissionPayload {
    merchantMetadata?: MerchantMetadataPayload | undefined;
    recurringMetadata?: RecurringMetadataPayload | undefined;
    [field: string]: unknown;
  }

  export interface CloseChargePermissionPayload {
    /** At most 255 characters. */
    closureReason: string;
    cancelPendingCharges?: boolean | undefined;
    [field: string]: unknown;
  }

  export interface CreateChargePayload {
    chargePermissionId: string;
    chargeAmount: Price;
    captureNow?: boolean | undefined;
    canHandlePendingAuthorization?: boolean | undefined;
    /** At most 16 characters, only with captureNow, and not in Japan. */
    softDescriptor?: string | undefined;
    merchantMetadata?: MerchantMetadataPayload | undefined;
    platformId?: string | undefined;
    chargeInitiator?: 'CITU' | 'MITU' | 'CITR' | 'MITR' | undefined;
    channel?: string | undefined;
    [field: string]: unknown;
  }

  export interface CaptureChargePayload {
    captureAmount: Price;
    softDescriptor?: string | undefined;
    [field: string]: unknown;
  }

  export interface CancelChargePayload {
    cancellationReason: string;
    [field: string]: unknown;
  }

  export interface CreateRefundPayload {
    chargeId: string;
    refundAmount: Price;
    softDescriptor?: string | undefined;
    [field: string]: unknown;
  }

  export interface DeliveryTrackersPayload {
    /** Takes a charge permission id too. */
    amazonOrderReferenceId: string;
    deliveryDetails: { trackingNumber: string; carrierCode: string }[];
    [field: string]: unknown;
  }

  /** Answers of calls that no legacy operation becomes. */
  export type OtherAnswer = Record<string, unknown>;
`;
