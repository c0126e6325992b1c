/** Why a message is not understood, and where. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** A path into the message: `Message.NotificationData.CaptureNotification`; '' for the message as a whole. */
  readonly at: string;
}

export const refusalCodes = [
  'too-large',
  'not-text',
  'not-json',
  'not-an-object',
  'too-deep',
  'forbidden-name',
  'duplicate-name',
  'several-records',
  'no-version',
  'ambiguous',
  'unknown-version',
  'missing-field',
  'unknown-type',
  'not-xml',
  'forbidden-xml',
  'unexpected-element',
  'object-id',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Carries a refusal out of the readers; `translate` turns it into a translation and never throws it. */
export class IpnRefusedError extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, at: string, message: string) {
    super(message);
    this.name = 'IpnRefusedError';
    this.refusal = { code, message, at };
  }
}

export function refuse(code: RefusalCode, at: string, message: string): never {
  throw new IpnRefusedError(code, at, message);
}
