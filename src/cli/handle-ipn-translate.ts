import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { z } from 'zod';
import { translate } from '../../transforms/ipn/translate';
import { CliError } from './cli-error';
import { exitCodes, type ExitCode } from './exit-codes';
import { splitMessages } from './split-messages';
import type { Streams } from './terminal-streams';

const settings = z.object({ files: z.array(z.string()).optional() });

interface Counts {
  messages: number;
  refused: number;
}

/** `ipn translate [files..]`. */
export async function handleIpnTranslate(argv: unknown, streams: Streams): Promise<ExitCode> {
  const { files = [] } = settings.parse(argv);
  if (files.length === 0 && streams.stdin.isTTY === true)
    throw new CliError(
      'USAGE',
      'Name a file of messages, or - for stdin.',
      'See: amazon-pay-migrate ipn translate --help',
    );
  const sources = files.length === 0 ? ['-'] : files;
  for (const path of sources) if (path !== '-') checkFile(path);
  const counts: Counts = { messages: 0, refused: 0 };
  for (const path of sources) await translateSource(path, streams, counts);
  const { messages, refused } = counts;
  if (messages === 0) streams.stderr.write('No messages.\n');
  if (refused > 0) streams.stderr.write(`${refused} of ${messages} messages were not understood.\n`);
  return refused > 0 ? exitCodes.filesFailed : exitCodes.done;
}

function checkFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false)
    throw new CliError('USAGE', `There is no file ${path}.`, 'Name a file of messages, or - for stdin.');
}

async function translateSource(path: string, streams: Streams, counts: Counts): Promise<void> {
  const source = path === '-' ? (streams.stdin as AsyncIterable<Buffer | string>) : createReadStream(path);
  const name = path === '-' ? 'stdin' : path;
  try {
    for await (const { line, bytes } of splitMessages(source)) {
      const translation = translate(bytes);
      counts.messages += 1;
      if (translation.error !== undefined) {
        const { code, at, message } = translation.error;
        counts.refused += 1;
        // The text may quote the message: as JSON it cannot hold what would move a cursor.
        const said = JSON.stringify(`${code}${at === '' ? '' : ` at ${at}`}: ${message}`).slice(1, -1);
        streams.stderr.write(`${name}:${line}: ${said}\n`);
      }
      // A reader that is slower than we are must not make us hold all lines; one that has gone ends it.
      if (streams.stdout.destroyed) return;
      if (!streams.stdout.write(`${JSON.stringify(translation)}\n`)) await waitForDrain(streams.stdout);
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new CliError(
      'READ_FAILED',
      `${name} could not be read: ${error.message}`,
      'Check permissions.',
      exitCodes.filesFailed,
      {
        cause: error,
      },
    );
  }
}

async function waitForDrain(stdout: Streams['stdout']): Promise<void> {
  const ended = new AbortController();
  const options = { signal: ended.signal };
  await Promise.race([once(stdout, 'drain', options), once(stdout, 'close', options)]).catch(() => {});
  ended.abort();
}
