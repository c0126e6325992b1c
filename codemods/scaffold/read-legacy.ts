import type { SourceUnit } from '../codemod';

/** What the legacy code decided, as far as it can be read off its text. Each is a default that somebody looks at. */
export interface LegacyCheckout {
  readonly isRecurring: boolean;
  readonly region: 'us' | 'eu' | 'jp';
  /** Undefined when no script address says it. */
  readonly ledgerCurrency: string | undefined;
  readonly scopes: readonly string[];
  readonly paymentIntent: 'Authorize' | 'AuthorizeWithCapture';
  readonly isAsynchronous: boolean;
  readonly reviewPage: string;
}

/** Ledger currency by the path of Widgets.js (facts: frontend.md section 1). */
const LEDGER: Readonly<Record<string, string>> = { us: 'USD', gbp: 'GBP', eur: 'EUR', jp: 'JPY' };
/** Facts: frontend.md section 5. */
const SCOPES: readonly (readonly [legacy: RegExp, v2: readonly string[]])[] = [
  [/(?<!:)\bprofile\b/, ['name', 'email']],
  [/\bpostal_code\b/, ['postalCode']],
  [/payments:shipping_address/, ['shippingAddress']],
  [/payments:billing_address/, ['billingAddress']],
];

/** Reads the files as they were found: what is migrated does not say it any more. */
export function readLegacy(files: readonly SourceUnit[]): LegacyCheckout {
  const texts = files.filter(({ path }) => !/\.(?:md|txt)$/i.test(path)).map(({ text }) => text);
  const has = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  const path = texts.flatMap((text) => /OffAmazonPayments\/(us|gbp|eur|jp)\//.exec(text)?.[1] ?? [])[0];
  const region =
    path === 'gbp' || path === 'eur' || has(/(?:Production|Sandbox)EU|static-eu|region['"]?\s*[:=]\s*['"](?:eu|de|uk)/)
      ? 'eu'
      : path === 'jp' || has(/static-fe\.|region['"]?\s*[:=]\s*['"]jp/)
        ? 'jp'
        : 'us';
  const scope = texts.flatMap((text) => text.match(/['"`][^'"`\n]*payments:[^'"`\n]*['"`]/g) ?? []).join(' ');
  return {
    isRecurring: has(/[aA]mazonBillingAgreementId|BillingAgreement\b|agreementType/),
    region,
    ledgerCurrency: path === undefined ? undefined : LEDGER[path],
    scopes: SCOPES.flatMap(([legacy, v2]) => (legacy.test(scope) ? v2 : [])),
    paymentIntent: has(/[cC]aptureNow['"]?\s*[:=]\s*['"]?true/) ? 'AuthorizeWithCapture' : 'Authorize',
    // Absent means asynchronous in legacy: 1440 minutes (facts: api-mapping.md).
    isAsynchronous: has(/AuthorizationReferenceId/) && !has(/TransactionTimeout['"]?\s*[:=]\s*['"]?0\b/),
    reviewPage: findReviewPage(files) ?? '/checkout/review',
  };
}

/** The page that held the widgets of address and payment, by the name of its file. */
function findReviewPage(files: readonly SourceUnit[]): string | undefined {
  const widgets = /Widgets\.(?:AddressBook|Wallet)\b|bindChangeAction/;
  const page = files.find(
    ({ path, text }) => /\.(?:html?|ejs|hbs|pug|njk|vue|php|twig)$/.test(path) && widgets.test(text),
  );
  if (page === undefined) return undefined;
  const served = /(?:^|\/)(?:public|static|www|htdocs|web)\/(.*)$/.exec(page.path)?.[1];
  if (served !== undefined) return `/${served}`;
  return `/${page.path.replace(/^(?:.*\/)?(?:views|templates|pages)\//, '').replace(/\.\w+$/, '')}`;
}
