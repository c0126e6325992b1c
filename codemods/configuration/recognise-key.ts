import type { KeyPlace } from './key-place';

/** What a legacy setting holds, and what becomes of it. */
export interface LegacyKey {
  readonly holds: string;
  /** The variable that takes its place; null when nothing does. */
  readonly replacement: string | null;
  readonly advice: string;
  /**
   * certain: the name says Amazon Pay and MWS. shared: marketplace sellers, Login with Amazon or v2 code use the name
   * too, so legacy Amazon Pay has to be in the same package.
   */
  readonly certainty: 'certain' | 'shared';
}

interface Row extends Omit<LegacyKey, 'certainty'> {
  /** Over the words of the name, joined by `_`. */
  readonly pattern: RegExp;
  /** Only legacy when the name or a key around it says Amazon Pay; v2 code uses such names, too, so always shared. */
  readonly underAmazonPay?: true;
}

const KEY_PAIR =
  'Create a key pair in Seller Central and set the new value; MWS keys do not work with v2. Keep the old value until cutover.';
const SAME_VALUE = 'The value stays the same; set it under the new name, too.';

/** What a setting holds beside which an address is the better place to report. */
export const ADDRESS_OF_MWS = 'the address of MWS';

const ROWS: readonly Row[] = [
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
    pattern: /(?:^|_)mws_(?:endpoint|url|host|service_url|base_url|api_url)$/,
    holds: ADDRESS_OF_MWS,
    replacement: null,
    advice: 'The v2 SDK knows its hosts by AMAZON_PAY_REGION; remove the setting after cutover.',
  },
];

const AMAZON_PAY =
  /(?:^|_)(?:amazon_?pay(?:ments?)?|amzn_?pay|amz_?pay|off_?amazon_?payments|pay_with_amazon|login_and_pay|amazon_login_pay|lpa|ap_mws)(?:_|$)/;
/** Amazon Payment Services (PayFort), storage and other services of AWS. */
const LOOK_ALIKE =
  /(?:^|_)(?:payment_services|payfort|aps|s3|ses|sns|sqs|sp_api|selling_partner|product_advertising|paapi|alexa|cognito|dynamo_?db)(?:_|$)/;

/** `mwsAccessKey`, `MWS-ACCESS-KEY`, `AWSAccessKeyId` to their words in lower case, joined by `_`. */
export const wordsOf = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

/** Names of the v2 contract and of API v2 configuration objects. */
const V2_NAME = /(?:^|_)(?:public_key_id|private_key|store_id)$/;

/** Tells what a name in a configuration file held for legacy Amazon Pay; undefined for everything else. */
export function recogniseKey({ name, parents }: Pick<KeyPlace, 'name' | 'parents'>): LegacyKey | undefined {
  const words = wordsOf(name);
  const around = parents.map(wordsOf).join('_');
  const whole = around === '' ? words : `${around}_${words}`;
  if (V2_NAME.test(words) || LOOK_ALIKE.test(whole)) return undefined;
  const saysAmazonPay = AMAZON_PAY.test(whole);
  const row = ROWS.find(
    ({ pattern, underAmazonPay }) => pattern.test(words) && (underAmazonPay !== true || saysAmazonPay),
  );
  if (row === undefined) return undefined;
  const { holds, replacement, advice } = row;
  return { holds, replacement, advice, certainty: saysAmazonPay && row.underAmazonPay !== true ? 'certain' : 'shared' };
}

/** Variables of the v2 contract that a text already names, in any spelling (`amazonPayPublicKeyId`). */
export function findNewNames(text: string): ReadonlySet<string> {
  return new Set(NEW_VARIABLES.filter(({ spelling }) => spelling.test(text)).map(({ name }) => name));
}

const variable = (name: string): { readonly name: string; readonly spelling: RegExp } => ({
  name,
  spelling: new RegExp(`(?<![A-Za-z])${name.split('_').join('[_.-]?')}(?![A-Za-z])`, 'i'),
});

/** What migrated code reads from its environment. */
export const NEW_VARIABLES = [
  'AMAZON_PAY_PUBLIC_KEY_ID',
  'AMAZON_PAY_PRIVATE_KEY',
  'AMAZON_PAY_REGION',
  'AMAZON_PAY_SANDBOX',
  'AMAZON_PAY_STORE_ID',
  'AMAZON_PAY_MERCHANT_ID',
].map(variable);
