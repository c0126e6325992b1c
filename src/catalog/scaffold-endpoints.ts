/** What the scaffolded server answers and rewritten browser code asks. All answers have `Cache-Control: no-store`. */
export interface ScaffoldEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly askedBy: string;
  readonly answers: string;
}

export const scaffoldEndpoints = {
  button: {
    method: 'GET',
    path: '/amazon-pay/button',
    askedBy: 'the page with the button; ?cart= is optional',
    answers:
      '{ merchantId, publicKeyId, ledgerCurrency, sandbox, createCheckoutSessionConfig: { payloadJSON, signature, algorithm } }',
  },
  review: {
    method: 'GET',
    path: '/amazon-pay/review',
    askedBy: 'Amazon, after the buyer chose (checkoutReviewReturnUrl)',
    answers: 'the review page of the shop, with ?amazonCheckoutSessionId= kept',
  },
  session: {
    method: 'GET',
    path: '/amazon-pay/session',
    askedBy: 'the review page, with ?amazonCheckoutSessionId=',
    answers: '{ checkoutSessionId, state, buyer, shippingAddress, billingAddress, paymentDescriptor }',
  },
  checkout: {
    method: 'POST',
    path: '/amazon-pay/checkout',
    askedBy: 'the review page, when the buyer places the order: { amazonCheckoutSessionId } as JSON or a form',
    answers: '{ amazonPayRedirectUrl }, or 303 to it for a form',
  },
  result: {
    method: 'GET',
    path: '/amazon-pay/result',
    askedBy: 'Amazon, after the buyer confirmed (checkoutResultReturnUrl)',
    answers: 'a redirect to the thank-you page, or to the cart with a reason',
  },
} as const satisfies Readonly<Record<string, ScaffoldEndpoint>>;
