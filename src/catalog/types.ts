/**
 * The shapes of the catalog: what legacy Amazon Pay is, what Checkout v2 is, and how each part maps.
 * Everything that detects, rewrites, translates or explains reads these rows; to teach the toolkit something, add a row.
 */

/** automatic: same behaviour, no decision. assisted: rewritten, but somebody must decide. manual: listed, not rewritten. */
export type Automation = 'automatic' | 'assisted' | 'manual';

/** How sure the fact behind a row is: confirmed, likely, unconfirmed, or our own advice. */
export type FactConfidence = 'confirmed' | 'likely' | 'unconfirmed' | 'advice';

/** Where in a merchant's code legacy Amazon Pay shows. */
export type Surface =
  | 'node-client'
  | 'raw-mws'
  | 'ipn'
  | 'browser'
  | 'api-v1-contract'
  | 'dependency'
  | 'configuration'
  | 'bundle'
  | 'other-language';

/** How a value is converted on its way from the legacy field to the v2 field. */
export type Conversion =
  /** Order reference, capture and refund ids, and plain text: unchanged. */
  | 'same'
  /** Authorization id (`…-A123456`) to Charge id (`…-C123456`); anything else is refused. */
  | 'toChargeId'
  /** Legacy reference id to an idempotency key that is distinct per operation. */
  | 'idempotencyKey'
  /** `{Amount, CurrencyCode}` to `{amount: string, currencyCode}`. */
  | 'price'
  /** `true`, `'true'`, `false`, `'false'` to a boolean. */
  | 'boolean'
  /** TransactionTimeout in minutes: 0 to false, anything else (absent too) to true. */
  | 'pendingAuthorization'
  /** Text that must be cut to `maxLength`. */
  | 'text';

/** One request parameter, named as MWS names it; nested parameters are dotted: `OrderReferenceAttributes.SellerNote`. */
export interface RequestField {
  /**
   * `path.<name>`, `body.<path>`, `header.<name>`, or null where v2 has no counterpart.
   * A `price` field stands for its `.Amount` and `.CurrencyCode` members too.
   */
  readonly to: `path.${string}` | `body.${string}` | `header.${string}` | null;
  readonly via?: Conversion;
  /** Length in characters that legacy allowed and that v2 allows. */
  readonly legacyMaxLength?: number;
  readonly maxLength?: number;
  /** Value of the v2 field when the legacy parameter is absent, as source text (`true`). Absent is not always absent. */
  readonly whenAbsent?: string;
  /** Only sent when this other body field is true (softDescriptor needs captureNow). */
  readonly onlyWith?: string;
  /** Name in clients with flat camelCase arguments (`amazonpay` 1.x), where it is not the last segment in camelCase. */
  readonly flatName?: string;
  /** This note can carry sandbox simulation JSON, which becomes `x-amz-pay-simulation-code`. */
  readonly simulation?: true;
  /** Why there is no counterpart, or what changes, in the merchant's words. */
  readonly because?: string;
  readonly confidence?: FactConfidence;
}

/** The v2 request that replaces a legacy operation. */
export interface V2Operation {
  /** Method of `WebStoreClient` in `@amazonpay/amazon-pay-api-sdk-nodejs`. */
  readonly sdkMethod: string;
  /** `POST /v2/charges/{chargeId}/capture` */
  readonly http: string;
  /** Argument order of the SDK method. */
  readonly arguments: readonly ('path' | 'body' | 'headers')[];
  /** Body fields that legacy implied, as source text: `{ cancelPendingCharges: 'true' }`. Dotted keys nest. */
  readonly constants?: Readonly<Record<string, string>>;
}

