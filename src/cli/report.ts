import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { reportOptions, savedRunOptions } from './options';

/** `report RUN.json…`: show saved runs again, joined; their progress since an older one; the way to the cutover. */
export function createReportCommand(invocation: Invocation): CommandModule {
  return {
    command: 'report <runs..>',
    describe: 'Show saved runs again; --baseline shows progress, --evidence the way to the cutover',
    builder: (parser: Argv) =>
      parser
        .positional('runs', {
          type: 'string',
          array: true,
          describe: 'Runs that --report FILE.json or --json saved; several (packages, shards) become one',
        })
        .options({ ...reportOptions, ...savedRunOptions })
        .example('$0 report audit.json', 'Show a saved run')
        .example('$0 report audit.json --report audit.md', 'Turn it into another format')
        .example('$0 report now.json --baseline before.json', 'What was fixed, what is new, what remains')
        .example('$0 report now.json --baseline before.json --fail-on manual', 'In CI: let nothing new come in')
        .example('$0 report a.json b.json --report all.html', 'Join the runs of several packages or shards')
        .example('$0 report audit.json --evidence evidence.json --fail-on-not-ready', 'May this shop switch?')
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleReport } = await import('./handle-report.js');
      invocation.exitCode = await handleReport(argv, invocation.streams);
    },
  };
}
