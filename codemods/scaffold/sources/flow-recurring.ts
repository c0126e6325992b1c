/**
 * What a shop with subscriptions has besides. Amazon bills nothing by itself: each cycle is a Create Charge (facts:
 * v2-rest.md sections 4 and 6).
 */
export const FLOW_RECURRING = {
  helpers: 'idempotencyKey, send, sendCharge',
  request: ', request',
  whichOrder: `    // Nothing recurs before there is an order; a subscription is then refused when it is placed.
    const orderId = await orders.currentOrderId(request);
    const frequency = orderId === null ? null : await orders.frequencyOf(orderId);
`,
  typeField: ', chargePermissionType',
  typeCheck: `      // The buyer must have agreed to later charges at Amazon, and to none for what is bought once.
      const wanted = (await orders.frequencyOf(orderId)) ? 'Recurring' : 'OneTime';
      if (chargePermissionType !== wanted) return answer(cartUrl('AgreementChanged'), 409, 'AgreementChanged');
`,
  frequency: `      chargePermissionType: frequency ? 'Recurring' : 'OneTime',
      recurringMetadata: frequency ? { frequency } : undefined,
`,
  functions: String.raw`
  /**
   * Charges one cycle of a subscription: Amazon bills nothing by itself, so a job of yours does. The reference is that
   * of the cycle, such as 'subscription-7-2026-11': the same one never charges twice, and a new attempt after a decline
   * needs a new one. Declined (SoftDeclined, HardDeclined) is a state of the answer; when the permission is Closed,
   * the subscriber has canceled at Amazon, and this rejects with InvalidChargePermissionStatus.
   */
  async function chargeCycle(chargePermissionId⟦: string⟧, price⟦: Price⟧, reference⟦: string⟧) {
    const payload = {
      chargePermissionId,
      chargeAmount: checkPrice(price),
      captureNow: shop.paymentIntent === 'AuthorizeWithCapture',
      canHandlePendingAuthorization: shop.canHandlePendingAuthorization,
    };
    const headers = { 'x-amz-pay-idempotency-key': idempotencyKey('CreateCharge', reference) };
    return sendCharge(() => client.createCharge(payload, headers));
  }

`,
  endpoints: ', chargeCycle',
} as const;
