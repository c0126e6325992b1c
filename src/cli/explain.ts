import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';

/** `explain [name]`: what a rule finds, before and after; or how an MWS operation maps. */
export function createExplainCommand(invocation: Invocation): CommandModule {
  return {
    command: 'explain [name]',
    describe: 'What a rule finds, before and after, and what to do; or how a legacy operation maps',
    builder: (parser: Argv) =>
      parser
        .positional('name', {
          type: 'string',
          describe: 'A rule, or a legacy operation such as Capture; none lists all',
        })
        .example('$0 explain', 'All rules and operations')
        .example('$0 explain node-client/operation-call', 'One rule')
        .example('$0 explain Authorize', 'How a legacy operation maps to v2, field by field')
        .example('$0 explain RequestThrottled', 'What a legacy state, reason or error code is in v2')
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleExplain } = await import('./handle-explain.js');
      invocation.exitCode = handleExplain(argv, invocation.streams);
    },
  };
}
