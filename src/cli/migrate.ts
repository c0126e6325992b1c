import type { Argv, CommandModule } from 'yargs';
import { exitCodeTable } from './exit-codes';
import type { Invocation } from './invocation';
import { migrateOptions, runOptions } from './options';

/** `migrate [path]`: show what the codemods would change; `--write` applies it. */
export function createMigrateCommand(invocation: Invocation): CommandModule {
  return {
    command: 'migrate [path]',
    describe: 'Show what the codemods would change; --write applies it',
    builder: (parser: Argv) =>
      parser
        .positional('path', { type: 'string', describe: 'Folder of the project [default: .]' })
        .options({ ...migrateOptions, ...runOptions })
        .example('$0 migrate', 'Show the changes; nothing is written')
        .example('$0 migrate shop --write', 'Apply them (git must be clean, so that you can undo)')
        .example('$0 migrate --interactive --write', 'Decide file by file')
        .example('$0 migrate --scaffold', 'Also write the server side of the v2 button')
        .example('$0 migrate --strategy beside', 'Keep the legacy checkout and add v2 beside it')
        .example('$0 migrate --patch - | git apply', 'Apply through git')
        .epilogue(exitCodeTable),
    handler: async (argv) => {
      const { handleMigrate } = await import('./handle-migrate.js');
      invocation.exitCode = await handleMigrate(argv, invocation.streams);
    },
  };
}
