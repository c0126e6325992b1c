import { createInterface } from 'node:readline';
import type { Streams } from './terminal-streams';

export interface Questioner {
  ask(question: string): Promise<string | null>;
  close(): void;
}

/**
 * Asks on the terminal. Questions go to stderr, because stdout may be a patch. While a line is read the terminal hands
 * Ctrl-C to readline instead of sending a signal, so it is passed on by hand. What is typed before its question appears
 * answers it all the same.
 */
export function createQuestioner(streams: Streams, interrupt: () => void): Questioner {
  const lines = createInterface({ input: streams.stdin, output: streams.stderr, terminal: true });
  const typedAhead: string[] = [];
  let answer: ((line: string | null) => void) | undefined;
  let isClosed = false;
  const give = (line: string | null): void => {
    const waiting = answer;
    answer = undefined;
    if (waiting !== undefined) waiting(line);
    else if (line !== null) typedAhead.push(line);
  };
  lines.on('line', give);
  lines.once('close', () => {
    isClosed = true;
    give(null);
  });
  lines.on('SIGINT', () => {
    interrupt();
    lines.close();
  });
  return {
    ask: (question) => {
      const early = typedAhead.shift();
      if (early !== undefined) {
        streams.stderr.write(`${question}${early}\n`);
        return Promise.resolve(early);
      }
      if (isClosed) return Promise.resolve(null);
      const answered = new Promise<string | null>((resolve) => {
        answer = resolve;
      });
      lines.setPrompt(question);
      lines.prompt();
      return answered;
    },
    close: () => {
      lines.close();
    },
  };
}
