import type { ExitCode } from './exit-codes';
import type { Streams } from './terminal-streams';

/** One run of the command line. yargs gives handlers no return value, so they leave the exit code here. */
export interface Invocation {
  readonly streams: Streams;
  exitCode: ExitCode;
}
