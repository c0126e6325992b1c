import { CliError } from './cli-error';
import type { Config } from './read-config';

/**
 * The command line as yargs parsed it. Positionals and options that a command does not have are simply absent. yargs has held
 * every option to its type and its choices (options.ts) and the parser to one value each, so nothing is validated again:
 * loading what would do it takes a third of the time of a small audit.
 */
interface Typed {
  readonly path?: string;
  readonly runs?: readonly string[];
  readonly report?: readonly string[];
  readonly json?: boolean;
  readonly annotations?: boolean;
  readonly 'fail-on'?: FailOn;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly include?: readonly string[];
  readonly config?: string;
  readonly quiet?: boolean;
  readonly write?: boolean;
  readonly strategy?: 'instead' | 'beside';
  readonly scaffold?: boolean;
  readonly patch?: string;
  readonly interactive?: boolean;
  readonly 'allow-dirty'?: boolean;
  readonly baseline?: string;
  readonly evidence?: string;
  readonly 'fail-on-not-ready'?: boolean;
  readonly cache?: string;
  readonly since?: string;
  readonly shard?: string;
  readonly watch?: boolean;
}

export type FailOn = 'manual' | 'assisted' | 'automatic' | 'never';

/** What the command line and the configuration file say together, with every default filled in. */
export interface Settings {
  readonly path: string;
  readonly runs: readonly string[];
  readonly reports: readonly string[];
  readonly json: boolean;
  readonly annotations: boolean;
  readonly failOn: FailOn;
  readonly only: string[];
  readonly skip: string[];
  readonly include: string[];
  readonly quiet: boolean;
  readonly write: boolean;
  readonly strategy: 'instead' | 'beside';
  readonly scaffold: boolean;
  readonly patch: string | null;
  readonly interactive: boolean;
  readonly allowDirty: boolean;
  readonly baseline: string | null;
  readonly evidence: string | null;
  readonly failOnNotReady: boolean;
  /** A file, or '' for the default one. */
  readonly cache: string | null;
  readonly watch: boolean;
  /** A git revision. */
  readonly since: string | null;
  readonly shard: { readonly index: number; readonly count: number } | null;
}

/** Reads the settings of one command. What was typed wins over the configuration file, option by option. */
export async function readSettings(argv: unknown): Promise<Settings> {
  const typed = argv as Typed;
  const config: Config = typed.config === undefined ? {} : (await import('./read-config.js')).readConfig(typed.config);
  return {
    path: typed.path ?? '.',
    runs: typed.runs ?? [],
    reports: typed.report ?? config.report ?? [],
    json: typed.json ?? config.json ?? false,
    annotations: typed.annotations ?? config.annotations ?? false,
    failOn: typed['fail-on'] ?? config['fail-on'] ?? 'never',
    only: splitNames(typed.only ?? config.only),
    skip: splitNames(typed.skip ?? config.skip),
    include: [...(typed.include ?? config.include ?? [])],
    quiet: typed.quiet ?? config.quiet ?? false,
    write: typed.write ?? false,
    strategy: typed.strategy ?? config.strategy ?? 'instead',
    scaffold: typed.scaffold ?? config.scaffold ?? false,
    patch: typed.patch ?? config.patch ?? null,
    interactive: typed.interactive ?? false,
    allowDirty: typed['allow-dirty'] ?? false,
    baseline: typed.baseline ?? null,
    evidence: typed.evidence ?? null,
    failOnNotReady: typed['fail-on-not-ready'] ?? false,
    cache: typed.cache ?? null,
    since: typed.since ?? null,
    watch: typed.watch ?? false,
    shard: typed.shard === undefined ? null : readShard(typed.shard),
  };
}

function readShard(given: string): { index: number; count: number } {
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(given) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new CliError('USAGE', `--shard cannot be ${given}.`, 'Say which share of how many: --shard 1/4 to --shard 4/4');
}

function splitNames(given: readonly string[] | undefined): string[] {
  const all = (given ?? []).flatMap((value) => value.split(',')).map((name) => name.trim());
  return [...new Set(all.filter((name) => name !== ''))];
}
