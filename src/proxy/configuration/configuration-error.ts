/** One thing that is wrong in a configuration. */
export interface Problem {
  /** `receive.topics.0`; '' for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A configuration that cannot be used: everything that is wrong with it, and what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'CONFIG_INVALID';
  readonly nextStep = 'Put that right, and try with --check, which starts nothing.';

  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    const lines = problems.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
    super(`${file} cannot be used:\n${lines.join('\n')}`);
  }
}
