/** What can be read from a file: a saved run, or the evidence of a dual run. */
export type SavedKind = 'RUN' | 'EVIDENCE';

/** What can go wrong between saved files and a report. */
export type ReportErrorCode =
  | `${SavedKind}_${'NOT_FOUND' | 'UNREADABLE' | 'TOO_LARGE' | 'NOT_JSON' | 'VERSION' | 'INVALID'}`
  | 'RUNS_DIFFER'
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
