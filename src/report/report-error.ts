/** What can go wrong between a saved run and a report. */
export type ReportErrorCode =
  | 'RUN_NOT_FOUND'
  | 'RUN_UNREADABLE'
  | 'RUN_TOO_LARGE'
  | 'RUN_NOT_JSON'
  | 'RUN_VERSION'
  | 'RUN_INVALID'
  | 'REPORT_FORMAT';

/** A report could not be read or written: what happened, where, and what to do next. */
export class ReportError extends Error {
  override readonly name = 'ReportError';

  constructor(
    readonly code: ReportErrorCode,
    message: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
