import type { Options } from 'yargs';

/**
 * Options as yargs describes them. None has a yargs default: a default could not be told from something that was typed,
 * and what is typed must win over the configuration file. Defaults stand in `settings.ts`.
 */
type OptionTable = Readonly<Record<string, Options>>;

// nargs 1 on lists: else `--report a.md shop` would take `shop` for a second report.
const list = { type: 'string', array: true, nargs: 1, requiresArg: true } as const;
const text = { type: 'string', nargs: 1, requiresArg: true } as const;
const flag = { type: 'boolean' } as const;

const failOnOption: Options = {
  ...text,
  choices: ['manual', 'assisted', 'automatic', 'never'],
  describe: 'Exit with 1 when a finding of this level or above is open [default: never]',
  group: 'Output:',
};

/** For every command that shows a run. */
export const reportOptions = {
  report: {
    ...list,
    describe: 'Write the report to FILE, by its ending: .json .html .md .sarif .csv .xml (JUnit); may be repeated',
    group: 'Output:',
  },
  json: { ...flag, describe: 'Print the JSON report, and nothing else, on stdout', group: 'Output:' },
  annotations: { ...flag, describe: 'Print open places as annotations of GitHub Actions', group: 'Output:' },
  'fail-on': failOnOption,
  quiet: { ...flag, describe: 'Print only errors and what --json or --patch asks for', group: 'Output:' },
} satisfies OptionTable;

/** For the commands that look at a merchant's code. */
export const runOptions = {
  ...reportOptions,
  only: { ...list, describe: 'Only this rule or codemod; may be repeated, or a,b', group: 'Scope:' },
  skip: { ...list, describe: 'All but this rule or codemod; may be repeated, or a,b', group: 'Scope:' },
  include: {
    ...list,
    describe: 'Also look at what .gitignore or a generated file would leave out; may be repeated',
    group: 'Scope:',
  },
  config: { ...text, describe: 'Read options from a JSON file; what is typed here wins', group: 'Scope:' },
} satisfies OptionTable;

/** For `audit` alone. */
export const auditOptions = {
  cache: {
    type: 'string',
    describe: 'Remember what was found in FILE [default: in node_modules/.cache], and look at what has changed since',
    group: 'Speed:',
  },
  watch: {
    ...flag,
    describe: 'Go on: audit again when a file is saved, and say what is new or fixed',
    group: 'Speed:',
  },
  since: {
    ...text,
    describe: 'Report only files that changed since this git revision, with what is not committed',
    group: 'Scope:',
  },
  shard: { ...text, describe: 'Report only the share I/N of the project; `report` joins the shares', group: 'Scope:' },
} satisfies OptionTable;

/** For `migrate` alone. */
export const migrateOptions = {
  write: { ...flag, describe: 'Apply the changes (without it, nothing is written)', group: 'Migrate:' },
  strategy: {
    ...text,
    choices: ['instead', 'beside'],
    describe: 'v2 instead of the legacy checkout, or beside it [default: instead]',
    group: 'Migrate:',
  },
  scaffold: {
    ...flag,
    describe: 'Also write the endpoints of the v2 checkout, and tests for them, in the framework of the project',
    group: 'Migrate:',
  },
  patch: {
    ...text,
    describe: 'Write a unified diff that `git apply` takes to FILE, or - for stdout',
    group: 'Migrate:',
  },
  interactive: { ...flag, describe: 'Ask about every file', group: 'Migrate:' },
  'allow-dirty': { ...flag, describe: 'Write although git could not undo it', group: 'Migrate:' },
} satisfies OptionTable;

/** For `report` alone. */
export const savedRunOptions = {
  baseline: {
    ...text,
    describe: 'Show progress since this saved run; --fail-on then counts new findings only',
    group: 'Output:',
  },
  evidence: {
    ...text,
    describe: 'Add what the dual run has shown (the export of the proxy): what still stands before the cutover',
    group: 'Cutover:',
  },
  'fail-on-not-ready': {
    ...flag,
    describe: 'Exit with 1 while anything stands before the cutover, in code or dual run',
    group: 'Cutover:',
  },
} satisfies OptionTable;

