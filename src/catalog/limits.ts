/** Lengths, counts and times (facts: api-mapping.md section 2, v2-rest.md section 7, states.md). Characters unless said otherwise. */
export const limits = {
  idempotencyKey: {
    maxLength: 32,
    alphabet: 'a-zA-Z0-9_-',
    kept: 'indefinitely',
    scope: 'all POST operations of the merchant account',
  },
  legacyReference: { maxLength: 32 },
  noteToBuyer: { legacy: 1024, v2: 255 },
  merchantStoreName: { v2: 50 },
  merchantReferenceId: { v2: 256 },
  softDescriptor: { legacy: 16, v2: 16 },
  closureReason: { legacy: 1024, v2: 255 },
  /** `00000000-0000-0000-0000-000000000000` (facts: api-mapping.md, id shapes). */
  checkoutSessionId: { length: 36 },
  draftOrderReferenceHours: 3,
  checkoutSessionHours: 24,
  authorizationDays: 30,
  synchronousCaptureDays: 7,
  oneTimeChargePermissionDays: 180,
  chargesPerChargePermission: 25,
  buyerDataDays: 30,
} as const;
