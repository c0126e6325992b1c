export type ModeErrorCode =
  /** Who or why is missing. */
  | 'no-reason'
  /** Orders of the migrated handler would go back to the legacy one, without this being a rollback. */
  | 'moves-orders-back'
  /** The evidence is not enough for the migrated handler to take over more. */
  | 'gate-closed'
  | 'share'
  | 'unknown-order'
  /** A legacy handler answers 200 to a v2 message and loses it. */
  | 'v2-order'
  /** Sides count only where both handlers may be primary. */
  | 'not-in-cutover';

/** Why the mode, or the side of an order, was not changed. */
export class ModeError extends Error {
  override readonly name = 'ModeError';
  constructor(
    readonly code: ModeErrorCode,
    message: string,
    /** Of a gate that is closed: what it wants, the gravest first. */
    readonly missing: readonly string[] = [],
  ) {
    super(message);
  }
}