/** For `ipn send` alone. */
export const sendOptions = {
  type: { ...list, describe: 'Only this type, such as PaymentCapture or CHARGE; may be repeated', group: 'Messages:' },
  version: { ...text, choices: ['v1', 'v2'], describe: 'Only this version [default: both]', group: 'Messages:' },
  'object-id': { ...text, describe: 'The id that the messages name [default: made up]', group: 'Messages:' },
  count: { ...text, describe: 'How many messages of each kind [default: 1]', group: 'Messages:' },
  forge: {
    ...text,
    describe: 'Hostile messages instead: one kind of them, or all',
    group: 'Messages:',
  },
  'signature-version': { ...text, choices: ['1', '2'], describe: 'Of SNS [default: 1]', group: 'Signature:' },
  key: { ...text, describe: 'Sign with the RSA key in FILE (PEM) [default: a new one]', group: 'Signature:' },
  certificate: { ...text, describe: 'Write the certificate of the key to FILE', group: 'Signature:' },
  concurrency: { ...text, describe: 'How many at the same time, up to 64 [default: 4]', group: 'Sending:' },
  timeout: { ...text, describe: 'Seconds to wait for an answer [default: 15, as SNS does]', group: 'Sending:' },
} satisfies OptionTable;

/** For `emulate` alone. */
export const emulateOptions = {
  port: { ...text, describe: 'Port of HTTP [default: a free one]', group: 'Server:' },
  'https-port': { ...text, describe: 'Port of HTTPS [default: a free one]', group: 'Server:' },
  data: { ...text, describe: 'Keep everything in FILE [default: in memory]', group: 'Orders:' },
  seed: { ...text, describe: 'The same ids for the same requests', group: 'Orders:' },
  region: { ...text, choices: ['na', 'eu', 'jp'], describe: 'Of the ids and topics [default: na]', group: 'Orders:' },
  throttling: {
    ...flag,
    describe: 'Hold to the quotas of Amazon [default: true]; --no-throttling: do not',
    group: 'Orders:',
  },
  'public-key': {
    ...list,
    describe: 'ID=FILE: check signatures with your own key (PEM); may be repeated',
    group: 'Keys:',
  },
  ipn: { ...text, describe: 'URL of your notification handler', group: 'Notifications:' },
  notifications: {
    ...text,
    choices: ['matching', 'v1', 'v2', 'both'],
    describe: 'Their format [default: matching, that of the API that made the object]',
    group: 'Notifications:',
  },
  'signature-version': { ...text, choices: ['1', '2'], describe: 'Of SNS [default: 1]', group: 'Notifications:' },
} satisfies OptionTable;

const runningOptions = {
  config: { ...text, describe: 'The configuration with which the proxy was started', group: 'Which proxy:' },
  url: {
    ...text,
    describe: 'Its admin address instead; the token comes from AMAZON_PAY_PROXY_TOKEN',
    group: 'Which proxy:',
  },
  json: { ...flag, describe: 'Print the answer as JSON', group: 'Output:' },
} satisfies OptionTable;

const exitCodeOption = { ...flag, group: 'Output:' } as const;

const changeOptions = {
  by: { ...text, describe: 'Who makes the change', group: 'For the audit:' },
  reason: { ...text, describe: 'Why', group: 'For the audit:' },
} satisfies OptionTable;

const filterOptions = {
  id: { ...list, describe: 'Only this one, by its number; may be repeated', group: 'Which:' },
  side: { ...text, choices: ['legacy', 'migrated'], describe: 'Only of this handler', group: 'Which:' },
  order: { ...text, describe: 'Only of this order, by its id or that of a charge of it', group: 'Which:' },
  type: { ...text, describe: 'Only this type, such as PaymentCapture or STATE_CHANGE', group: 'Which:' },
  since: { ...text, describe: 'From this time on: 2026-11-26T08:00:00Z, or 2h, 3d ago', group: 'Which:' },
  until: { ...text, describe: 'Before this time', group: 'Which:' },
} satisfies OptionTable;

const limitOption: Options = { ...text, describe: 'How many are listed at most, up to 1000', group: 'Output:' };

