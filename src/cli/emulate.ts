import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { emulateOptions } from './options';

/** `emulate`: a local Amazon Pay. */
export function createEmulateCommand(invocation: Invocation): CommandModule {
  return {
    command: 'emulate',
    describe: 'Run a local Amazon Pay: legacy and v2 over the same orders; no money moves',
    builder: (parser: Argv) =>
      parser
        .options(emulateOptions)
        .example('$0 emulate', 'Start it, and print what to set in the shop; Ctrl-C ends it')
        .example('$0 emulate --port 8080 --https-port 8443 --data orders.jsonl', 'Fixed ports, and keep the orders')
        .example('$0 emulate --public-key SANDBOX-MYKEY=public.pem', 'Check signatures with your own key')
        .example(
          '$0 emulate --ipn http://localhost:3000/ipn --notifications both',
          'Notify your handler, in both formats',
        )
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleEmulate } = await import('./handle-emulate.js');
      invocation.exitCode = await handleEmulate(argv, invocation.streams);
    },
  };
}
