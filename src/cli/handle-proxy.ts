import { z } from 'zod';
import { checkConfiguration } from '../proxy/configuration/check';
import type { Mark } from '../proxy/configuration/checks/finding';
import { explainListenError } from '../proxy/configuration/listen-error';
import { loadConfiguration, type Configuration } from '../proxy/configuration/load-configuration';
import { maskSecrets } from '../proxy/configuration/mask-secrets';
import { createLog, createLogObserver } from '../proxy/operate/log';
import { startProxy, type Proxy } from '../proxy/proxy';
import { mayWorkLater, StoreError } from '../proxy/store/store-error';
import { CliError } from './cli-error';
import { exitCodes, type ExitCode } from './exit-codes';
import { listenForInterruption } from './interruption';
import type { Streams } from './terminal-streams';

const settings = z.object({ config: z.string().optional(), check: z.boolean().default(false) });

/** `proxy`. Resolves when it is interrupted and what came is answered, or when its store failed. */
export async function handleProxy(argv: unknown, streams: Streams): Promise<ExitCode> {
  const { config, check } = settings.parse(argv);
  if (config === undefined)
    throw new CliError('USAGE', '--config FILE is missing.', 'See: amazon-pay-migrate proxy --help');
  const configuration = loadConfiguration(config, streams.environment);
  return check ? showChecks(configuration, streams) : run(configuration, streams);
}

const labels: Readonly<Record<Mark, string>> = { ok: 'ok    ', look: 'LOOK  ', wrong: 'WRONG ' };

function nextStepAfter(found: ReadonlySet<Mark>): string {
  if (found.has('wrong')) return 'Put right what is marked WRONG, and check again.';
  if (found.has('look')) return 'The proxy can start. What is marked LOOK would not work yet, or is not safe.';
  return 'The proxy can start.';
}

async function showChecks(configuration: Configuration, { stdout }: Streams): Promise<ExitCode> {
  stdout.write(`${JSON.stringify(maskSecrets(configuration), null, 2)}\n\n`);
  const found = new Set<Mark>();
  for await (const { mark, what, said } of checkConfiguration(configuration)) {
    found.add(mark);
    stdout.write(`${labels[mark]}${what}: ${said}\n`);
  }
  stdout.write(`\n${nextStepAfter(found)}\n`);
  return found.has('wrong') ? exitCodes.usage : exitCodes.done;
}

const SEE_CHECK = 'See: amazon-pay-migrate proxy --config FILE --check';

async function start(configuration: Configuration): Promise<Proxy> {
  const observer = createLogObserver(createLog(configuration.settings.operate.log.level));
  try {
    return await startProxy(configuration.settings, { observer });
  } catch (error) {
    if (error instanceof StoreError) throw describeStoreError(error, configuration.settings.store);
    const explained = explainListenError(error, configuration.settings);
    // What listens there may be a proxy that is about to end.
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const code = isTaken ? exitCodes.notNow : exitCodes.usage;
    if (explained !== null) throw new CliError('USAGE', explained, SEE_CHECK, code);
    throw error;
  }
}

/**
 * What ends with the code of a wrong configuration is not started again. A server that starts later than the proxy is no such thing,
 * nor a disk that is full.
 */
function exitCodeOf(error: StoreError, { driver }: Configuration['settings']['store']): ExitCode {
  if (error.code === 'unsafe') return exitCodes.storeFailed;
  return mayWorkLater(error, driver) ? exitCodes.notNow : exitCodes.usage;
}

function describeStoreError(error: StoreError, store: Configuration['settings']['store']): CliError {
  const nextStep =
    error.code === 'unsafe' ? 'Nothing was acknowledged with it, and nothing in it was changed.' : SEE_CHECK;
  return new CliError('STORE', error.message, nextStep, exitCodeOf(error, store), { cause: error });
}

async function run(configuration: Configuration, streams: Streams): Promise<ExitCode> {
  // Before anything else: whoever is told that it runs may end it at once.
  const interruption = listenForInterruption();
  const interrupted = new Promise<'interrupted'>((resolve) => {
    interruption.signal.addEventListener('abort', () => resolve('interrupted'));
  });
  const proxy = await start(configuration);
  streams.stderr.write(describe(proxy, configuration));
  const end = await Promise.race([interrupted, proxy.unsafe]);
  streams.stderr.write(end === 'interrupted' ? ENDING : `error STORE: ${end.message}\n`);
  await proxy.stop();
  interruption.dispose();
  if (end === 'interrupted') return exitCodes.done;
  // Whoever starts it again starts the version that is installed by then.
  return end.code === 'newer' ? exitCodes.notNow : exitCodes.storeFailed;
}

const ENDING =
  'Ending: what came is answered, and what is not delivered yet waits in the store. Ctrl-C again does not wait.\n';

const NO_HANDLERS =
  'WARNING  the configuration has no section "deliver": messages are kept, and forwarded to nobody.\n';

function describe({ url, adminUrl, adminToken, facts }: Proxy, { settings }: Configuration): string {
  const { operate, deliver } = settings;
  // What stands behind # is never sent with a request for the page, and the page takes it out of the address.
  const [token, key] =
    operate.admin.token === undefined
      ? [`${adminToken} (until it ends; set operate.admin.token)`, `/#token=${adminToken}`]
      : ['(yours)', ''];
  const store = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return `Notifications are taken at ${url}
  store    ${store.join(', ')}
  admin    ${adminUrl}
  token    ${token}
  look     ${adminUrl}${key}
${deliver === undefined ? NO_HANDLERS : ''}Ctrl-C ends it.
`;
}
