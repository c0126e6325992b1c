import type { Emulation } from './emulation';

const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Lets things happen when they are due although nobody asks: a timer of the real clock, which keeps no process alive. */
export function startHeartbeat(emulation: Emulation): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const beat = (): void => {
    emulation.settle();
    plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    const due = emulation.nextDue();
    if (due === null || isStopped) return;
    const wait = due - emulation.clock.now();
    // A clock that stands still gets no later by itself.
    if (wait > 0 && emulation.clock.isFrozen) return;
    timer = setTimeout(beat, Math.min(Math.max(wait, 0), LONGEST_TIMEOUT)).unref();
  };
  emulation.onChange(plan);
  plan();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
