import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { baselineOptions, reportOptions } from './options';

/** `report RUN.json`: show a saved run again, or its progress since an older one. */
export function createReportCommand(invocation: Invocation): CommandModule {
  return {
    command: 'report <run>',
    describe: 'Show a saved run again; --baseline shows progress',
    builder: (parser: Argv) =>
      parser
        .positional('run', { type: 'string', describe: 'A run that --report FILE.json or --json saved' })
        .options({ ...reportOptions, ...baselineOptions })
        .example('$0 report audit.json', 'Show a saved run')
        .example('$0 report audit.json --report audit.md', 'Turn it into another format')
        .example('$0 report now.json --baseline before.json', 'What was fixed, what is new, what remains')
        .example('$0 report now.json --baseline before.json --fail-on manual', 'In CI: let nothing new come in')
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleReport } = await import('./handle-report.js');
      invocation.exitCode = await handleReport(argv, invocation.streams);
    },
  };
}
