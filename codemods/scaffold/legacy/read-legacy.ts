import type { SourceUnit } from '../../codemod';
import { isTestFile } from '../../rewriting/is-test-file';
import { findIntent, type PaymentIntent } from './find-intent';
import { findPages, type ShopPages } from './find-pages';
import type { Guess } from './guess';

/** What the legacy code decided, as far as it can be read off its text. Each is a default that somebody looks at. */
export interface LegacyCheckout {
  readonly isRecurring: boolean;
  readonly region: 'us' | 'eu' | 'jp';
  /** Undefined when no script address says it. */
  readonly ledgerCurrency: string | undefined;
  readonly scopes: readonly string[];
  readonly paymentIntent: Guess<PaymentIntent>;
  readonly isAsynchronous: boolean;
  readonly pages: ShopPages;
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

/** What a test asks for says nothing about the shop. */

/** Reads the files as they were found: what is migrated does not say it any more. */
export function readLegacy(files: readonly SourceUnit[], ending = ''): LegacyCheckout {
  const code = files.filter(({ path }) => !/\.(?:md|txt)$/i.test(path) && !isTestFile(path));
  const texts = code.map(({ text }) => text);
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
    paymentIntent: findIntent(code),
    // Absent means asynchronous in legacy: 1440 minutes (facts: api-mapping.md).
    isAsynchronous: has(/AuthorizationReferenceId/) && !has(/TransactionTimeout['"]?\s*[:=]\s*['"]?0\b/),
    pages: findPages(code, ending),
  };
}
