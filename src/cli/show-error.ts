import { CliError, InterruptedError } from './cli-error';
import { exitCodes, type ExitCode } from './exit-codes';
import type { Streams } from './terminal-streams';

/** Errors of the layers below carry a code and a next step of the same shape; they need not know this layer for it. */
interface CodedError extends Error {
  readonly code: string;
  readonly nextStep?: string;
}

/** Prints an error on stderr, and answers with the exit code that belongs to it. */
export function showError(error: unknown, streams: Pick<Streams, 'stderr'>): ExitCode {
  if (error instanceof InterruptedError) {
    streams.stderr.write(`Interrupted. ${error.message}\n`);
    return exitCodes.interrupted;
  }
  if (isCoded(error)) {
    streams.stderr.write(`error ${error.code}: ${error.message}\n`);
    if (error.nextStep !== undefined) streams.stderr.write(`  ${error.nextStep}\n`);
    // By name: the class would bring the engine in for commands that have no use for it.
    if (error.name === 'EngineError') return exitCodes.bug;
    return error instanceof CliError ? error.exitCode : exitCodes.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  streams.stderr.write(
    `${stack}\n\nThis is a bug in amazon-pay-migrate. Please report it with the lines above ` +
      '(remove what is confidential), and say which command you ran.\n',
  );
  return exitCodes.bug;
}

/** Our own codes; not those of Node (`ERR_…` is a bug here, and `ENOENT` without a sentence helps nobody). */
function isCoded(error: unknown): error is CodedError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    !error.code.startsWith('ERR_') &&
    ('nextStep' in error || !('syscall' in error))
  );
}
