import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { auditOptions, runOptions } from './options';

/** `audit [path]`: find everything legacy; change nothing. */
export function createAuditCommand(invocation: Invocation): CommandModule {
  return {
    command: 'audit [path]',
    describe: 'Find everything legacy; change nothing',
    builder: (parser: Argv) =>
      parser
        .positional('path', { type: 'string', describe: 'Folder of the project [default: .]' })
        .options({ ...runOptions, ...auditOptions })
        .example('$0 audit', 'Look at the current folder')
        .example(
          '$0 audit shop --report audit.json --report audit.md',
          'Keep the result, and a text for a pull request',
        )
        .example('$0 audit --fail-on manual --quiet', 'In CI: fail while something has to be done by hand')
        .example('$0 audit shop --cache', 'The second time, only what has changed is looked at')
        .example('$0 audit --watch', 'While you work: what every save fixed or broke; Ctrl-C ends it')
        .example('$0 audit --since origin/main --fail-on automatic', 'In CI: let nothing legacy come in')
        .example('$0 audit --only node-client/operation-call', 'One rule alone')
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleAudit } = await import('./handle-audit.js');
      invocation.exitCode = await handleAudit(argv, invocation.streams);
    },
  };
}
