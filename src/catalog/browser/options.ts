import type { FactConfidence } from '../types';

/** An option of a legacy button or widget (facts: frontend.md sections 3.1 to 3.3 and 5). */
export interface BrowserOption {
  /** The symbol, or `widget` for what every widget takes. */
  readonly of: 'OffAmazonPayments.Button' | 'widget' | 'hostedPayment' | 'authorize';
  readonly name: string;
  /** The option of `renderButton` or the field of the signed payload. */
  readonly to: string | null;
  /**
   * moves: the value goes over. gone: nothing is left to do. code: a function whose work needs another place.
   * decide: somebody has to do something elsewhere.
   */
  readonly kind: 'moves' | 'gone' | 'code' | 'decide';
  readonly because: string;
  readonly confidence: FactConfidence;
}

type Row = [
  name: string,
  kind: BrowserOption['kind'],
  to: string | null,
  because: string,
  confidence?: BrowserOption['confidence'],
];

const rowsOf = (of: BrowserOption['of'], rows: readonly Row[]): BrowserOption[] =>
  rows.map(([name, kind, to, because, confidence = 'confirmed']) => ({ of, name, kind, to, because, confidence }));

export const browserOptions: readonly BrowserOption[] = [
  ...rowsOf('OffAmazonPayments.Button', [
    [
      'type',
      'moves',
      'productType',
      'PwA, Pay and A become PayAndShip, or PayOnly where no address is asked for; LwA and Login become SignIn.',
      'advice',
    ],
    ['color', 'moves', 'buttonColor', 'The same values.'],
    ['size', 'decide', null, 'The button fills its container: set width and height of the container in CSS.'],
    ['language', 'moves', 'checkoutLanguage', 'en-GB becomes en_GB.'],
    ['sellerId', 'moves', 'merchantId', 'The same value.'],
    [
      'authorization',
      'code',
      'checkoutReviewReturnUrl',
      'Amazon signs the buyer in; where the buyer comes back to is in the signed payload.',
    ],
    ['onSignIn', 'code', null, 'The buyer comes back to checkoutReviewReturnUrl with amazonCheckoutSessionId.'],
    [
      'onError',
      'code',
      null,
      'Amazon shows its errors on its own page; it is called when the request to your server fails, with the code RequestFailed.',
      'likely',
    ],
    [
      'agreementType',
      'decide',
      'chargePermissionType',
      'BillingAgreement is chargePermissionType Recurring with recurringMetadata, in the signed payload.',
    ],
    ['useAmazonAddressBook', 'moves', 'productType', 'true is PayAndShip, false is PayOnly.', 'advice'],
    [
      'hostedParametersProvider',
      'decide',
      'createCheckoutSessionConfig',
      'The server signs a payload with checkoutMode ProcessOrder instead.',
      'likely',
    ],
  ]),
  ...rowsOf('widget', [
    ['sellerId', 'gone', null, 'The Checkout Session knows the merchant.'],
    ['design', 'gone', null, 'There is no widget to size.'],
    ['scope', 'gone', null, 'The scopes are in the signed payload.', 'unconfirmed'],
    ['amazonOrderReferenceId', 'gone', 'amazonCheckoutSessionId', 'The id comes with the URL of the review page.'],
    ['amazonBillingAgreementId', 'gone', 'amazonCheckoutSessionId', 'The id comes with the URL of the review page.'],
    [
      'agreementType',
      'decide',
      'chargePermissionType',
      'BillingAgreement is chargePermissionType Recurring with recurringMetadata, in the signed payload.',
    ],
    [
      'onOrderReferenceCreate',
      'code',
      null,
      'There is an id as soon as the buyer is back: it is in the URL of the review page.',
    ],
    ['onReady', 'code', null, 'Runs once, when the session is shown.', 'advice'],
    [
      'onAddressSelect',
      'code',
      null,
      'A change reloads the review page: what depends on the address runs once there, when the session is shown.',
    ],
    ['onPaymentSelect', 'code', null, 'There is a payment method as soon as the buyer is back.'],
    ['onConsent', 'code', null, 'The buyer has consented on the page of Amazon.'],
    [
      'onError',
      'code',
      null,
      'Amazon shows its errors on its own page; it is called when the request to your server fails, with the code RequestFailed.',
      'likely',
    ],
    ['displayMode', 'gone', null, 'Read is plain text without a link to change it.', 'advice'],
    [
      'presentmentCurrency',
      'decide',
      'paymentDetails.presentmentCurrency',
      'It is a field of the payload, when the session is created, in the EU and UK only.',
    ],
  ]),
  ...rowsOf('hostedPayment', [
    ['returnURL', 'moves', 'webCheckoutDetails.checkoutResultReturnUrl', 'The same URL.', 'likely'],
    ['cancelReturnURL', 'moves', 'webCheckoutDetails.checkoutCancelUrl', 'The same URL.', 'unconfirmed'],
    ['accessKey', 'gone', null, 'MWS keys do not work with v2.', 'likely'],
    ['sellerId', 'moves', 'merchantId', 'The same value, beside the payload.', 'likely'],
    ['lwaClientId', 'moves', 'storeId', 'The same value.', 'likely'],
    ['currencyCode', 'moves', 'paymentDetails.chargeAmount.currencyCode', 'The same value.', 'likely'],
    ['amount', 'moves', 'paymentDetails.chargeAmount.amount', 'As text.', 'likely'],
    ['sellerNote', 'moves', 'merchantMetadata.noteToBuyer', 'At most 255 characters.', 'likely'],
    ['sellerOrderId', 'moves', 'merchantMetadata.merchantReferenceId', 'The same value.', 'likely'],
    [
      'shippingAddressRequired',
      'decide',
      'productType',
      'false is PayOnly. true is PayAndShip, which needs addressDetails here, or the normal flow.',
      'likely',
    ],
    [
      'paymentAction',
      'moves',
      'paymentDetails.paymentIntent',
      'None becomes Confirm, AuthorizeAndCapture becomes AuthorizeWithCapture.',
      'likely',
    ],
    ['signature', 'gone', 'signature', 'generateButtonSignature of the v2 SDK signs the payload.', 'likely'],
  ]),
  ...rowsOf('authorize', [
    [
      'scope',
      'decide',
      'scopes',
      'profile is name and email, postal_code is postalCode, payments:shipping_address is shippingAddress, payments:billing_address is billingAddress.',
      'likely',
    ],
    ['popup', 'gone', null, 'The buyer always goes to the page of Amazon.', 'likely'],
    ['state', 'decide', 'checkoutReviewReturnUrl', 'Put your own parameter into the URL.', 'likely'],
  ]),
];

/** Attributes of a declarative Express button, without `data-ap-`, and the parameter of the same meaning. */
export const expressAttributes: Readonly<Record<string, string>> = {
  signature: 'signature',
  'seller-id': 'sellerId',
  'access-key': 'accessKey',
  'lwa-client-id': 'lwaClientId',
  'return-url': 'returnURL',
  'cancel-return-url': 'cancelReturnURL',
  'currency-code': 'currencyCode',
  amount: 'amount',
  note: 'sellerNote',
  'seller-note': 'sellerNote',
  'seller-order-id': 'sellerOrderId',
  'shipping-address-required': 'shippingAddressRequired',
  'payment-action': 'paymentAction',
};
