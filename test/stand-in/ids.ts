/** Ids that both default answer sets use, so that a shop before and after migration speaks of the same objects. */
export const ORDER_REFERENCE_ID = 'S01-1111111-2222222';
export const BILLING_AGREEMENT_ID = 'C01-5555555-6666666';
/** The order reference that a charge on the billing agreement gets; never the agreement's own id. */
export const CHILD_ORDER_REFERENCE_ID = 'S01-7777777-8888888';
export const AUTHORIZATION_ID = `${ORDER_REFERENCE_ID}-A333333`;
export const CAPTURE_ID = `${ORDER_REFERENCE_ID}-C333333`;
export const REFUND_ID = `${ORDER_REFERENCE_ID}-R444444`;
export const CHECKOUT_SESSION_ID = '11111111-2222-4333-8444-555555555555';
