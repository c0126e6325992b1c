/** Something about the merchant's folder that ends a run, with what to do about it. */
export class WorkspaceError extends Error {
  constructor(
    readonly code:
      | 'ROOT_NOT_FOUND'
      | 'ROOT_NOT_A_FOLDER'
      | 'ROOT_UNREADABLE'
      | 'WRITE_REFUSED'
      | 'CACHE_IN_TREE'
      | 'CACHE_FOREIGN'
      | 'NO_HISTORY'
      | 'UNKNOWN_REVISION'
      | 'WATCH_REFUSED',
    message: string,
    readonly nextStep: string,
  ) {
    super(message);
    this.name = 'WorkspaceError';
  }
}

/** The message of whatever was thrown, without a stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
