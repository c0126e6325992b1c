import type { Argv, CommandModule } from 'yargs';
import { proxyRunExitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { proxyOptions } from './options';
import { createProxyCommands } from './proxy/commands';

/** `proxy`: both handlers side by side. Alone it runs the proxy; its commands are for one that runs. */
export function createProxyCommand(invocation: Invocation): CommandModule {
  return {
    command: 'proxy',
    describe: 'Take notifications in, run the legacy and the migrated handler side by side, and compare them',
    builder: (parser: Argv) =>
      createProxyCommands(invocation)
        .reduce((all, command) => all.command(command), parser)
        .options(proxyOptions.proxy)
        .example('$0 proxy demo', 'See it work, with a local Amazon Pay and two sample handlers')
        .example('$0 proxy --config proxy.jsonc --check', 'Start here: it says what is wrong, and what to do')
        .example('$0 proxy --config proxy.jsonc', 'Run it; Ctrl-C ends it when all that came is answered')
        .example('$0 proxy status --config proxy.jsonc', 'How it goes')
        .epilogue(proxyRunExitCodeTable),
    handler: async (argv) => {
      const { handleProxy } = await import('./handle-proxy.js');
      invocation.exitCode = await handleProxy(argv, invocation.streams);
    },
  };
}
