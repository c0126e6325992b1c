/**
 * First half of the emitted `checkout-flow`: up to the moment in which the buyer leaves for Amazon. Between ⟦ and ⟧ stands
 * what only TypeScript sees; «…» is filled in. Facts: frontend.md section 4 (button, return flow), v2-rest.md section 7.
 */
export const FLOW_START = String.raw`/**
 * The checkout of Amazon Pay v2: what happens between the button and the paid order.
 *
 *   button     the page shows the button of Amazon; what it carries is signed here
 *   review     the buyer has chosen address and payment at Amazon and comes to your review page
 *   session    what the review page shows
 *   placeOrder the buyer agrees: the session gets the amount, and the buyer goes to Amazon to confirm
 *   result     the buyer comes back: the session is completed, and only then the order is paid
 *
 * A buyer who never comes back to result is never charged: only completing a session charges it, and Amazon
 * lets a session expire after 24 hours. sweep() sees to the orders of these buyers.
 *
 * Written by amazon-pay-migrate --scaffold. The file is yours: another run of the tool leaves it alone.
 * https://developer.amazon.com/docs/amazon-pay-checkout/add-the-amazon-pay-button.html
 */
import { «helpers» } from '«send»';
⟦import type { CheckoutSession, CreateCheckoutSessionPayload, Price, WebStoreClient } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import type { Orders, Payment, Shop, ShopRequest } from './orders';

/** What Amazon knows this shop by. */
export interface Account {
  shopUrl: string | undefined;
  merchantId: string | undefined;
  publicKeyId: string | undefined;
  storeId: string | undefined;
  sandbox: boolean;
  ledgerCurrency: string;
}

/** A request, whatever the framework; request is the framework's own. */
export interface Incoming {
  query: unknown;
  body?: unknown;
  /** Posted by a form of the page, which wants to be sent on rather than told. */
  isForm?: boolean;
  request: ShopRequest;
}

/** Either JSON, or where the browser goes next. */
export interface Answer {
  status: number;
  json?: unknown;
  location?: string;
}

export interface CheckoutParts {
  client: WebStoreClient;
  account: Account;
  orders: Orders;
  shop: Shop;
}

export type Checkout = ReturnType<typeof createCheckout>;
⟧
/** The endpoints, and sweep. A rejection is for the error handling of the framework; the buyer may reload. */
export function createCheckout({ client, account, orders, shop }⟦: CheckoutParts⟧) {
  /** GET button: what amazon.Pay.renderButton takes. */
  async function button({ query«request» }⟦: Incoming⟧)⟦: Promise<Answer>⟧ {
«whichOrder»
    const cart = readText(query, 'cart');
    const review = absoluteUrl('/amazon-pay/review');
    const payload⟦: CreateCheckoutSessionPayload⟧ = {
      storeId: account.storeId,
      webCheckoutDetails: {
        checkoutReviewReturnUrl: cart ? withQuery(review, { cart }) : review,
        checkoutCancelUrl: absoluteUrl(withQuery(shop.cartPage, { amazonPay: 'BuyerCanceled' })),
      },
«frequency»
«scopes»
    };
    // The browser must hand on exactly the text that was signed.
    const payloadJSON = JSON.stringify(payload);
    const { merchantId, publicKeyId, ledgerCurrency, sandbox } = account;
    const signature = client.generateButtonSignature(payloadJSON);
    const algorithm = 'AMZN-PAY-RSASSA-PSS-V2';
    const createCheckoutSessionConfig = { payloadJSON, signature, algorithm };
    return { status: 200, json: { merchantId, publicKeyId, ledgerCurrency, sandbox, createCheckoutSessionConfig } };
  }

  /** GET review: Amazon sends the buyer here; the review page gets the same query. */
  async function review({ query }⟦: Incoming⟧)⟦: Promise<Answer>⟧ {
    const id = readSessionId(query);
    if (!id) return toCart('UnknownSession');
    const cart = readText(query, 'cart');
    return redirect(withQuery(shop.reviewPage, { amazonCheckoutSessionId: id, ...(cart ? { cart } : {}) }));
  }

  /** GET session: what the review page shows. */
  async function session({ query }⟦: Incoming⟧)⟦: Promise<Answer>⟧ {
    const id = readSessionId(query);
    if (!id) return refused('UnknownSession');
    const { statusDetails, buyer, shippingAddress, billingAddress, paymentPreferences } = await fetchSession(id);
    return {
      status: 200,
      json: {
        checkoutSessionId: id,
        state: statusDetails.state,
        buyer: buyer && { name: buyer.name, email: buyer.email },
        shippingAddress: shippingAddress ?? null,
        billingAddress: billingAddress ?? null,
        paymentDescriptor: paymentPreferences?.[0]?.paymentDescriptor ?? null,
      },
    };
  }

  /**
   * POST checkout: the buyer places the order. The amount is that of the order on the server, never one of the
   * browser. amazonPayRedirectUrl of the answer is where the buyer goes next, also when it cannot be paid.
   */
  async function placeOrder({ body, isForm, request }⟦: Incoming⟧)⟦: Promise<Answer>⟧ {
    const answer = (location⟦: string⟧, status = 200, reason = 'Ok')⟦: Answer⟧ =>
      isForm ? redirect(location) : { status, json: { amazonPayRedirectUrl: location, reason } };
    const id = readSessionId(body);
    if (!id) return answer(cartUrl('UnknownSession'), 400, 'UnknownSession');
    const orderId = await orders.currentOrderId(request);
    if (orderId === null) return answer(cartUrl('NoOrder'), 409, 'NoOrder');
    // One session pays one order: else one payment could pay for two.
    const known = await orders.findBySession(id);
    if (known !== null && known.orderId !== orderId) return answer(cartUrl('SessionUsed'), 409, 'SessionUsed');
    const chargeAmount = checkPrice(await orders.amountOf(orderId));
    try {
      const { webCheckoutDetails, constraints«typeField» } = await send(() =>
        client.updateCheckoutSession(id, {
          webCheckoutDetails: { checkoutResultReturnUrl: absoluteUrl('/amazon-pay/result') },
          paymentDetails: {
            paymentIntent: shop.paymentIntent,
            canHandlePendingAuthorization: shop.canHandlePendingAuthorization,
            chargeAmount,
          },
          merchantMetadata: { merchantReferenceId: orderId },
        }),
      );
«typeCheck»
      // Amazon has taken it, so it is open. Remembered before the buyer leaves, who has to be found on coming back.
      await orders.rememberSession(orderId, id);
      const amazonPayRedirectUrl = webCheckoutDetails?.amazonPayRedirectUrl;
      if (amazonPayRedirectUrl) return answer(amazonPayRedirectUrl);
      const missing = (constraints ?? []).map(({ constraintId }) => constraintId).join();
      return answer(withQuery(reviewUrl(id), { amazonPay: missing || 'NotReady' }), 422, missing || 'NotReady');
    } catch (error) {
      if (reasonOf(error) !== 'InvalidCheckoutSessionStatus') throw error;
      // Canceled, expired, or paid for already. Only an order that had this session may get what became of it.
      const { location } = known ? await settle(orderId, await fetchSession(id)) : toCart('SessionUsed');
      return answer(location ?? cartUrl('SessionUsed'), 409, 'InvalidCheckoutSessionStatus');
    }
  }
`;
