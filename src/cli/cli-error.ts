import { exitCodes, type ExitCode } from './exit-codes';

export type CliErrorCode =
  | 'USAGE'
  | 'CONFIG_NOT_FOUND'
  | 'CONFIG_INVALID'
  | 'UNKNOWN_RULE'
  | 'NO_DIRECTORY'
  | 'DESTINATION'
  | 'NOT_INTERACTIVE'
  | 'GIT_DIRTY'
  | 'GIT_UNTRACKED'
  | 'GIT_MISSING'
  | 'GIT_NO_REPOSITORY'
  | 'GIT_DUBIOUS_OWNERSHIP'
  | 'GIT_FAILED'
  | 'READ_FAILED'
  | 'GIT_NOT_TRACKED'
  | 'WRITE_FAILED'
  | 'STORE'
  | 'NOT_REACHABLE'
  | 'REFUSED';

/** Something the person who typed the command can put right: what happened, and what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly code: CliErrorCode,
    message: string,
    readonly nextStep: string,
    readonly exitCode: ExitCode = exitCodes.usage,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Ctrl-C. The message says what had been written by then. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
