#!/usr/bin/env node
import { exitCodes } from './exit-codes';
import { runCli } from './run-cli';
import { showError } from './show-error';
import { watchOutput } from './terminal-streams';

watchOutput(process.stdout, (error) => {
  process.stderr.write(`error WRITE_FAILED: stdout could not be written: ${error.message}\n`);
  // Whatever the command itself came to: its answer did not arrive.
  process.once('exit', () => {
    process.exitCode = exitCodes.filesFailed;
  });
});
watchOutput(process.stderr, () => {});

// Node would exit with 1, which means "findings".
process.on('uncaughtException', (error) => {
  process.exit(showError(error, process));
});

void runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
}).then((exitCode) => {
  // Not process.exit: what is still on its way into a pipe would be lost.
  process.exitCode = exitCode;
});
