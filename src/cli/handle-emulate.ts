import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { KeyError } from '../emulator/credentials';
import { JournalError } from '../emulator/journal';
import { startEmulator, type Emulator } from '../emulator/start-emulator';
import { CliError } from './cli-error';
import { checkDestination } from './destinations';
import { exitCodes, type ExitCode } from './exit-codes';
import { listenForInterruption } from './interruption';
import { readTarget } from './send-target';
import type { Streams } from './terminal-streams';

const settings = z.object({
  port: z.string().default('0'),
  'https-port': z.string().default('0'),
  region: z.enum(['na', 'eu', 'jp']).default('na'),
  data: z.string().optional(),
  seed: z.string().optional(),
  ipn: z.string().optional(),
  notifications: z.enum(['matching', 'v1', 'v2', 'both']).default('matching'),
  'signature-version': z.enum(['1', '2']).default('1'),
  'public-key': z.array(z.string()).optional(),
  throttling: z.boolean().default(true),
});

const HELP = 'See: amazon-pay-migrate emulate --help';

function readPort(option: string, value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Infinity;
  if (port > 65_535) throw new CliError('USAGE', `${option} is a number from 0 to 65535.`, HELP);
  return port;
}

function readPublicKeys(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const [, id, path] = /^([\w.-]+)=(.+)$/s.exec(one) ?? [];
      if (id === undefined || path === undefined)
        throw new CliError('USAGE', `--public-key ${one}: that is not ID=FILE.`, `Give the public key id too. ${HELP}`);
      try {
        return [id, readFileSync(path, 'utf8')];
      } catch (cause) {
        throw new CliError(
          'READ_FAILED',
          `--public-key: ${path} cannot be read.`,
          'Name a file with a key in PEM.',
          exitCodes.usage,
          { cause },
        );
      }
    }),
  );
}

/** `emulate`. Resolves when it is interrupted. */
export async function handleEmulate(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  if (options.data !== undefined) checkDestination('--data', options.data);
  const publicKeys = readPublicKeys(options['public-key'] ?? []);
  // Before the keys are written: whatever ends it from then on takes them away.
  const interruption = listenForInterruption();
  const ended = new Promise<void>((resolve) => interruption.signal.addEventListener('abort', () => resolve()));
  const emulator = await start({
    port: readPort('--port', options.port),
    httpsPort: readPort('--https-port', options['https-port']),
    region: options.region,
    throttling: options.throttling,
    notificationFormat: options.notifications,
    signatureVersion: options['signature-version'],
    ...(options['public-key'] === undefined ? {} : { publicKeys }),
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.ipn === undefined ? {} : { notificationUrl: readTarget(options.ipn).href }),
  });
  streams.stdout.write(describe(emulator, options.region, writeKeys(emulator)));
  await ended;
  await emulator.close();
  interruption.dispose();
  return exitCodes.done;
}

async function start(options: Parameters<typeof startEmulator>[0]): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    if (error instanceof KeyError) throw new CliError('USAGE', `--public-key: ${error.message}`, HELP);
    if (error instanceof JournalError) throw new CliError('READ_FAILED', `--data: ${error.message}`, HELP);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new CliError(
        'USAGE',
        `The port cannot be used: ${message}`,
        'Choose another, or none: a free one is taken.',
      );
    throw error;
  }
}

interface KeyFiles {
  readonly authority: string;
  readonly privateKey: string | null;
}

/** New for every start: the authority's key is gone, and certificates with it. The files leave with the process. */
function writeKeys({ certificateAuthority, credentials }: Emulator): KeyFiles {
  const folder = mkdtempSync(join(tmpdir(), 'amazon-pay-emulator-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, certificateAuthority ?? '');
  if (credentials.privateKey === null) return { authority, privateKey: null };
  const privateKey = join(folder, 'private-key.pem');
  writeFileSync(privateKey, credentials.privateKey, { mode: 0o600 });
  return { authority, privateKey };
}

function describe(emulator: Emulator, region: string, files: KeyFiles): string {
  const { url, httpsUrl, credentials, topicArn } = emulator;
  const host = new URL(httpsUrl ?? url).host;
  const key = files.privateKey === null ? '(yours)' : `"$(cat ${files.privateKey})"`;
  return `Amazon Pay is emulated at ${url} and ${httpsUrl}. A look inside: ${url}/_/

Checkout v2
  AMAZON_PAY_PUBLIC_KEY_ID=${credentials.publicKeyId}
  AMAZON_PAY_PRIVATE_KEY=${key}
  AMAZON_PAY_REGION=${region}
  AMAZON_PAY_STORE_ID=${credentials.storeId}
  AMAZON_PAY_MERCHANT_ID=${credentials.merchantId}
  overrideServiceUrl   ${host}
  checkout.js          ${url}/checkout.js

Legacy
  mwsEndpoint          ${url}/OffAmazonPayments_Sandbox/2013-01-01
  sellerId             ${credentials.merchantId}
  mwsAccessKey         ${credentials.mwsAccessKey}
  mwsSecretKey         ${credentials.mwsSecretKey}
  clientId             ${credentials.storeId}
  Widgets.js           ${url}/OffAmazonPayments/us/sandbox/js/Widgets.js

Notifications
  topic                ${topicArn}

HTTPS, for Node
  NODE_EXTRA_CA_CERTS=${files.authority}
To send a shop here that calls the hosts of Amazon, as it is
  AMAZON_PAY_EMULATOR=${host} NODE_OPTIONS="--require amazon-pay-migrate/emulator/redirect"

Ctrl-C ends it.
`;
}
