import { configurationKeys, newVariables } from '../../src/catalog';
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

const AMAZON_PAY =
  /(?:^|_)(?:amazon_?pay(?:ments?)?|amzn_?pay|amz_?pay|off_?amazon_?payments|pay_with_amazon|login_and_pay|amazon_login_pay|lpa|ap_mws)(?:_|$)/;
/** Amazon Payment Services (PayFort), storage and other services of AWS. */
const LOOK_ALIKE =
  /(?:^|_)(?:payment_services|payfort|aps|s3|ses|sns|sqs|sp_api|selling_partner|product_advertising|paapi|alexa|cognito|dynamo_?db)(?:_|$)/;

/** `[mws]`, `amazon.mws`: the names below leave the word out. */
const MWS = /(?:^|_)mws(?:_|$)/;

/** `mwsAccessKey`, `MWS-ACCESS-KEY`, `AWSAccessKeyId` to their words in lower case, joined by `_`. */
export const wordsOf = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

/** Names of the v2 contract and of API v2 configuration objects. */
const V2_NAME = /(?:^|_)(?:public_key_id|private_key|store_id)$/;

/** Only sellers at Amazon have a seller id, and only with keys of MWS beside it does anything sign in their name. */
const SELLER = /^seller_id$/;
const KEY_OF_MWS = /^(?:access_key(?:_id)?|secret(?:_access)?_key)$/;
/** `googleClientId` in the same section is another's. */
const CLIENT = /^(?:lwa_)?client_id$/;

const sectionOf = ({ parents }: KeyPlace): string => parents.join('\0');

/** Settings in sections that hold a seller id and keys, and no word of Amazon Pay: `{ amazon: { sellerId, accessKey, secretKey } }`. */
export function findSellers(places: readonly KeyPlace[]): ReadonlySet<KeyPlace> {
  const sectionsWith = (names: RegExp): Set<string> =>
    new Set(places.filter(({ name }) => names.test(wordsOf(name))).map(sectionOf));
  const [sellers, keys] = [sectionsWith(SELLER), sectionsWith(KEY_OF_MWS)];
  return new Set(
    places.filter((place) => {
      const isPlain = [SELLER, KEY_OF_MWS, CLIENT].some((names) => names.test(wordsOf(place.name)));
      return isPlain && sellers.has(sectionOf(place)) && keys.has(sectionOf(place));
    }),
  );
}

/**
 * Tells what a name in a configuration file held for legacy Amazon Pay; undefined for everything else.
 *
 * @param isOfSeller it is one of `findSellers`
 */
export function recogniseKey(
  { name, parents }: Pick<KeyPlace, 'name' | 'parents'>,
  isOfSeller = false,
): LegacyKey | undefined {
  const words = wordsOf(name);
  const around = parents.map(wordsOf).join('_');
  const whole = around === '' ? words : `${around}_${words}`;
  if (V2_NAME.test(words) || LOOK_ALIKE.test(whole)) return undefined;
  const saysAmazonPay = AMAZON_PAY.test(whole);
  const named = [words, ...(MWS.test(around) ? [`mws_${words}`] : [])];
  const row = configurationKeys.find(
    ({ pattern, underAmazonPay }) =>
      named.some((each) => pattern.test(each)) && (underAmazonPay !== true || saysAmazonPay || isOfSeller),
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

/** The variables of migrated code, each with its spellings. */
export const NEW_VARIABLES = newVariables.map(variable);
