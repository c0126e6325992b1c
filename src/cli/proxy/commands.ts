import type { Argv, CommandModule } from 'yargs';
import { proxyExitCodeTable, type ExitCode } from '../exit-codes';
import type { Invocation } from '../invocation';
import { proxyOptions } from '../options';
import type { Streams } from '../terminal-streams';

type Handle = (argv: unknown, streams: Streams) => Promise<ExitCode>;

interface ProxyCommand {
  readonly name: keyof typeof proxyOptions;
  readonly positional?: string;
  readonly describe: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** Loaded when it is run, and nothing of the proxy itself with it, but for the demo. */
  readonly load: () => Promise<Handle>;
}

const commands: readonly ProxyCommand[] = [
  {
    name: 'status',
    describe: 'Mode, flow, what waits, and what is missing for the cutover',
    examples: [
      ['--config proxy.jsonc', 'At a glance'],
      ['--url http://127.0.0.1:8081 --json', 'For a script; the token is in AMAZON_PAY_PROXY_TOKEN'],
      ['--config proxy.jsonc --exit-code', 'Go on only when the evidence is enough'],
    ],
    load: async () => (await import('./handle-status.js')).handleStatus,
  },
  {
    name: 'replay',
    describe: 'Send messages once more, by filter; --dry-run first',
    examples: [
      ['--config proxy.jsonc --since 2h --side migrated --dry-run', 'What that would be'],
      ['--config proxy.jsonc --since 2h --side migrated --by Kim --reason "handler mended"', 'Send it'],
      ['--config proxy.jsonc --list', 'How far replays are'],
    ],
    load: async () => (await import('./handle-replay.js')).handleReplay,
  },
  {
    name: 'dead-letters',
    describe: 'What was given up; --redrive delivers it again, --settle ends it',
    examples: [
      ['--config proxy.jsonc', 'List them'],
      ['--config proxy.jsonc --side legacy --redrive --by Kim --reason "shop is up again"', 'Deliver them again'],
    ],
    load: async () => (await import('./handle-dead-letters.js')).handleDeadLetters,
  },
  {
    name: 'quarantine',
    describe: 'What was kept and given to nobody: no message of Amazon, or none that is known',
    examples: [
      ['--config proxy.jsonc', 'List them'],
      ['--config proxy.jsonc --id 17 --show', 'What came, in full'],
      ['--config proxy.jsonc --because topic --again --by Kim --reason "topic is entered"', 'Take what is known now'],
      ['--config proxy.jsonc --id 17 --settle --by Kim --reason "a test of ours"', 'Somebody has looked at it'],
    ],
    load: async () => (await import('./handle-quarantine.js')).handleQuarantine,
  },
  {
    name: 'divergences',
    describe: 'Where the handlers disagree: legacy, migrated and Amazon side by side',
    examples: [
      ['--config proxy.jsonc', 'Those that nobody has settled'],
      ['--config proxy.jsonc --groups', 'Each kind once'],
      ['--config proxy.jsonc --settle 17 --by Kim --reason "refunded by hand"', 'Settle one'],
    ],
    load: async () => (await import('./handle-divergences.js')).handleDivergences,
  },
  {
    name: 'mode',
    positional: '[to]',
    describe: 'Show which handler counts, or switch',
    examples: [
      ['--config proxy.jsonc', 'The mode, and who changed it'],
      ['cutover --share 5 --config proxy.jsonc --by Kim --reason "gate is open"', 'Move 5 % of the new orders'],
      ['rollback --config proxy.jsonc --by Kim --reason "refunds differ"', 'Back at once'],
      ['--order S01-1234567-1234567 --side legacy --config proxy.jsonc --by Kim --reason "it hangs"', 'One order'],
    ],
    load: async () => (await import('./handle-mode.js')).handleMode,
  },
  {
    name: 'verify',
    describe: 'Check the chain of the audit, the store and every message in it, and count the gate anew',
    examples: [
      ['--config proxy.jsonc', 'Exit code 1 when something does not fit'],
      ['--head HASH --config proxy.jsonc', 'Whether a head that was kept elsewhere is in the chain'],
    ],
    load: async () => (await import('./handle-verify.js')).handleVerify,
  },
  {
    name: 'export',
    positional: '[file]',
    describe: 'Write the evidence as JSON, for the audit report',
    examples: [
      ['evidence.json --config proxy.jsonc', 'All that is kept'],
      ['--since 7d --config proxy.jsonc', 'Of a week, on stdout'],
    ],
    load: async () => (await import('./handle-export.js')).handleExport,
  },
  {
    name: 'demo',
    describe: 'Run it here with a local Amazon Pay, two sample handlers and buyers',
    examples: [
      ['', 'Start it, and open the dashboard; Ctrl-C ends it'],
      ['--no-open', 'Without a browser'],
    ],
    load: async () => (await import('./handle-demo.js')).handleDemo,
  },
];

const positionals = {
  '[to]': ['to', { type: 'string', choices: ['observe', 'shadow', 'parallel', 'cutover', 'rollback'] }],
  '[file]': ['file', { type: 'string', describe: 'Where to write it [default: stdout]' }],
} as const;

function addPositional(parser: Argv, positional: string | undefined): Argv {
  if (positional === undefined) return parser;
  const [name, options] = positionals[positional as keyof typeof positionals];
  return parser.positional(name, options);
}

/** The commands about a proxy that runs. */
export function createProxyCommands(invocation: Invocation): readonly CommandModule[] {
  return commands.map(({ name, positional, describe, examples, load }) => ({
    command: positional === undefined ? name : `${name} ${positional}`,
    describe,
    builder: (parser: Argv) =>
      examples
        .reduce(
          (all, [typed, what]) => all.example(`$0 proxy ${name} ${typed}`.trimEnd(), what),
          addPositional(parser, positional),
        )
        .options(proxyOptions[name])
        .epilogue(proxyExitCodeTable),
    handler: async (argv) => {
      const handle = await load();
      invocation.exitCode = await handle(argv, invocation.streams);
    },
  }));
}
