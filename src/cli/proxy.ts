import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { proxyOptions } from './options';

/** `proxy`: both handlers side by side. */
export function createProxyCommand(invocation: Invocation): CommandModule {
  return {
    command: 'proxy',
    describe: 'Take notifications in, run the legacy and the migrated handler side by side, and compare them',
    builder: (parser: Argv) =>
      parser
        .options(proxyOptions)
        .example('$0 proxy --config proxy.jsonc --check', 'Start here: it says what is wrong, and what to do')
        .example('$0 proxy --config proxy.jsonc', 'Run it; Ctrl-C ends it when all that came is answered')
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleProxy } = await import('./handle-proxy.js');
      invocation.exitCode = await handleProxy(argv, invocation.streams);
    },
  };
}
