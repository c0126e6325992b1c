import { exitCodes } from './exit-codes';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** What Ctrl-C does, for when it arrives as a key instead of a signal. */
  interrupt(): void;
  /** Hands Ctrl-C back to Node. */
  dispose(): void;
}

/** The first Ctrl-C, or a polite kill, asks for a clean stop; a second one does not wait for it. */
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
