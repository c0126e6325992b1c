import { createParser } from './create-parser';
import { exitCodes, type ExitCode } from './exit-codes';
import type { Invocation } from './invocation';
import { showError } from './show-error';
import type { Streams } from './terminal-streams';
import { describeUsageError } from './usage-error';

/** Runs one command line and answers with the exit code; nothing below it ends the process. */
export async function runCli(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const invocation: Invocation = { streams, exitCode: exitCodes.done };
  const parser = createParser(args, invocation);
  try {
    if (args.length === 0) {
      streams.stderr.write(`${await parser.getHelp()}\n`);
      return exitCodes.usage;
    }
    await parser.parseAsync();
    return invocation.exitCode;
  } catch (error) {
    return showError(describeUsageError(error, args), streams);
  }
}
