import type { Writable } from 'node:stream';

/** A stream that may be a terminal. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Colours only for a person who watches and did not decline them (https://no-color.org). */
export function wantsColour(stream: TerminalStream, environment: Streams['environment']): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb') return false;
  return stream.isTTY === true;
}

/**
 * `| head` closes the pipe early: what is left to print is dropped, files are still written, and the exit code stands.
 * Any other failure (a full disk behind `> run.json`) means that the reader got half an answer.
 */
export function watchOutput(stream: TerminalStream, onFailure: (error: Error) => void): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') onFailure(error);
  });
}
