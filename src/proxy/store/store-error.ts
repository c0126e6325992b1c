export type StoreErrorCode =
  /** The row is there already. */
  | 'duplicate'
  /** Full, gone, read-only, or shutting down: the same may work later. */
  | 'unavailable'
  /** Two transactions met: the same works when it is tried again. */
  | 'conflict'
  /** Another process has it. */
  | 'in-use'
  /** It would lose what was acknowledged, or its contents are damaged: nothing may be acknowledged with it. */
  | 'unsafe'
  /** A mistake of this program. */
  | 'refused';

/** Says what the store could not do, and what to do next. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

export const isStoreError = (error: unknown, code: StoreErrorCode): boolean =>
  error instanceof StoreError && error.code === code;
