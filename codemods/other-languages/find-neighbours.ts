import { foreignLanguageOf, type ForeignLanguage } from '../../src/catalog/languages';
import { legacyMethods } from './legacy-methods';

export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** Code that has a class of a legacy SDK in its hands. */
const HOLDS =
  /\bAmazonPay(?:\\|::|[.;])|PayWithAmazon|OffAmazonPayments|\bamazon_pay\.|\bpay_with_amazon\b|\bcom\.amazon\.pay\.(?!api\b)|paywithamazon|amazon-pay-sdk-go/;
const DECLARED = /\b(?:class|interface|trait|struct|type)\s+([A-Z]\w{3,})/g;
/** Words of many files; what is named so is not followed. */
const MAX_NAMES = 200;

const namesIn = (texts: readonly NamedText[]): string[] => [
  ...new Set(texts.flatMap(({ text }) => [...text.matchAll(DECLARED)].flatMap(([, name]) => name ?? []))),
];

const namingAny = (names: readonly string[]): RegExp | undefined =>
  names.length === 0 || names.length > MAX_NAMES ? undefined : new RegExp(`\\b(?:${names.join('|')})\\b`);

/** A call by the name of a legacy method. */
const callOf = (language: ForeignLanguage): RegExp =>
  new RegExp(`(?:->|::|\\.)\\s*(?:${[...legacyMethods(language).keys()].join('|')})\\b`);

/**
 * Files that hold no word of legacy Amazon Pay, and yet may use it: by a class that keeps a client (first step), or by a
 * class that hands one on (second step, only where a method of this name is called).
 *
 * @param others files of all languages, which are read only where there is a class to look for
 */
export function findNeighbours(
  known: readonly NamedText[],
  others: readonly string[],
  textOf: (path: string) => string,
): string[] {
  const holders = known.filter(({ text }) => HOLDS.test(text));
  const languages = new Set(holders.flatMap(({ path }) => foreignLanguageOf(path) ?? []));
  return [...languages].flatMap((language) => {
    const first = namingAny(namesIn(holders.filter(({ path }) => language.files.test(path))));
    if (first === undefined) return [];
    const own = others.filter((path) => language.files.test(path));
    const near = own.map((path) => ({ path, text: textOf(path) })).filter(({ text }) => first.test(text));
    const second = namingAny(namesIn(near));
    const call = callOf(language);
    const far =
      second === undefined
        ? []
        : own.filter((path) => {
            const text = textOf(path);
            return call.test(text) && second.test(text);
          });
    return [...new Set([...near.map(({ path }) => path), ...far])];
  });
}
