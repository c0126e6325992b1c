import type { LegacyCheckout } from '../legacy/read-legacy';

const INTENT = 'Authorize reserves the amount, and you capture when you ship; AuthorizeWithCapture takes it at once';

/** Pages and intent for the module of the orders, each with the place that says it, or with what is to decide. */
export function fillShop(
  { cart, review, thankYou }: LegacyCheckout['pages'],
  intent: LegacyCheckout['paymentIntent'],
  indent: string,
): Record<string, string> {
  const said = (because: string | undefined, what: string): string =>
    because === undefined
      ? `${indent}// TODO(amazon-pay-v2) scaffold/pages: name the page ${what}; no route, page or template that was read says it\n`
      : `${indent}// ${because}.\n`;
  const because = intent.because ?? 'nothing that was read says when the legacy checkout took the money';
  return {
    cartSaid: said(cart.because, 'to which a buyer comes back who has not paid'),
    cartPage: cart.value,
    reviewSaid: said(review.because, 'on which the buyer agrees to the order'),
    reviewPage: review.value,
    thankYouSaid: said(thankYou.because, 'after the order'),
    thankYouPage: thankYou.value,
    intentSaid: `${indent}// TODO(amazon-pay-v2) scaffold/payment-intent: ${INTENT}. ${because}.\n`,
    paymentIntent: intent.value,
  };
}
