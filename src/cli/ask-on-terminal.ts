import { fstatSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CliError, InterruptedError } from './cli-error';
import type { Interruption } from './interruption';
import type { Streams } from './terminal-streams';

/** Answers may come from a pipe or a file; then the first has to be there. */
const firstAnswerMilliseconds = 10_000;

export interface Questioner {
  /** The next line that was typed, also before the question was asked; null when there will be none. */
  ask(question: string): Promise<string | null>;
  close(): void;
}

/**
 * Asks on the terminal. Questions go to stderr, because stdout may be a patch. While a line is read the terminal hands
 * Ctrl-C to readline instead of sending a signal, so it is passed on by hand. Lines that come before their question wait
 * for it: readline itself would drop them.
 *
 * @throws InterruptedError from `ask` as soon as Ctrl-C or a signal comes
 */
export function createQuestioner(
  streams: Streams,
  { signal, interrupt }: Pick<Interruption, 'signal' | 'interrupt'>,
): Questioner {
  const isTerminal = streams.stdin.isTTY === true;
  const lines = createInterface({ input: streams.stdin, output: streams.stderr, terminal: isTerminal });
  const typed: string[] = [];
  let hasEnded = false;
  let news = (): void => undefined;
  lines.on('line', (line) => {
    typed.push(line);
    news();
  });
  lines.once('close', () => {
    hasEnded = true;
    news();
  });
  lines.on('SIGINT', interrupt);
  const onAbort = (): void => {
    news();
  };
  signal.addEventListener('abort', onAbort);
  return {
    ask: async (question) => {
      lines.setPrompt(question);
      if (isTerminal && !hasEnded) lines.prompt();
      else streams.stderr.write(question);
      for (;;) {
        if (signal.aborted) {
          streams.stderr.write('\n');
          throw new InterruptedError('Nothing was written.');
        }
        const line = typed.shift();
        if (line !== undefined) {
          // A terminal has shown it already.
          if (!isTerminal) streams.stderr.write(`${line}\n`);
          return line;
        }
        if (hasEnded) return null;
        await new Promise<void>((resolve) => (news = resolve));
      }
    },
    close: () => {
      signal.removeEventListener('abort', onAbort);
      lines.close();
    },
  };
}

/** Questions were wanted where nobody answers. */
function notInteractive(because: string): CliError {
  return new CliError(
    'NOT_INTERACTIVE',
    `--interactive asks questions, but ${because}. Nothing was written.`,
    'Run it in a terminal, pipe the answers in, or leave --interactive out and choose with --only, --skip or --include.',
  );
}

/**
 * Refuses before the work starts when no answers will come: they are typed on a terminal, or stand in a pipe or a file.
 * What is there is left for the questions.
 */
export async function requireAnswers(stdin: Streams['stdin'] & { readonly fd?: number }): Promise<void> {
  if (stdin.isTTY === true) return;
  if (!isPipeOrFile(stdin.fd)) throw notInteractive('stdin is not a terminal');
  const source = stdin as Readable;
  const hasData = await new Promise<boolean>((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      source.off('readable', settle).off('end', settle);
      resolve(source.readableLength > 0);
    };
    // A pipe that nobody writes to would be waited for without end.
    const timer = setTimeout(settle, firstAnswerMilliseconds);
    source.on('readable', settle).on('end', settle);
  });
  if (!hasData) throw notInteractive('stdin is not a terminal and holds no answers');
}

function isPipeOrFile(descriptor: number | undefined): boolean {
  try {
    const stats = fstatSync(descriptor ?? -1);
    return stats.isFIFO() || stats.isFile() || stats.isSocket();
  } catch {
    return false;
  }
}
