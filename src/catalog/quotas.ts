/** How many requests a burst may hold, and how many come back per second (a pair of seller and developer account). */
export interface Quota {
  readonly burst: number;
  readonly perSecond: number;
}

interface QuotaRow {
  readonly live: Quota;
  /** null: the operation does not exist in the sandbox. */
  readonly sandbox: Quota | null;
}

const quota = (burst: number, perSecond: number): Quota => ({ burst, perSecond });

/** By method of the v2 SDK (facts: v2-rest.md section 5, current page). Above it Amazon answers 429 TooManyRequests. */
export const quotas = {
  createCheckoutSession: { live: quota(40, 16), sandbox: quota(5, 1) },
  getCheckoutSession: { live: quota(40, 8), sandbox: quota(10, 1) },
  updateCheckoutSession: { live: quota(20, 8), sandbox: quota(5, 1) },
  completeCheckoutSession: { live: quota(20, 4), sandbox: quota(2, 1) },
  getChargePermission: { live: quota(20, 4), sandbox: quota(10, 1) },
  updateChargePermission: { live: quota(10, 2), sandbox: quota(5, 1) },
  closeChargePermission: { live: quota(10, 2), sandbox: quota(2, 1) },
  createCharge: { live: quota(10, 4), sandbox: quota(2, 1) },
  getCharge: { live: quota(20, 4), sandbox: quota(5, 1) },
  captureCharge: { live: quota(20, 4), sandbox: quota(2, 1) },
  cancelCharge: { live: quota(10, 2), sandbox: quota(2, 1) },
  createRefund: { live: quota(10, 4), sandbox: quota(2, 1) },
  getRefund: { live: quota(20, 4), sandbox: quota(5, 1) },
  deliveryTrackers: { live: quota(10, 1), sandbox: quota(1, 1) },
  getAuthorizationToken: { live: quota(5, 1), sandbox: null },
} as const satisfies Readonly<Record<string, QuotaRow>>;

/** The quotas of MWS, for comparison and for the emulator (same section). */
export const legacyQuotas = {
  write: { live: quota(10, 1), sandbox: quota(2, 0.5) },
  read: { live: quota(20, 2), sandbox: quota(5, 1) },
} as const satisfies Readonly<Record<string, QuotaRow>>;
