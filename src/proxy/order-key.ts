/**
 * The order that an object belongs to by its number: the first three groups of its id, `P01-1112223-3334445` of
 * `P01-1112223-3334445-C000111`. Null for ids without such groups, like those of legacy chargebacks.
 *
 * A payment on a billing agreement has a number of its own, and which agreement it was made on, only GET tells (facts:
 * api-mapping.md, ID shapes; captures.md section 2.4). See store/order-keys.ts for what belongs together then.
 */
export const orderKeyOf = (objectId: string): string | null =>
  /^[A-Z]\d{2}-\d{7}-\d{7}(?=-|$)/.exec(objectId)?.[0] ?? null;

/**
 * The order whose lane and side a message is in: that of the number of its object. A v2 message also names the agreement, and
 * a legacy one of the same payment does not: by the number both find the same handler, one after the other.
 */
export const orderKeyOfMessage = (objectId: string | null, permissionId: string | null): string | null =>
  (objectId === null ? null : orderKeyOf(objectId)) ?? (permissionId === null ? null : orderKeyOf(permissionId));
