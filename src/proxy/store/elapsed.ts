import { uptime } from 'node:os';

/** More than the two counters differ by while the machine runs. */
const SUSPENDED_MS = 2000;
const LOOK_EVERY_MS = 1000;

/**
 * Counts milliseconds from some time on, those included in which the machine was suspended: for the counter of a process no time
 * passes then, and whoever went by it alone would be hours behind the world when it goes on. No change of a clock is counted.
 */
export function createElapsed(
  running: () => number = () => performance.now(),
  sinceBoot: () => number = () => uptime() * 1000,
): () => number {
  let lookedAt = running();
  let ahead = sinceBoot() - lookedAt;
  let suspended = 0;
  return () => {
    const now = running();
    // Not each time: it reads a file on Linux.
    if (now - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = now;
      const more = sinceBoot() - now - ahead;
      if (more > SUSPENDED_MS) {
        suspended += more;
        ahead += more;
      }
    }
    return now + suspended;
  };
}