export interface Operation {
  /** MWS action name: `Capture`. */
  readonly name: string;
  readonly phase: 'checkout' | 'post-checkout' | 'account' | 'login' | 'reports';
  readonly automation: Automation;
  readonly v2: V2Operation | null;
  /** The v2 operation for an object that the buyer has not confirmed yet: v2 keeps it in the Checkout Session. */
  readonly draftV2?: V2Operation;
  /** Element of the answer while it is not confirmed. */
  readonly draftResult?: string;
  readonly request: Readonly<Record<string, RequestField>>;
  /** Name of the envelope element in `elements`; null when the answer is empty. */
  readonly result: string | null;
  /** Legacy answers a decline with HTTP 200 and `State: Declined`; v2 rejects. */
  readonly declines?: true;
  /** Guidance for the merchant: what changes and what to do. One to three sentences. */
  readonly guidance: string;
  readonly docs: string;
  readonly confidence: FactConfidence;
  /** Minutes of work that one remaining place costs, for effort estimates. */
  readonly effortMinutes: number;
}

/** One field of a legacy response element. */
export interface ElementField {
  /** v2 path relative to the v2 object that stands for this element; '' when the level disappears; null: no counterpart. */
  readonly to: string | null;
  /** Name of the nested element. */
  readonly element?: string;
  /** The nested element is a list whose shape depends on how many there are (xml2js). */
  readonly list?: true;
  /** v2 returns null here where legacy returned an empty object or zero (`captureAmount` before a capture). */
  readonly nullable?: true;
  /** Text that is null in v2 where legacy left the field out (facts: v2-rest.md, JSON nulls). */
  readonly nullText?: true;
  /** Where v2 returns null, legacy had an amount of zero. */
  readonly wasZero?: true;
  /** Name of the value table in `states` that this field's values come from. */
  readonly values?: string;
  /** v2 writes times in the basic form (20190714T155300Z), which `new Date()` does not take (facts: captures.md). */
  readonly via?: 'isoTimestamp';
  readonly because?: string;
  readonly confidence?: FactConfidence;
}

/** A legacy response element (`AuthorizationDetails`) and the v2 object that takes its place. */
export interface Element {
  readonly name: string;
  readonly v2Object:
    'charge' | 'refund' | 'chargePermission' | 'checkoutSession' | 'buyer' | 'address' | 'price' | null;
  readonly fields: Readonly<Record<string, ElementField>>;
}

/** What a legacy value means in v2: a test on `statusDetails` of the v2 object. */
export interface ValueMapping {
  /**
   * v2 `state` values, any of which is meant. When `field` is `reasonCode`, values of the reason code.
   * Empty: v2 has no counterpart.
   */
  readonly field: 'state' | 'reasonCode';
  readonly anyOf: readonly string[];
  /**
   * exact: the test means the same. wider: the v2 values also cover other legacy states, so code that told them apart
   * needs a decision.
   */
  readonly precision: 'exact' | 'wider' | 'none';
  /**
   * The v2 value is that of another legacy value first of all: a test for this one alone passes in v2 for what never passed it.
   * It means the v2 value only where the test takes the other legacy value as well.
   */
  readonly onlyWith?: string;
  readonly because?: string;
  /** What somebody has to decide about a test for it, though the word itself is certain. */
  readonly decision?: string;
  readonly confidence?: FactConfidence;
}

/** The values of one legacy field (`AuthorizationStatus.State`). */
export interface ValueTable {
  readonly name: string;
  /** `state` or `reasonCode`: the field of statusDetails that the read becomes. Charge Permission reasons are an array. */
  readonly field: 'state' | 'reasonCode' | 'reasons';
  readonly values: Readonly<Record<string, ValueMapping>>;
}

export interface ErrorCode {
  readonly legacy: string;
  readonly legacyStatus?: number;
  /** v2 reason codes, any of which is meant; empty: none. */
  readonly v2: readonly string[];
  readonly v2Status?: number;
  readonly confidence: FactConfidence;
  readonly because?: string;
  /** What somebody has to decide about a test for it. */
  readonly decision?: string;
}

/** A kind of place that must change. The id is stable: it is the CLI name, the anchor in docs, and part of fingerprints. */
export interface Rule {
  readonly id: string;
  readonly surface: Surface;
  readonly title: string;
  /** The usual level; a finding may be stricter than its rule, never laxer. */
  readonly automation: Automation;
  /** What it finds and why it matters. */
  readonly what: string;
  /** What to do, in the merchant's words. */
  readonly guidance: string;
  readonly docs: string;
  readonly effortMinutes: number;
}
