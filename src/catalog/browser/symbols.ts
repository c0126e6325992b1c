import type { FactConfidence } from '../types';

/** A name of Widgets.js and what takes its place in checkout.js (facts: frontend.md sections 3 to 5). */
export interface BrowserSymbol {
  readonly name: string;
  readonly v2: string | null;
  /** The rule under which a use is reported. */
  readonly rule: string;
  readonly because: string;
  readonly confidence: FactConfidence;
}

type Row = [name: string, v2: string | null, rule: string, because: string, confidence?: FactConfidence];

const table: readonly Row[] = [
  [
    'OffAmazonPayments.Button',
    'amazon.Pay.renderButton',
    'browser/button',
    'The first argument is a CSS selector (#id) instead of an id, and the options come signed from your server.',
  ],
  [
    'OffAmazonPayments.Widgets.Button',
    'amazon.Pay.renderButton',
    'browser/button',
    'The button of the time before Login with Amazon; it has no store id yet.',
  ],
  [
    'OffAmazonPayments.Widgets.AddressBook',
    'amazon.Pay.bindChangeAction',
    'browser/address-book',
    'There are no widgets: show shippingAddress of the Checkout Session, with a link bound to changeAddress.',
  ],
  [
    'OffAmazonPayments.Widgets.Wallet',
    'amazon.Pay.bindChangeAction',
    'browser/wallet',
    'Show paymentPreferences[0].paymentDescriptor of the Checkout Session, with a link bound to changePayment.',
  ],
  [
    'OffAmazonPayments.Widgets.Consent',
    null,
    'browser/consent',
    'The buyer consents on the page of Amazon, because the signed payload says chargePermissionType Recurring.',
  ],
  [
    'OffAmazonPayments.initConfirmationFlow',
    'amazonPayRedirectUrl',
    'browser/confirmation-flow',
    'The server updates the Checkout Session, the page goes to its amazonPayRedirectUrl, and Complete ends it.',
  ],
  [
    'OffAmazonPayments.Widgets',
    null,
    'browser/global',
    'The widgets have no counterpart; what is made of them has to move.',
  ],
  ['OffAmazonPayments', 'amazon.Pay', 'browser/global', 'checkout.js defines amazon.Pay instead.'],
  [
    'onAmazonLoginReady',
    null,
    'browser/ready-callback',
    'checkout.js calls no function of the page: run the code once the script is loaded.',
  ],
  [
    'onAmazonPaymentsReady',
    null,
    'browser/ready-callback',
    'checkout.js calls no function of the page: run the code once the script is loaded.',
  ],
  [
    'amazon.Login.setClientId',
    'storeId',
    'browser/login-setup',
    'The client id is the storeId of the payload that your server signs.',
  ],
  [
    'amazon.Login.setSiteClientId',
    'storeId',
    'browser/login-setup',
    'The client id is the storeId of the payload that your server signs.',
    'unconfirmed',
  ],
  ['amazon.Login.setUseCookie', null, 'browser/login-setup', 'v2 keeps no token in the browser.'],
  [
    'amazon.Login.setSandboxMode',
    null,
    'browser/login-setup',
    'The key id, or the sandbox flag of the button, decides.',
    'advice',
  ],
  ['amazon.Login.setRegion', null, 'browser/login-setup', 'The script URL decides.', 'unconfirmed'],
  [
    'amazon.Login.authorize',
    'amazon.Pay.initCheckout',
    'browser/login-authorize',
    'The buyer goes to Amazon and comes back to checkoutReviewReturnUrl; there is no popup and no token.',
  ],
  [
    'amazon.Login.logout',
    'amazon.Pay.signout',
    'browser/logout',
    'The same for Checkout v2; there is no cookie to delete.',
  ],
  [
    'amazon.Login.retrieveProfile',
    'getBuyer',
    'browser/login-profile',
    'The server asks with the buyerToken of product type SignIn.',
    'likely',
  ],
  ['amazon.Login', null, 'browser/global', 'checkout.js has no amazon.Login.'],
];

export const browserSymbols: Readonly<Record<string, BrowserSymbol>> = Object.fromEntries(
  table.map(([name, v2, rule, because, confidence = 'confirmed']) => [name, { name, v2, rule, because, confidence }]),
);
