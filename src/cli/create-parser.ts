import type { Argv } from 'yargs';
import yargs from 'yargs/yargs';
import { createAuditCommand } from './audit';
import { createEmulateCommand } from './emulate';
import { exitCodeTable } from './exit-codes';
import { createExplainCommand } from './explain';
import type { Invocation } from './invocation';
import { createIpnCommand } from './ipn';
import { createMigrateCommand } from './migrate';
import { ParseError } from './parse-error';
import { createProxyCommand } from './proxy';
import { createReportCommand } from './report';
import { readToolVersion } from './tool-version';

/** The whole command line, without anything that is slow to load: handlers load that themselves. */
export function createParser(args: readonly string[], invocation: Invocation): Argv {
  return (
    yargs([...args])
      .scriptName('amazon-pay-migrate')
      .usage('$0 <command>\n\nTakes a project from legacy Amazon Pay (MWS, Widgets.js) to Amazon Pay Checkout v2.')
      // Messages stay in one language, whatever LANG says: people search for them.
      .locale('en')
      .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false, 'parse-numbers': false })
      .command(createAuditCommand(invocation))
      .command(createMigrateCommand(invocation))
      .command(createReportCommand(invocation))
      .command(createIpnCommand(invocation))
      .command(createEmulateCommand(invocation))
      .command(createProxyCommand(invocation))
      .command(createExplainCommand(invocation))
      .completion('completion', 'Print a completion script for bash or zsh')
      .demandCommand(1, 'Say which command to run.')
      .strict()
      .check(refuseRepeated)
      .version(readToolVersion())
      .help()
      .alias({ help: 'h' })
      .example('$0 audit', 'Start here: it changes nothing')
      .example('$0 <command> --help', 'Options and examples of one command')
      .example('$0 completion >> ~/.bashrc', 'Complete commands and options in bash (or ~/.zshrc)')
      .epilogue(exitCodeTable)
      .wrap(110)
      .exitProcess(false)
      // Thrown instead of printed, so that all errors look alike.
      .fail((message, error: unknown) => {
        throw error ?? new ParseError(message);
      })
  );
}

const repeatable = new Set(['_', 'runs', 'report', 'only', 'skip', 'include', 'files', 'type', 'public-key', 'id']);

function refuseRepeated(argv: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(argv)) {
    if (Array.isArray(value) && !repeatable.has(name)) throw new ParseError(`--${name} was given more than once.`);
  }
  return true;
}
