/** What an Amazon Pay id names. A `-C` id is a legacy capture and a v2 charge alike, a `-R` id a refund in both worlds. */
export type IdKind =
  | 'orderReference'
  | 'billingAgreement'
  | 'authorization'
  | 'charge'
  | 'refund'
  | 'providerCredit'
  | 'providerCreditReversal'
  | 'checkoutSession';

export interface RecognisedId {
  readonly kind: IdKind;
  /** Null where the id does not tell: a checkout session id is a UUID. */
  readonly environment: 'live' | 'sandbox' | null;
}

/**
 * Anchored on purpose: `C9KORZRXQ655G` is a chargeback id and no billing agreement, and `P01-1234567-1234567-0000001`
 * stands in old documentation only. No multi-line flag and no `$` that would let a trailing line break through.
 */
const PATTERNS: readonly (readonly [IdKind, RegExp])[] = [
  ['orderReference', /^([PS])\d{2}-\d{7}-\d{7}$/],
  ['billingAgreement', /^([BC])\d{2}-\d{7}-\d{7}$/],
  ['authorization', /^([PS])\d{2}-\d{7}-\d{7}-A\d{6}$/],
  ['charge', /^([PS])\d{2}-\d{7}-\d{7}-C\d{6}$/],
  ['refund', /^([PS])\d{2}-\d{7}-\d{7}-R\d{6}$/],
  ['providerCredit', /^([PS])\d{2}-\d{7}-\d{7}-P\d{6}$/],
  ['providerCreditReversal', /^([PS])\d{2}-\d{7}-\d{7}-Q\d{6}$/],
  ['checkoutSession', /^()[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
];

const AUTHORIZATION = /^([PS]\d{2}-\d{7}-\d{7})-A(\d{6})$/;

export type IdErrorCode = 'NOT_A_CHARGE_ID' | 'NOT_A_CHARGE_PERMISSION_ID';

/** An id that cannot be converted without guessing. */
export class IdError extends Error {
  constructor(
    readonly code: IdErrorCode,
    readonly id: unknown,
    message: string,
  ) {
    super(message);
    this.name = 'IdError';
  }
}

/** Tells what an Amazon Pay id names, or null when it has none of the confirmed forms. */
export function recogniseId(id: string): RecognisedId | null {
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(id);
    if (match) {
      return { kind, environment: environmentOf(match[1] ?? '') };
    }
  }
  return null;
}

/** P and B are live, S and C are sandbox; the number behind the letter is the region. */
function environmentOf(letter: string): RecognisedId['environment'] {
  if (letter === '') return null;
  return letter === 'P' || letter === 'B' ? 'live' : 'sandbox';
}

/**
 * Turns an authorization id into the id of the v2 charge: the 21st character, A, becomes C. A charge or capture id is
 * returned unchanged. Everything else is refused, because a wrong id would capture or refund somebody else's money.
 */
export function toChargeId(id: string): string {
  if (recogniseText(id)?.kind === 'charge') return id;
  const match = typeof id === 'string' ? AUTHORIZATION.exec(id) : null;
  if (!match) {
    throw new IdError(
      'NOT_A_CHARGE_ID',
      id,
      `${quote(id)} is neither an authorization id (S01-1234567-1234567-A123456) nor a capture or charge id ` +
        `(S01-1234567-1234567-C123456), so no charge id follows from it. Pass the stored AmazonAuthorizationId or AmazonCaptureId.`,
    );
  }
  return `${match[1]}-C${match[2]}`;
}

/**
 * Returns the id of the charge permission that a confirmed order reference or billing agreement is in v2: the same id.
 * A charge id is refused: a charge on a billing agreement carries the id of a child order reference, so cutting its
 * last group names the wrong object. Read `chargePermissionId` from the charge instead.
 */
export function toChargePermissionId(id: string): string {
  const kind = recogniseText(id)?.kind;
  if (kind === 'orderReference' || kind === 'billingAgreement') return id;
  throw new IdError(
    'NOT_A_CHARGE_PERMISSION_ID',
    id,
    `${quote(id)} is neither an order reference id (S01-1234567-1234567) nor a billing agreement id ` +
      `(B01-1234567-1234567). The charge permission of a charge is its chargePermissionId: read it with getCharge.`,
  );
}

const recogniseText = (id: unknown): RecognisedId | null => (typeof id === 'string' ? recogniseId(id) : null);

/** Input may be anything that a database held; a message stays one short line. */
function quote(id: unknown): string {
  if (typeof id !== 'string') return `A value of type ${id === null ? 'null' : typeof id}`;
  return JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}…` : id);
}