/** For `proxy` and its commands; `proxy` is the one that runs it. */
export const proxyOptions = {
  // Of the command that runs it alone: the commands below it have their own.
  proxy: {
    config: {
      ...text,
      describe: 'The configuration of the proxy: JSON with comments',
      group: 'Proxy:',
      global: false,
    },
    check: {
      ...flag,
      describe: 'Start nothing: show what is in force, and try the store, ports, handlers and keys',
      group: 'Proxy:',
      global: false,
    },
  },
  status: {
    ...runningOptions,
    since: {
      ...text,
      describe: 'Count the gate from this time on: 2026-11-26T08:00:00Z, or 2h, 3d ago',
      group: 'Which:',
    },
    'exit-code': { ...exitCodeOption, describe: 'Exit with 1 while the gate is closed' },
  },
  replay: {
    ...runningOptions,
    ...filterOptions,
    ...changeOptions,
    'dry-run': { ...flag, describe: 'Only say what would be sent', group: 'Replay:' },
    confirm: { ...flag, describe: 'Also where it counts for the shop', group: 'Replay:' },
    rate: { ...text, describe: 'Deliveries in a second, up to 1000 [default: 5]', group: 'Replay:' },
    list: { ...flag, describe: 'Show the replays, and how far they are', group: 'Replay:' },
    cancel: { ...text, describe: 'End this replay before its time', group: 'Replay:' },
  },
  'dead-letters': {
    ...runningOptions,
    ...filterOptions,
    failure: { ...text, describe: 'Only what died of this, such as status-4xx', group: 'Which:' },
    redrive: { ...flag, describe: 'Deliver them again', group: 'Do:' },
    settle: { ...flag, describe: 'Never deliver them: say why; the gate no longer counts them', group: 'Do:' },
    ...changeOptions,
    limit: limitOption,
    'exit-code': { ...exitCodeOption, describe: 'Exit with 1 when there are any' },
  },
  quarantine: {
    ...runningOptions,
    id: filterOptions.id,
    because: { ...text, describe: 'Only what was kept aside for this, as the column BECAUSE says', group: 'Which:' },
    since: filterOptions.since,
    until: filterOptions.until,
    show: { ...flag, describe: 'Show all that came of one, --id ID', group: 'Do:' },
    again: {
      ...flag,
      describe: 'Look again, with what this version and configuration know: what passes is delivered',
      group: 'Do:',
    },
    settle: { ...flag, describe: 'Somebody has looked at them: they are deleted when they are old', group: 'Do:' },
    ...changeOptions,
    limit: limitOption,
    'exit-code': { ...exitCodeOption, describe: 'Exit with 1 when there are any' },
  },
  divergences: {
    ...runningOptions,
    all: { ...flag, describe: 'Also what is settled, expected or cannot be compared', group: 'Which:' },
    groups: { ...flag, describe: 'Each kind of difference once', group: 'Which:' },
    group: { ...text, describe: 'Only this kind, as --groups names it', group: 'Which:' },
    settle: {
      ...text,
      describe: 'Settle the difference with this number, or `group`: all of --group',
      group: 'Settle:',
    },
    ...changeOptions,
    limit: limitOption,
    'exit-code': { ...exitCodeOption, describe: 'Exit with 1 when differences are open' },
  },
  mode: {
    ...runningOptions,
    share: { ...text, describe: 'With cutover: percent of the orders that begin from now on', group: 'Switch:' },
    since: {
      ...text,
      describe: 'With cutover: the gate counts from this time on, as status --since',
      group: 'Switch:',
    },
    order: { ...text, describe: 'Under cutover: move this order alone, to --side', group: 'Switch:' },
    side: { ...text, choices: ['legacy', 'migrated'], describe: 'The handler that --order goes to', group: 'Switch:' },
    force: {
      ...flag,
      describe: 'Also while the gate is closed, or when orders go back to the legacy handler; the audit says so',
      group: 'Switch:',
    },
    ...changeOptions,
  },
  verify: {
    ...runningOptions,
    head: {
      ...text,
      describe: 'The head that an earlier verify printed, and that was kept elsewhere',
      group: 'Audit:',
    },
    full: {
      ...flag,
      describe: 'Go over an SQLite file of more than 256 MB too; nothing is acknowledged meanwhile',
      group: 'Store:',
    },
  },
  export: {
    config: runningOptions.config,
    url: runningOptions.url,
    since: { ...text, describe: 'Only what happened from this time on', group: 'Which:' },
    'exit-code': { ...exitCodeOption, describe: 'Exit with 1 while the gate is closed' },
  },
  demo: {
    open: { ...flag, describe: 'Open the dashboard in a browser [default: true on a terminal]', group: 'Demo:' },
  },
} satisfies Readonly<Record<string, OptionTable>>;

const everywhere = ['help', 'version'];

/** The options of every command, for suggestions. */
export const optionNames: Readonly<Record<string, readonly string[]>> = {
  audit: [...Object.keys({ ...runOptions, ...auditOptions }), ...everywhere],
  migrate: [...Object.keys({ ...runOptions, ...migrateOptions }), ...everywhere],
  report: [...Object.keys({ ...reportOptions, ...savedRunOptions }), ...everywhere],
  'ipn translate': everywhere,
  emulate: [...Object.keys(emulateOptions), ...everywhere],
  'ipn send': [...Object.keys(sendOptions), ...everywhere],
  ipn: everywhere,
  ...Object.fromEntries(
    Object.entries(proxyOptions).map(([name, options]) => [
      name === 'proxy' ? name : `proxy ${name}`,
      [...Object.keys(options), ...everywhere],
    ]),
  ),
  explain: everywhere,
  completion: everywhere,
};
