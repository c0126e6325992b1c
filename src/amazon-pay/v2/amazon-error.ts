export type AmazonErrorCode =
  /** 429: later, and less often. */
  | 'throttled'
  /** Not asked: others come first within the share of the quota. After `retryAfterMs` it is its turn. */
  | 'not-now'
  /** 404: Amazon has no such object for this merchant, or not yet. */
  | 'not-found'
  /** 401, 403: the key, or what it may do. Nothing will work until somebody looks at it. */
  | 'not-authorized'
  /** 5xx, no answer in time, no connection: later. */
  | 'unavailable'
  /** An answer that is no JSON object, or too large. */
  | 'unreadable'
  /** Any other answer: asking again gets the same. */
  | 'rejected'
  /** Not asked: the id is of another form, or of the other environment. */
  | 'not-asked';

interface AmazonErrorDetail {
  readonly status?: number | null;
  readonly reasonCode?: string | null;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** Says why Amazon did not tell how an object is. Holds nothing of the answer but its reason code. */
export class AmazonError extends Error {
  override readonly name = 'AmazonError';
  readonly status: number | null;
  readonly reasonCode: string | null;
  /** How long Amazon asked to wait, when it did. */
  readonly retryAfterMs: number | null;

  constructor(
    readonly code: AmazonErrorCode,
    message: string,
    { status = null, reasonCode = null, retryAfterMs = null, cause }: AmazonErrorDetail = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.reasonCode = reasonCode;
    this.retryAfterMs = retryAfterMs;
  }
}
