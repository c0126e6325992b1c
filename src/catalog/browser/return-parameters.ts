/** A parameter of the URL with which legacy Amazon Pay sent a buyer back (facts: frontend.md). */
export interface ReturnParameter {
  readonly name: string;
  /** How a server reads it, where that is enough for a file to be worth reading. */
  readonly marker?: string;
  /** What a server learns by it, and what that is in v2. */
  readonly meaning: string;
}

const OF_EXPRESS = 'the return of the buyer in legacy is known; v2 has none of it.';

/** From the login, from the confirmation flow, and from an Express button; what says most comes first. */
export const buyerReturnParameters: readonly ReturnParameter[] = [
  {
    name: 'AuthenticationStatus',
    marker: 'AuthenticationStatus',
    meaning:
      'the outcome of the confirmation flow is read from the URL. In v2 the buyer comes back to checkoutResultReturnUrl with amazonCheckoutSessionId, and only Complete Checkout Session says how it ended; whoever never comes back is not charged.',
  },
  {
    name: 'access_token',
    // A bare one belongs to every login, so only its usual spelling on a server counts, and only in a project with legacy code.
    marker: 'query.access_token',
    meaning:
      'the login of a buyer is read from the URL. v2 has no access token: the review page gets amazonCheckoutSessionId. Where this is the login of the site and not of a checkout, keep it.',
  },
  {
    name: 'orderReferenceId',
    marker: 'query.orderReferenceId',
    meaning:
      'the order reference of a buyer who comes back is read from the URL. In v2 it is amazonCheckoutSessionId, and the Charge Permission id is in the answer of Complete Checkout Session.',
  },
  { name: 'resultCode', meaning: OF_EXPRESS },
  { name: 'sellerId', meaning: OF_EXPRESS },
];

/** What a server route reads off the URL when legacy sends the buyer back. */
export const buyerReturnMarkers: readonly string[] = buyerReturnParameters.flatMap(({ marker }) => marker ?? []);

/** Names by which a script of a project is worth a look for such reads; a seller's id counts beside another one only. */
export const buyerReturnNames = new RegExp(
  `\\b(?:${buyerReturnParameters
    .map(({ name }) => name)
    .filter((name) => name !== 'sellerId')
    .join('|')})\\b`,
);
