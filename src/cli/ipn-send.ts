import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { sendOptions } from './options';

/** `ipn send <url>`: posts signed samples to a handler. */
export function createIpnSendCommand(invocation: Invocation): CommandModule {
  return {
    command: 'send <url>',
    describe: 'Post signed samples, or hostile messages, to a handler of yours',
    builder: (parser: Argv) =>
      parser
        // Here --version says which version of notifications; that of the tool is a question to the tool alone.
        .version(false)
        .positional('url', {
          type: 'string',
          describe: 'Where your handler listens; nothing is sent to hosts of Amazon',
        })
        .options(sendOptions)
        .example('$0 ipn send http://localhost:3000/ipn', 'One of every kind, both versions')
        .example(
          '$0 ipn send http://localhost:3000/ipn --type PaymentCapture --object-id S01-1234567-1234567-C000001',
          'One about a certain object',
        )
        .example(
          '$0 ipn send http://localhost:3000/ipn --key sns.key --certificate sns.pem',
          'Let the handler verify with sns.pem',
        )
        .example('$0 ipn send http://localhost:3000/ipn --forge all', 'What must not change an order')
        .epilogue(
          `Exit code 3 when a message was not answered, or one that Amazon may send was not answered with 2xx.\n\n${exitCodeTable}`,
        ),
    handler: async (argv) => {
      const { handleIpnSend } = await import('./handle-ipn-send.js');
      invocation.exitCode = await handleIpnSend(argv, invocation.streams);
    },
  };
}
