/** Where Widgets.js comes from, and what takes its place (facts: frontend.md sections 1 and 2, C). */
export interface BrowserScript {
  readonly region: 'na' | 'eu' | 'jp';
  readonly what: string;
  /** How the URL goes on behind `https:`; `sandbox/` can stand in it. */
  readonly legacy: string;
  readonly v2: string;
  readonly ledgerCurrency: string;
}

const NA = 'https://static-na.payments-amazon.com/checkout.js';
const EU = 'https://static-eu.payments-amazon.com/checkout.js';
const FE = 'https://static-fe.payments-amazon.com/checkout.js';

/** Live and sandbox have the same v2 script. */
export const browserScripts: readonly BrowserScript[] = [
  {
    region: 'na',
    what: 'US',
    legacy: '//static-na.payments-amazon.com/OffAmazonPayments/us/js/Widgets.js',
    v2: NA,
    ledgerCurrency: 'USD',
  },
  {
    region: 'eu',
    what: 'UK',
    legacy: '//static-eu.payments-amazon.com/OffAmazonPayments/gbp/lpa/js/Widgets.js',
    v2: EU,
    ledgerCurrency: 'GBP',
  },
  {
    region: 'eu',
    what: 'EU',
    legacy: '//static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js',
    v2: EU,
    ledgerCurrency: 'EUR',
  },
  {
    region: 'jp',
    what: 'Japan',
    legacy: '//static-fe.payments-amazon.com/OffAmazonPayments/jp/lpa/js/Widgets.js',
    v2: FE,
    ledgerCurrency: 'JPY',
  },
  {
    region: 'jp',
    what: 'Japan, older',
    legacy: '//origin-na.ssl-images-amazon.com/images/G/09/EP/offAmazonPayments/live/prod/lpa/js/Widgets.js',
    v2: FE,
    ledgerCurrency: 'JPY',
  },
];

/**
 * The beginning of a legacy script URL, by host. The path on the static hosts does not change the v2 URL; on the image host
 * only the folder of Japan (09) is known.
 */
export const scriptHosts: readonly { readonly legacy: RegExp; readonly v2: string }[] = [
  { legacy: /^(?:https?:)?\/\/static-na\.payments-amazon\.com\/OffAmazonPayments\//i, v2: NA },
  { legacy: /^(?:https?:)?\/\/static-eu\.payments-amazon\.com\/OffAmazonPayments\//i, v2: EU },
  { legacy: /^(?:https?:)?\/\/static-fe\.payments-amazon\.com\/OffAmazonPayments\//i, v2: FE },
  {
    legacy: /^(?:https?:)?\/\/origin-na\.ssl-images-amazon\.com\/images\/G\/09\/EP\/offAmazonPayments\//i,
    v2: FE,
  },
];

/**
 * What names Amazon and has nothing to do with legacy: the script of v2, whose host is that of Widgets.js and so a marker,
 * hosts of AWS, the provider of a login. A text without it says what else is there.
 */
export const UNRELATED_TO_LEGACY =
  /\/\/static(?:-\w{2})?\.payments-amazon\.com\/checkout\.js|\bamazonaws\.com\b|\bamazon:login\b/g;
