import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';

/** `ipn translate [files..]`: what notifications are about, one line of JSON for each. */
export function createIpnTranslateCommand(invocation: Invocation): CommandModule {
  return {
    command: 'translate [files..]',
    describe: 'Say what notifications are about, v1 or v2: one line of JSON per message',
    builder: (parser: Argv) =>
      parser
        .positional('files', {
          type: 'string',
          array: true,
          describe: 'Files of messages, one per line or spread over lines; - or none is stdin',
        })
        .example('$0 ipn translate messages.jsonl', 'Many messages, one per line')
        .example('$0 ipn translate - < message.json', 'One message from stdin, pretty-printed or not')
        .example("$0 ipn translate log.jsonl | jq -r 'select(.fetch) | .fetch.path'", 'The GETs that tell the state')
        .epilogue(
          `Messages that are not understood are named on stderr by line, and lead to exit code 3.\n\n${exitCodeTable}`,
        ),
    handler: async (argv) => {
      const { handleIpnTranslate } = await import('./handle-ipn-translate.js');
      invocation.exitCode = await handleIpnTranslate(argv, invocation.streams);
    },
  };
}
