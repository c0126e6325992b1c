import { setImmediate } from 'node:timers/promises';
import type { Change } from '../engine/engine';
import { writeChanges } from '../workspace/write-changes';
import { InterruptedError } from './cli-error';

/** Writes the changes below the root, all of them or none; Ctrl-C before the last step means none. */
export async function applyChanges(root: string, changes: readonly Change[], signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new InterruptedError('Nothing was written.');
  const written = await writeChanges(root, changes, signal);
  if (written.length < changes.length) throw new InterruptedError('Nothing was written.');
  // The last step has no pause in it: what was pressed meanwhile is heard only now.
  await setImmediate();
  if (signal.aborted) throw new InterruptedError(`All changes were written, each file whole: ${written.length}.`);
}
