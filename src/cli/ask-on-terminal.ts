import { createInterface } from 'node:readline/promises';
import type { Streams } from './terminal-streams';

export interface Questioner {
  ask(question: string): Promise<string | null>;
  close(): void;
}

/**
 * Asks on the terminal. Questions go to stderr, because stdout may be a patch. While a line is read the terminal hands
 * Ctrl-C to readline instead of sending a signal, so it is passed on by hand.
 */
export function createQuestioner(streams: Streams, interrupt: () => void): Questioner {
  const lines = createInterface({ input: streams.stdin, output: streams.stderr, terminal: true });
  const ended = new Promise<null>((resolve) => {
    lines.once('close', () => {
      resolve(null);
    });
  });
  lines.on('SIGINT', () => {
    interrupt();
    lines.close();
  });
  return {
    ask: (question) => Promise.race([lines.question(question), ended]),
    close: () => {
      lines.close();
    },
  };
}
