export type EngineErrorCode = 'CODEMOD_CRASHED' | 'UNKNOWN_RULE';

/** The toolkit itself is at fault: says which part, and how to get on without it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly path: string | undefined;

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly nextStep: string,
    options?: ErrorOptions & {
      /** The one file without which it does not happen. */
      readonly path?: string | undefined;
    },
  ) {
    super(message, options);
    this.path = options?.path;
  }
}
