import fs from 'node:fs';

/**
 * Tells of every fsync that fails. `node-sqlite3-wasm` reports it as any "disk I/O error", like a disk that is full for a
 * moment; but after a failed fsync the system may drop what was to be written and report the next one as done, so that
 * nothing on that file can be relied on any more (https://wiki.postgresql.org/wiki/Fsync_Errors). The driver calls the
 * function of `node:fs`, so that is where it can be seen.
 */
let failures = 0;
let isWatching = false;

/** How many fsyncs of this process have failed by now; compare before and after. */
export function countFailedSyncs(): number {
  if (!isWatching) watch();
  return failures;
}

function watch(): void {
  isWatching = true;
  const original = fs.fsyncSync;
  const fsyncSync = (descriptor: number): void => {
    try {
      original(descriptor);
    } catch (error) {
      failures += 1;
      throw error;
    }
  };
  Object.assign(fs, { fsyncSync });
}
