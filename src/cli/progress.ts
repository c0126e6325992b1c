import type { Streams } from './terminal-streams';

export interface Progress {
  /** Shows what is being done now, if anybody watches and it has taken long enough to wonder. */
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
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    update: (text) => {
      const time = now();
      if (time - startedAt < silentMilliseconds || time - shownAt < refreshMilliseconds) return;
      shownAt = time;
      streams.stderr.write(`${clearLine}${text.slice(0, 78)}`);
    },
    stop: () => {
      if (Number.isFinite(shownAt)) streams.stderr.write(clearLine);
      shownAt = Number.NEGATIVE_INFINITY;
    },
  };
}
