import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { createIpnSendCommand } from './ipn-send';
import { createIpnTranslateCommand } from './ipn-translate';

/** `ipn`: the two commands about notifications. */
export function createIpnCommand(invocation: Invocation): CommandModule {
  return {
    command: 'ipn',
    describe: 'Notifications: translate them, or send samples to a handler',
    builder: (parser: Argv) =>
      parser
        .command(createIpnTranslateCommand(invocation))
        .command(createIpnSendCommand(invocation))
        .demandCommand(1, 'Say which command to run.')
        .example('$0 ipn translate messages.jsonl', 'What messages of either version are about')
        .example('$0 ipn send http://localhost:3000/ipn', 'One sample of every kind')
        .epilogue(exitCodeTable),
    handler: () => {},
  };
}
