import { ts } from 'ts-morph';
import type { SourceUnit } from '../codemod';
import { aroundOf, findUses, type Use } from './find-uses';
import type { Page } from './page';
import type { Script } from './script';

/** What the files of a project say together, for decisions that one page cannot make. */
export interface Project {
  /** An address is asked for somewhere: by an address book, or by a scope. */
  readonly asksForAddress: boolean;
  /** The scopes are written out somewhere, so that one that is missing says something. */
  readonly namesScopes: boolean;
  /** A file in which agreements for later charges are made. */
  readonly recurringPage: string | undefined;
  /** Login with Amazon signs buyers in to the site itself. */
  readonly hasSiteLogin: boolean;
  /** Some file says which script is loaded. */
  readonly loadsScript: boolean;
  /** `amazon` is declared for every file of TypeScript, or will be. */
  readonly declaresAmazon: boolean;
}

const GLOBAL_DECLARATION = /^\s*declare\s+(?:const|var|let)\s+(?:amazon|OffAmazonPayments)\b/m;
const IS_MODULE = /^\s*(?:import|export)\b/m;
/** A scope that is written out and asks for nothing of payments. */
const SITE_SCOPE = /\bscope['"]?\s*:\s*(['"])(?=[^'"]*\bprofile\b)(?:(?!\1|payments:)[\s\S]){1,200}\1/;

/** A sign-in that is not that of a button, and asks for nothing of payments; it stays, whatever is rewritten. */
function isSiteLogin(script: Script, use: Use, uses: readonly Use[]): boolean {
  if (use.symbol === 'amazon.Login.retrieveProfile') return true;
  if (use.symbol !== 'amazon.Login.authorize') return false;
  const call = aroundOf(use.node).parent;
  const isOfButton = uses.some(
    ({ symbol, node }) => /Button$/.test(symbol) && isInside(use.node, aroundOf(node).parent),
  );
  const [options] = ts.isCallExpression(call) ? call.arguments : [];
  const isWritten = options !== undefined && ts.isObjectLiteralExpression(options);
  return !isOfButton && SITE_SCOPE.test(isWritten ? options.getText() : script.source.text);
}

const isInside = (node: ts.Node, around: ts.Node): boolean =>
  around.getStart() <= node.getStart() && node.getEnd() <= around.getEnd();

export function readProject(units: readonly SourceUnit[], scripts: readonly Script[]): Project {
  const some = (pattern: RegExp): boolean => units.some(({ text }) => pattern.test(text));
  const hasSiteLogin = scripts.some((script) => {
    const uses = findUses(script.source, script.aliases);
    return uses.some((use) => isSiteLogin(script, use, uses));
  });
  return {
    asksForAddress: some(/Widgets\.AddressBook|payments:shipping_address/),
    namesScopes: some(/payments:widget/),
    recurringPage: units.find(({ text }) => RECURRING.test(text))?.path,
    hasSiteLogin,
    loadsScript: some(/\bWidgets\.js\b|offAmazonPayments\/|payments-amazon\.com\/checkout\.js/i),
    declaresAmazon: units.some(
      ({ path, text }) => /\.[cm]?tsx?$/.test(path) && GLOBAL_DECLARATION.test(text) && !IS_MODULE.test(text),
    ),
  };
}

const RECURRING =
  /agreementType['"]?\s*:\s*['"]BillingAgreement|Widgets\.Consent|payments:autopay_consent|amazonBillingAgreementId|getAmazonBillingAgreementId/;
const ONE_TIME = /amazonOrderReferenceId|getAmazonOrderReferenceId|onOrderReferenceCreate/;
const NEEDS_RECURRING = 'the signed payload needs chargePermissionType Recurring and a frequency in recurringMetadata';

/** What is to decide about later charges: by the options of a button or widget, by its page, and only then by others. */
export function decideRecurring({ recurringPage }: Project, { unit }: Page, isAgreement: boolean): string[] {
  if (isAgreement) return [`${NEEDS_RECURRING}, because agreementType was BillingAgreement`];
  if (RECURRING.test(unit.text)) return [`${NEEDS_RECURRING}, because this file makes agreements for later charges`];
  if (recurringPage === undefined || ONE_TIME.test(unit.text)) return [];
  return [
    `nothing here says whether it leads to a subscription, as ${recurringPage} sells them; if it does, ${NEEDS_RECURRING}`,
  ];
}

/** What is to do where nothing loads a script that could have been rewritten. */
export const decideScript = ({ loadsScript }: Project): string[] =>
  loadsScript ? [] : ['no file here says where Widgets.js is loaded: load checkout.js there instead'];

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
