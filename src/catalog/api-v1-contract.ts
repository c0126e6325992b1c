import type { Rule } from './types';

/**
 * The first contract of Checkout v2 (API version 1), which Amazon's version two migration guide leaves behind
 * (facts: v2-rest.md section 1, C). It is not legacy: these shops have left MWS already.
 */
export interface RenamedField {
  readonly name: string;
  /** The path of API version 2. */
  readonly to: string;
  /**
   * A name that other programs use as well counts only where one of these stands next to it: as a field of it that is read,
   * or as a member or neighbour where it is written.
   */
  readonly with?: readonly string[];
}

export const renamedFields: readonly RenamedField[] = [
  { name: 'webCheckoutDetail', to: 'webCheckoutDetails' },
  {
    name: 'paymentDetail',
    to: 'paymentDetails',
    with: [
      'paymentIntent',
      'chargeAmount',
      'canHandlePendingAuthorization',
      'presentmentCurrency',
      'softDescriptor',
      'totalOrderAmount',
      'webCheckoutDetail',
      'webCheckoutDetails',
      'merchantMetadata',
      'storeId',
    ],
  },
  {
    name: 'statusDetail',
    to: 'statusDetails',
    with: ['state', 'reasonCode', 'reasons', 'reasonDescription', 'lastUpdatedTimestamp'],
  },
];

/** `chargeAmountLimit` became `limits`; that the amount is its `amountLimit` is likely (facts: v2-rest.md sections 1 and 8). */
export const movedFields = { chargeAmountLimit: 'limits.amountLimit' } as const;

/** Hosts of the v2 API; a path with `/v1/` on them is API version 1, and never MWS. */
export const v2Hosts = /\bpay-api\.amazon\.(?:com|eu|jp)\b/;

const guide = 'https://developer.amazon.com/docs/amazon-pay-checkout/version-two-migration-guide.html';

type Row = [
  id: string,
  automation: Rule['automation'],
  effortMinutes: number,
  title: string,
  what: string,
  guidance: string,
];

const rows: readonly Row[] = [
  [
    'api-v1-contract/field',
    'automatic',
    5,
    'A field of the first Checkout v2 contract',
    'API version 2 has another name for this field; under the old name it is refused, or read as undefined.',
    'Use the name of API version 2.',
  ],
  [
    'api-v1-contract/charge-amount-limit',
    'assisted',
    10,
    'chargeAmountLimit became limits',
    'API version 2 answers limits { amountLimit, amountBalance } instead of chargeAmountLimit.',
    'Read limits.amountLimit for what may be charged in all, limits.amountBalance for what is left of it.',
  ],
  [
    'api-v1-contract/billing-address',
    'automatic',
    5,
    'The billing address moved',
    'API version 2 has billingAddress on the object itself, no longer in paymentPreferences.',
    'Read billingAddress of the Checkout Session or Charge Permission. It can be null.',
  ],
  [
    'api-v1-contract/path',
    'automatic',
    15,
    'A path of API version 1',
    'The request goes to /v1/ of the v2 hosts.',
    'Send it to /v2/. Check the body against API version 2, and that Complete Checkout Session is called after the buyer is back.',
  ],
  [
    'api-v1-contract/missing-complete',
    'assisted',
    60,
    'Nothing completes the Checkout Session',
    'Under API version 2 nothing is charged until Complete Checkout Session is called with the same amount; under version 1 the redirect was enough.',
    'Call completeCheckoutSession(id, { chargeAmount }) where the buyer returns (checkoutResultReturnUrl), with the amount of the session, within 24 hours, and mark the order as paid only then.',
  ],
  [
    'api-v1-contract/button',
    'manual',
    60,
    'A button that asks the server for a session id',
    'createCheckoutSession { url, extractAmazonCheckoutSessionId } is the button of API version 1.',
    'Sign the payload on the server (generateButtonSignature) and hand payloadJSON, signature, publicKeyId and algorithm to createCheckoutSessionConfig.',
  ],
  [
    'api-v1-contract/response-body',
    'manual',
    15,
    'The answer of the SDK is read as text',
    'Since 2.1.3 the SDK answers with data, already parsed; body is undefined and JSON.parse throws.',
    'Read response.data in place of JSON.parse(response.body), together with the update of the SDK.',
  ],
  [
    'api-v1-contract/unread',
    'manual',
    20,
    'The first Checkout v2 contract in a place that is not rewritten',
    'A field or path of API version 1 stands where it cannot be rewritten with certainty: another language, text, or a template.',
    'Use the names and paths of API version 2.',
  ],
];

export const apiV1ContractRules: readonly Rule[] = rows.map(
  ([id, automation, effortMinutes, title, what, guidance]) => ({
    id,
    surface: 'api-v1-contract',
    title,
    automation,
    what,
    guidance,
    docs: guide,
    effortMinutes,
  }),
);

/** Texts by which a file is worth reading: the old names with what can follow a name, since the new ones only add a letter. */
export const apiV1ContractMarkers: readonly string[] = [
  ...[':', "'", '"', '.', ',', ' ', '}', '?', ')', ';', ']', '[', '=', '<'].map((next) => `webCheckoutDetail${next}`),
  'chargeAmountLimit',
  // Of API version 2: whether a shop completes its sessions can stand in a file that says nothing else.
  'completeCheckoutSession',
  'extractAmazonCheckoutSessionId',
  'v1/checkoutSessions',
  'v1/chargePermissions',
  ...['com', 'eu', 'jp'].flatMap((domain) =>
    ['', '/sandbox', '/live'].map((environment) => `pay-api.amazon.${domain}${environment}/v1`),
  ),
];
