import { z } from 'zod';
import { postMessage } from '../amazon-pay/post-message';
import { forgeries } from '../../transforms/ipn-samples/forgeries';
import { sampleKinds, type SampleKind } from '../../transforms/ipn-samples/sample-kinds';
import { CliError } from './cli-error';
import { checkDestination, writeDestination } from './destinations';
import { exitCodes, type ExitCode } from './exit-codes';
import { findNearest } from '../../transforms/find-nearest';
import { makeMessage, type PlannedMessage } from './plan-messages';
import { createSampleSigner, SAMPLE_TOPIC } from './sample-signer';
import { readTarget } from './send-target';
import type { Streams } from './terminal-streams';

const settings = z.object({
  url: z.string(),
  type: z.array(z.string()).optional(),
  version: z.enum(['v1', 'v2']).optional(),
  'object-id': z.string().optional(),
  count: z.string().default('1'),
  forge: z.string().optional(),
  'signature-version': z.enum(['1', '2']).default('1'),
  key: z.string().optional(),
  certificate: z.string().optional(),
  concurrency: z.string().default('4'),
  timeout: z.string().default('15'),
});

const HELP = 'See: amazon-pay-migrate ipn send --help';

function readNumber(option: string, value: string, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) throw new CliError('USAGE', `${option} is a number from 1 to ${most}.`, HELP);
  return number;
}

const normalise = (name: string): string => name.replace(/[\s_-]/g, '').toLowerCase();

function unknownName(option: string, name: string, known: readonly string[]): never {
  const nearest = findNearest(name, known);
  const hint = nearest === null ? '' : `Did you mean ${nearest}? `;
  throw new CliError(
    'USAGE',
    `${option} ${name}: there is none of that name.`,
    `${hint}There are: ${known.join(', ')}.`,
  );
}

function chooseKinds(types: readonly string[] | undefined, version: 'v1' | 'v2' | undefined): readonly SampleKind[] {
  const kinds = sampleKinds.filter((kind) => version === undefined || kind.version === version);
  return (
    types?.flatMap((type) => {
      const chosen = kinds.filter(({ name }) => normalise(name) === normalise(type));
      return chosen.length > 0
        ? chosen
        : unknownName(
            '--type',
            type,
            kinds.map(({ name }) => name),
          );
    }) ?? kinds
  );
}

function chooseForgeries(forge: string | undefined): readonly (string | undefined)[] {
  if (forge === undefined) return [undefined];
  if (forge === 'all') return Object.keys(forgeries);
  return Object.hasOwn(forgeries, forge) ? [forge] : unknownName('--forge', forge, ['all', ...Object.keys(forgeries)]);
}

interface Tally {
  sent: number;
  unanswered: number;
  lost: number;
}

/** `ipn send <url>`. */
export async function handleIpnSend(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const url = readTarget(options.url);
  const count = readNumber('--count', options.count, 1_000_000);
  const concurrency = readNumber('--concurrency', options.concurrency, 64);
  const timeoutMs = readNumber('--timeout', options.timeout, 3600) * 1000;
  const names = chooseForgeries(options.forge);
  // Forgeries alter a message: one of each version shows all there is to see.
  const forgedTypes = options.forge === undefined ? undefined : ['PaymentCapture', 'CHARGE'];
  const kinds = chooseKinds(options.type, options.version).filter(
    ({ name }) => options.type !== undefined || forgedTypes?.includes(name) !== false,
  );
  if (options.certificate !== undefined) checkDestination('--certificate', options.certificate);
  const signer = await createSampleSigner(options.key, new Date());
  if (options.certificate !== undefined) writeDestination('--certificate', options.certificate, signer.certificate);
  streams.stderr.write(
    `Topic ${SAMPLE_TOPIC}\nCertificate ${signer.certificateUrl}${options.certificate === undefined ? '' : ` (in ${options.certificate})`}\n`,
  );

  const messageSettings = {
    objectId: options['object-id'],
    signatureVersion: options['signature-version'],
    now: () => new Date(),
  };
  const tally: Tally = { sent: 0, unanswered: 0, lost: 0 };
  const queue = planLazily(kinds, names, count);
  const work = async (): Promise<void> => {
    for (const [kind, forgery] of queue) {
      const message = makeMessage(kind, forgery, signer, messageSettings);
      streams.stdout.write(`${message.name} -> ${await send(url, message, timeoutMs, tally)}\n`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const { sent, unanswered, lost } = tally;
  streams.stderr.write(
    `${sent} sent${unanswered === 0 ? '' : `, ${unanswered} not answered`}${lost === 0 ? '' : `, ${lost} that Amazon may send were not answered with 2xx`}.\n`,
  );
  return unanswered + lost > 0 ? exitCodes.filesFailed : exitCodes.done;
}

/** One after the other, for all senders together. */
function* planLazily(
  kinds: readonly SampleKind[],
  names: readonly (string | undefined)[],
  count: number,
): Generator<readonly [SampleKind, string | undefined]> {
  for (let round = 0; round < count; round += 1) for (const kind of kinds) for (const name of names) yield [kind, name];
}

async function send(url: URL, { body, headers, mayBeGenuine }: PlannedMessage, timeoutMs: number, tally: Tally) {
  tally.sent += 1;
  try {
    const { status, milliseconds } = await postMessage(url, body, headers, timeoutMs);
    const isLost = mayBeGenuine && (status < 200 || status > 299);
    if (isLost) tally.lost += 1;
    const said = !isLost
      ? ''
      : status >= 400 && status < 500
        ? ': Amazon would never send it again'
        : ': Amazon would send it again';
    return `${status} in ${milliseconds} ms${said}`;
  } catch (error) {
    tally.unanswered += 1;
    return `no answer: ${error instanceof Error ? error.message || error.name : String(error)}`;
  }
}
