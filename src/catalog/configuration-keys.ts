/** A setting of legacy Amazon Pay in a configuration file, and the variable of migrated code that takes its place. */
export interface ConfigurationKey {
  /** Over the words of the name in lower case, joined by `_`. */
  readonly pattern: RegExp;
  readonly holds: string;
  /** The variable that takes its place; null when nothing does. */
  readonly replacement: string | null;
  readonly advice: string;
  /** Only legacy when the name or a key around it says Amazon Pay; v2 code uses such names, too, so always shared. */
  readonly underAmazonPay?: true;
}

const KEY_PAIR =
  'Create a key pair in Seller Central and set the new value; MWS keys do not work with v2. Keep the old value until cutover.';
const SAME_VALUE = 'The value stays the same; set it under the new name, too.';

/** What a setting holds beside which an address is the better place to report. */
export const ADDRESS_OF_MWS = 'the address of MWS';

/** The first row that fits counts. */
export const configurationKeys: readonly ConfigurationKey[] = [
  {
    pattern: /(?:^|_)mws_(?:aws_)?(?:access_)?key(?:_id)?$/,
    holds: 'the MWS access key',
    replacement: 'AMAZON_PAY_PUBLIC_KEY_ID',
    advice: KEY_PAIR,
  },
  {
    pattern: /(?:^|_)(?:aws_)?access_key(?:_id)?$/,
    underAmazonPay: true,
    holds: 'the MWS access key',
    replacement: 'AMAZON_PAY_PUBLIC_KEY_ID',
    advice: KEY_PAIR,
  },
  {
    pattern: /(?:^|_)mws_(?:aws_)?secret(?:_access)?(?:_key)?$/,
    holds: 'the MWS secret key',
    replacement: 'AMAZON_PAY_PRIVATE_KEY',
    advice: KEY_PAIR,
  },
  {
    pattern: /(?:^|_)secret(?:_access)?_key$/,
    underAmazonPay: true,
    holds: 'the MWS secret key',
    replacement: 'AMAZON_PAY_PRIVATE_KEY',
    advice: KEY_PAIR,
  },
  {
    pattern: /(?:^|_)mws_auth_token$/,
    holds: 'the MWS authorization token of a merchant',
    replacement: null,
    advice:
      'Exchange it once with getAuthorizationToken(mwsAuthToken, merchantId) and send the result in the header x-amz-pay-authtoken.',
  },
  {
    pattern: /(?:^|_)mws_(?:seller|merchant)_id$/,
    holds: 'the seller id',
    replacement: 'AMAZON_PAY_MERCHANT_ID',
    advice: SAME_VALUE,
  },
  {
    pattern: /(?:^|_)seller_id$/,
    underAmazonPay: true,
    holds: 'the seller id',
    replacement: 'AMAZON_PAY_MERCHANT_ID',
    advice: SAME_VALUE,
  },
  {
    pattern: /(?:^|_)client_id$/,
    underAmazonPay: true,
    holds: 'the client id of Login with Amazon',
    replacement: 'AMAZON_PAY_STORE_ID',
    advice: SAME_VALUE,
  },
  {
    pattern: /^(?:lwa|login_with_amazon)_client_id$/,
    holds: 'the client id of Login with Amazon',
    replacement: 'AMAZON_PAY_STORE_ID',
    advice: `${SAME_VALUE} Where the site also logs buyers in with it, leave that as it is.`,
  },
  {
    pattern: /^amazon_(?:seller|merchant)_id$/,
    holds: 'the seller id',
    replacement: 'AMAZON_PAY_MERCHANT_ID',
    advice: SAME_VALUE,
  },
  {
    pattern: /^amazon_client_id$|(?:^|_)mws_client_id$/,
    holds: 'the client id of Login with Amazon',
    replacement: 'AMAZON_PAY_STORE_ID',
    advice: `${SAME_VALUE} Where the site also logs buyers in with it, leave that as it is.`,
  },
  {
    pattern: /(?:^|_)mws_region$/,
    holds: 'the region of MWS',
    replacement: 'AMAZON_PAY_REGION',
    advice: 'v2 has the regions us, eu and jp.',
  },
  {
    pattern: /(?:^|_)mws_(?:sandbox|environment)$/,
    holds: 'whether MWS is asked in the sandbox',
    replacement: 'AMAZON_PAY_SANDBOX',
    advice: 'Set true for the sandbox; a public key id that begins with LIVE- or SANDBOX- decides by itself.',
  },
  {
    pattern: /(?:^|_)mws_(?:endpoint|url|host|service_url|base_url|api_url)$/,
    holds: ADDRESS_OF_MWS,
    replacement: null,
    advice: 'The v2 SDK knows its hosts by AMAZON_PAY_REGION; remove the setting after cutover.',
  },
];

/** What migrated code reads from its environment (contract: configuration of migrated code). */
export const newVariables = [
  'AMAZON_PAY_PUBLIC_KEY_ID',
  'AMAZON_PAY_PRIVATE_KEY',
  'AMAZON_PAY_REGION',
  'AMAZON_PAY_SANDBOX',
  'AMAZON_PAY_STORE_ID',
  'AMAZON_PAY_MERCHANT_ID',
] as const;
