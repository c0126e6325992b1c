import {
  legacyReasonWords as REASONS,
  legacyStateWords as STATES,
  onlyLegacyReasons,
  onlyLegacyStates,
} from '../../../src/catalog';

/** What stands beside the states in a table: a text for what is none of them. */
const BESIDE = /^(?:default|unknown|unspecified|other|undefined|null|none|title|label|)$/i;

const OF_PAYMENTS =
  /amazon|amzn?[_-]|mws|(?<!re)pay(?!load|roll)|authori[sz]ation|captur|charge|refund|billing_?agreement|order_?reference/i;
/** PayPal has Pending, Completed and Declined as well. */
const OF_AMAZON = /amazon|amzn?[_-]|mws|captur|refund|authori[sz]ation/i;
/** What has states of the same names: other payment services, and what is no payment. */
const OF_OTHERS =
  /ticket|issue|task|support|pull_?request|invoice|invitation|shipment|job|vacanc|campaign|paypal|stripe|adyen|klarna|mollie|braintree|square|worldpay|affirm|afterpay|clearpay|sage_?pay|opayo|payone|pay_?u|checkout_?com|google_?pay|apple_?pay/i;

/**
 * Whether these are the states of legacy Amazon Pay and of nothing else: at least three of them, two of which v2 does not have.
 *
 * @param where the names around them: of the file, of the variable, of the keys
 */
export function areLegacyStates(found: readonly string[], where: string): boolean {
  const words = found.filter((word) => !BESIDE.test(word));
  if (words.length < 3 || !words.every((word) => STATES.has(word)) || OF_OTHERS.test(where)) return false;
  if (words.filter((word) => STATES.get(word)?.has(word) !== true).length < 2) return false;
  // An authorization is the one thing that is open or declined.
  if (words.includes('Open') && words.includes('Declined')) return true;
  return (words.includes('Completed') && !words.includes('Open') ? OF_AMAZON : OF_PAYMENTS).test(where);
}

/** `'Open', 'Closed'`: both are states of legacy, and v2 has one of them at the most. */
export const areLegacyPair = (words: readonly string[]): boolean =>
  words.length === 2 && words.every((word) => STATES.has(word)) && words.some(isOnlyLegacyWord);

/**
 * Those of the words that are reasons of states of legacy Amazon Pay: at least two, one of which v2 does not have. None where it
 * may be another service that has them.
 *
 * @param where the names around them
 */
export function legacyReasonsAmong(found: readonly string[], where: string): readonly string[] {
  const words = found.filter((word) => REASONS.has(word));
  const isAmazon = OF_AMAZON.test(where) || words.some((word) => word.includes('Amazon'));
  const isLegacy = words.length >= 2 && words.some((word) => onlyLegacyReasons.includes(word));
  return isLegacy && isAmazon && !OF_OTHERS.test(where) ? words : [];
}

/** The names say Amazon Pay and nothing else. */
export const nameLegacyAmazon = (where: string): boolean =>
  /amazon|amzn?[_.-]|mws|billing_?agreement|order_?reference|(?:Authorization|Capture|Refund)Status\b/i.test(where);

/** The names are those of payments. */
export const nameOfPayments = (where: string): boolean => OF_PAYMENTS.test(where);

/** `stateOf`, `captureStatus`: the name of a method that answers with a state of a payment. Not `status`, `getState`. */
export const tellsState = (method: string): boolean =>
  /(?:state|status|reason)(?:_?code)?_?(?:of|for)(?![a-z])/i.test(method) ||
  (/state|status|reason/i.test(method) && nameOfPayments(method));

/** `payments`, `gateway`: what a shop hands in to be asked about payments. */
export const tellsOfService = (receiver: string): boolean =>
  nameOfPayments(receiver) || /gateway|provider|processor/i.test(receiver);

/** The names are those of another payment service, or of what is no payment. */
export const areOfOthers = (where: string): boolean => OF_OTHERS.test(where);

/** `'Open'`: v2 has no such state. */
export const isOnlyLegacyWord = (word: string): boolean => onlyLegacyStates.includes(word);

/** `Open → Authorized or Chargeable`: what the words are in v2, for people. */
export const inV2 = (found: readonly string[]): string =>
  found
    .flatMap((word) => {
      const words = [...(STATES.get(word) ?? REASONS.get(word) ?? [])];
      return words.length === 0 || (words.length === 1 && words[0] === word) ? [] : [`${word} → ${words.join(' or ')}`];
    })
    .join(', ');
