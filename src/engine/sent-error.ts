import { EngineError } from './engine-error';

/** An error on its way from one thread to another, where it loses its class and what is not standard. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: unknown;
  readonly nextStep: unknown;
}

/** What is sent of something that was thrown. */
export function sendError(error: unknown): SentError {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { name, message, stack } = thrown;
  const { code, nextStep } = thrown as Error & { code?: unknown; nextStep?: unknown };
  return { name, message, stack, code, nextStep };
}

/** The error again, as one of this thread. */
export function restoreError({ name, message, stack, code, nextStep }: SentError): Error {
  const error =
    name === 'EngineError' && (code === 'CODEMOD_CRASHED' || code === 'UNKNOWN_RULE') && typeof nextStep === 'string'
      ? new EngineError(code, message, nextStep)
      : Object.assign(
          new Error(message),
          code === undefined ? {} : { code },
          nextStep === undefined ? {} : { nextStep },
        );
  if (stack !== undefined) error.stack = stack;
  return error;
}
