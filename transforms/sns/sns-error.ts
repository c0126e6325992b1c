export type SnsErrorCode =
  /** Not JSON, too large, or with a forbidden or doubled name. */
  | 'unreadable'
  /** No envelope of SNS; raw delivery has no signature either. */
  | 'no-envelope'
  | 'missing-field'
  /** A signed field that is no text, or not of its form: two fields could be read as one, with the same signature. */
  | 'field-form'
  | 'unknown-type'
  | 'signature-version'
  | 'certificate-url'
  | 'topic'
  | 'timestamp'
  | 'certificate'
  | 'certificate-unavailable'
  | 'signature'
  | 'confirmation';

/** Why a message is not taken for one of Amazon SNS, and where. The text quotes no secret of the message. */
export class SnsVerificationError extends Error {
  override readonly name = 'SnsVerificationError';

  constructor(
    readonly code: SnsErrorCode,
    /** The field of the envelope; '' for the message as a whole. */
    readonly at: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /**
   * Whether the same message may pass later. Then answer 5xx, so that it comes again: after a 4xx Amazon never sends it
   * again (facts: ipn.md section 1).
   */
  get retryable(): boolean {
    return this.code === 'certificate-unavailable';
  }
}

export function refuseMessage(code: SnsErrorCode, at: string, message: string, options?: ErrorOptions): never {
  throw new SnsVerificationError(code, at, message, options);
}
