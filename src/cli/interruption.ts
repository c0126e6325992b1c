import { exitCodes } from './exit-codes';

export interface Interruption {
  readonly signal: AbortSignal;
  /** What Ctrl-C does, for when it arrives as a key instead of a signal. */
  interrupt(): void;
  /** Hands Ctrl-C back to Node. */
  dispose(): void;
}

/** The first Ctrl-C asks for a clean stop; a second one does not wait for it. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  return {
    signal: controller.signal,
    interrupt,
    dispose: () => {
      process.off('SIGINT', interrupt);
    },
  };
}
