import type { SourceUnit } from '../codemod';

/** What the files of a project say together, for decisions that one page cannot make. */
export interface Project {
  /** An address is asked for somewhere: by an address book, or by a scope. */
  readonly asksForAddress: boolean;
  /** The scopes are written out somewhere, so that one that is missing says something. */
  readonly namesScopes: boolean;
  /** Agreements for later charges are made somewhere. */
  readonly isRecurring: boolean;
  /** Login with Amazon signs buyers in to the site itself. */
  readonly hasSiteLogin: boolean;
  /** `amazon` is declared for every file of TypeScript, or will be. */
  readonly declaresAmazon: boolean;
}

const GLOBAL_DECLARATION = /^\s*declare\s+(?:const|var|let)\s+(?:amazon|OffAmazonPayments)\b/m;
const IS_MODULE = /^\s*(?:import|export)\b/m;
/** A scope that is written out and asks for nothing of payments. */
const SITE_SCOPE = /\bscope['"]?\s*:\s*(['"])(?=[^'"]*\bprofile\b)(?:(?!\1|payments:)[\s\S]){1,200}\1/;

export function readProject(units: readonly SourceUnit[]): Project {
  const some = (pattern: RegExp): boolean => units.some(({ text }) => pattern.test(text));
  return {
    asksForAddress: some(/Widgets\.AddressBook|payments:shipping_address/),
    namesScopes: some(/payments:widget/),
    isRecurring: some(/agreementType['"]?\s*:\s*['"]BillingAgreement|Widgets\.Consent|payments:autopay_consent/),
    hasSiteLogin: some(/amazon\.Login\.retrieveProfile/) || some(SITE_SCOPE),
    declaresAmazon: units.some(
      ({ path, text }) => /\.[cm]?tsx?$/.test(path) && GLOBAL_DECLARATION.test(text) && !IS_MODULE.test(text),
    ),
  };
}

const PLACES: readonly { readonly placement: string; readonly words: RegExp }[] = [
  { placement: 'Checkout', words: /checkout|payment|billing|one-?page|order-?review|kasse/i },
  { placement: 'Cart', words: /cart|basket|warenkorb|panier/i },
  { placement: 'Product', words: /product|detail|pdp|item/i },
  { placement: 'Home', words: /home|(?:^|\/)index\.(?:html?|php|tpl|ejs|pug)/i },
];

/** Where the button stands, by the name of the file; the name of the page counts more than that of its folders. */
export function guessPlacement(path: string): { readonly placement: string; readonly isTold: boolean } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = PLACES.find(({ words }) => words.test(name)) ?? PLACES.find(({ words }) => words.test(path));
  return { placement: found?.placement ?? 'Other', isTold: found !== undefined };
}
