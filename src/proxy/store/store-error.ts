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
  /** A newer version of this program has made its tables. */
  | 'newer'
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

/**
 * Whether the same may work later without anybody changing the configuration: the disk has no room, or another process, which may
 * be about to end, has the store, or a server does not answer.
 */
export function mayWorkLater({ code, cause }: StoreError, driver: 'sqlite' | 'postgres'): boolean {
  if (code === 'in-use') return true;
  if (code !== 'unavailable' || driver === 'postgres') return code === 'unavailable';
  const { name = '', message = '', code: system = '' } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  // SQLite says "disk I/O error" or "database or disk is full" of a disk without room.
  return /^(?:ENOSPC|EDQUOT)$/.test(system) || (name === 'SQLite3Error' && /\bdisk\b/.test(message));
}

export const isStoreError = (error: unknown, code: StoreErrorCode): boolean =>
  error instanceof StoreError && error.code === code;
