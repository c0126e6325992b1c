import { exitCodes } from './exit-codes';

export interface Interruption {
  readonly signal: AbortSignal;
  /** What Ctrl-C does, for when it arrives as a key instead of a signal. */
  interrupt(): void;
  /** Hands the signals back to Node. */
  dispose(): void;
}

/** Ctrl-C, a scheduler that ends the job, a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal asks for a clean stop; a second one does not wait for it. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    interrupt,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    },
  };
}
