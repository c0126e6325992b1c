import type { Streams } from './terminal-streams';

export interface Progress {
  /** Says what is being done now; it is shown if anybody watches and it takes long enough to wonder. */
  update(text: string): void;
  /** Removes the line, so that what is printed next starts on an empty one. */
  stop(): void;
}

const silentMilliseconds = 1000;
const refreshMilliseconds = 100;
const clearLine = '\r\u001b[K';

/** One line on stderr that rewrites itself: only on a terminal, only after a second, never under `--quiet`. */
export function createProgress(
  streams: Pick<Streams, 'stderr'>,
  options: { readonly quiet: boolean; readonly now?: () => number },
): Progress {
  if (options.quiet || streams.stderr.isTTY !== true) return { update: () => {}, stop: () => {} };
  const now = options.now ?? (() => performance.now());
  const startedAt = now();
  let latest = '';
  let shown = '';
  const show = (): void => {
    const elapsed = now() - startedAt;
    if (elapsed < silentMilliseconds || latest === '') return;
    const line = `${latest.slice(0, 70)} (${Math.floor(elapsed / 1000)} s)`;
    if (line === shown) return;
    shown = line;
    streams.stderr.write(`${clearLine}${line}`);
  };
  // A timer, because the longest steps say only once what they are.
  const timer = setInterval(show, refreshMilliseconds);
  timer.unref();
  return {
    update: (text) => {
      latest = text;
    },
    stop: () => {
      clearInterval(timer);
      if (shown !== '') streams.stderr.write(clearLine);
    },
  };
}
