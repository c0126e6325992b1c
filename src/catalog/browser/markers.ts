import { buyerReturnMarkers } from './return-parameters';

/** Texts that v2 code or the login of a site has as well: worth reading, and nothing legacy by themselves. */
const weak: readonly string[] = [
  'amazon.Login',
  'amazon_Login_accessToken',
  'payments-amazon.com',
  'TODO(amazon-pay-v2) browser/',
  ...buyerReturnMarkers,
];

/** Texts of the browser side by which a file is worth reading. */
export const browserMarkers: readonly string[] = [
  'OffAmazonPayments',
  'offAmazonPayments/',
  'onAmazonLoginReady',
  'onAmazonPaymentsReady',
  'initConfirmationFlow',
  'amazon-pay-react',
  'Widgets.AddressBook',
  'Widgets.Wallet',
  'Widgets.Consent',
  'data-ap-widget-type',
  'expressPaymentButton',
  'expressDonationWidget',
  'payments:widget',
  ...weak,
];

export const weakBrowserMarkers = weak;

/** Signs that a project takes payments with Widgets.js: amazon.Login alone is the login of a site. */
export const browserEvidence =
  /\bOffAmazonPayments\s*(?:\??\.|\[|:|\})|\b(?:window|self|globalThis)\.OffAmazonPayments\b|offAmazonPayments\/(?:live|sandbox)\b|OffAmazonPayments\/[^\n]{0,200}Widgets|onAmazonPaymentsReady|initConfirmationFlow|payments:widget|data-ap-widget-type|['"]amazon-pay-react['"]|\bOffAmazonPayments['"]\s*\]|TODO\(amazon-pay-v2\) browser\//;
