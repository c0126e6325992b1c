export type EngineErrorCode = 'CODEMOD_CRASHED' | 'UNKNOWN_RULE';

/** The toolkit itself is at fault: says which part, and how to get on without it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
