import { setImmediate } from 'node:timers/promises';

/** Lets Ctrl-C arrive (the work itself is synchronous), and ends the run when it has. */
export async function checkAbort(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return;
  await setImmediate();
  signal.throwIfAborted();
}
