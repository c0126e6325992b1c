/**
 * Second half of the emitted `checkout-flow`: the buyer comes back, or does not. Facts: v2-rest.md section 6 (reason codes
 * of Complete Checkout Session), states.md section 2 (sessions and charges).
 */
export const FLOW_END = String.raw`
  /** GET result: Amazon sends the buyer here. Reloading it, or clicking twice, ends in the same one payment. */
  async function result({ query }⟦: Incoming⟧)⟦: Promise<Answer>⟧ {
    const id = readSessionId(query);
    const order = id ? await orders.findBySession(id) : null;
    // An order that was placed again has another session now: this one is never completed, so never charged.
    if (!id || order === null) return toCart('UnknownSession');
    if (order.isPaid) return redirect(thankYouUrl(order.orderId));
    return complete(order.orderId, id);
  }

  async function complete(orderId⟦: string⟧, id⟦: string⟧)⟦: Promise<Answer>⟧ {
    const chargeAmount = checkPrice(await orders.amountOf(orderId));
    const found = await fetchSession(id);
    if (found.statusDetails.state !== 'Open') return settle(orderId, found);
    // The buyer agreed to another amount: the cart has changed since.
    if (!isSamePrice(found.paymentDetails?.chargeAmount, chargeAmount)) return toReview(id, 'AmountChanged');
    try {
      return await settle(orderId, await send(() => client.completeCheckoutSession(id, { chargeAmount })));
    } catch (error) {
      switch (reasonOf(error)) {
        case 'AmountMismatch':
          return toReview(id, 'AmountChanged');
        case 'InvalidCheckoutSessionStatus':
        case 'CheckoutSessionCanceled':
          // A second click was faster, or the buyer canceled or was declined: the session says which.
          return settle(orderId, await fetchSession(id));
        default:
          throw error;
      }
    }
  }

  /** Brings the order to where its session is. Amazon's word counts: the charge is fetched, not assumed. */
  async function settle(orderId⟦: string⟧, found⟦: CheckoutSession⟧)⟦: Promise<Answer>⟧ {
    const { statusDetails, checkoutSessionId, chargePermissionId, chargeId } = found;
    if (statusDetails.state === 'Canceled') {
      const reason = statusDetails.reasonCode ?? 'Canceled';
      await orders.markFailed(orderId, reason);
      return toCart(reason);
    }
    // Open: the buyer has not confirmed at Amazon yet.
    if (statusDetails.state !== 'Completed') return toReview(checkoutSessionId, 'NotConfirmed');
    const charge = chargeId ? (await send(() => client.getCharge(chargeId))).statusDetails : null;
    const payment⟦: Payment⟧ = { checkoutSessionId, chargePermissionId, chargeId, state: charge?.state ?? null };
    if (charge?.state === 'Declined' || charge?.state === 'Canceled') {
      const reason = charge.reasonCode ?? charge.state;
      await orders.markFailed(orderId, reason);
      return toCart(reason);
    }
    // Without a charge (paymentIntent Confirm), or with one that is not decided yet, nothing is paid. A notification
    // (IPN) tells when it is; it can take 24 hours.
    const isPaid = charge?.state === 'Authorized' || charge?.state === 'Captured';
    if (isPaid) await orders.markPaid(orderId, payment);
    else await orders.markPending(orderId, payment);
    return redirect(withQuery(thankYouUrl(orderId), isPaid ? {} : { amazonPay: 'Pending' }));
  }

  /**
   * For a job that runs every hour: looks up what became of orders whose buyer has not come back. One that was paid in
   * the very moment in which this server stopped gets paid; one that was canceled, or has expired, fails.
   */
  async function sweep() {
    const outcome = { settled: 0, open: 0, failures: []⟦ as { orderId: string; error: unknown }[]⟧ };
    for (const { orderId, checkoutSessionId } of await orders.openSessions()) {
      try {
        const found = await findSession(checkoutSessionId);
        const isOpen = found?.statusDetails.state === 'Open';
        if (found === null) await orders.markFailed(orderId, 'Expired');
        else if (!isOpen) await settle(orderId, found);
        outcome[isOpen ? 'open' : 'settled'] += 1;
      } catch (error) {
        // One order that fails must not keep the others from being looked up.
        outcome.failures.push({ orderId, error });
      }
    }
    return outcome;
  }
«functions»
  /** null when Amazon has deleted it, after 30 days. */
  async function findSession(id⟦: string⟧)⟦: Promise<CheckoutSession | null>⟧ {
    try {
      return await fetchSession(id);
    } catch (error) {
      if (⟦(⟧error⟦ as { status?: number } | undefined)⟧?.status === 404) return null;
      throw error;
    }
  }

  function fetchSession(id⟦: string⟧)⟦: Promise<CheckoutSession>⟧ {
    return send(() => client.getCheckoutSession(id));
  }

  function absoluteUrl(path⟦: string⟧)⟦: string⟧ {
    if (!account.shopUrl) throw new Error('AMAZON_PAY_SHOP_URL is not set: the public https address of the shop');
    return new URL(path, account.shopUrl).href;
  }

  function thankYouUrl(orderId⟦: string⟧)⟦: string⟧ {
    return withQuery(shop.thankYouPage, { order: orderId });
  }

  function reviewUrl(id⟦: string⟧)⟦: string⟧ {
    return withQuery(shop.reviewPage, { amazonCheckoutSessionId: id });
  }

  function cartUrl(reason⟦: string⟧)⟦: string⟧ {
    return withQuery(shop.cartPage, { amazonPay: reason });
  }

  function toReview(id⟦: string⟧, reason⟦: string⟧)⟦: Answer⟧ {
    return redirect(withQuery(reviewUrl(id), { amazonPay: reason }));
  }

  function toCart(reason⟦: string⟧)⟦: Answer⟧ {
    return redirect(cartUrl(reason));
  }

  return { button, review, session, placeOrder, result, sweep«endpoints» };
}

function redirect(location⟦: string⟧)⟦: Answer⟧ {
  return { status: 303, location };
}

function refused(reason⟦: string⟧)⟦: Answer⟧ {
  return { status: 400, json: { reason } };
}

function reasonOf(error⟦: unknown⟧)⟦: string | undefined⟧ {
  return ⟦(⟧error⟦ as { reasonCode?: string } | null | undefined)⟧?.reasonCode;
}

function readText(values⟦: unknown⟧, name⟦: string⟧)⟦: string | null⟧ {
  const value = ⟦(⟧values⟦ as Record<string, unknown> | null | undefined)⟧?.[name];
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : null;
}

/** It becomes part of a path at Amazon, so nothing else than an id may pass. */
function readSessionId(values⟦: unknown⟧)⟦: string | null⟧ {
  const id = readText(values, 'amazonCheckoutSessionId');
  return id !== null && /^[0-9a-zA-Z-]{1,64}$/.test(id) ? id : null;
}

/** Adds to the query of an address, relative or not. */
function withQuery(address⟦: string⟧, values⟦: Record<string, string>⟧)⟦: string⟧ {
  const target = new URL(address, 'http://relative');
  for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value);
  return target.host === 'relative' ? target.pathname + target.search + target.hash : target.href;
}

/** Amounts are text, since binary fractions lose cents. */
function checkPrice(price⟦: Price⟧)⟦: Price⟧ {
  if (!/^\d+(\.\d+)?$/.test(String(price?.amount)) || !price.currencyCode) {
    throw new TypeError('amountOf must give { amount, currencyCode }, the amount as text such as 94.50');
  }
  return { amount: String(price.amount), currencyCode: price.currencyCode };
}

/** 100 and 100.00 are the same; Amazon may answer either. */
function isSamePrice(a⟦: Price | null | undefined⟧, b⟦: Price⟧)⟦: boolean⟧ {
  const plain = (amount⟦: string⟧)⟦: string⟧ => String(amount).replace(/^0+(?=\d)|(?:\.0*|(\.\d*?)0+)$/g, '$1');
  return a?.currencyCode === b.currencyCode && plain(a.amount) === plain(b.amount);
}
`;
