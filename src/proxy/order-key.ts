/**
 * The order that an object belongs to: the first three groups of its id, `P01-1112223-3334445` of
 * `P01-1112223-3334445-C000111`. A payment on a billing agreement names another order than its own first groups do; which,
 * only GET tells (facts: ipn.md section 4). Null for ids without such groups, like those of legacy chargebacks.
 */
export const orderKeyOf = (objectId: string): string | null =>
  /^[A-Z]\d{2}-\d{7}-\d{7}(?=-|$)/.exec(objectId)?.[0] ?? null;
