import type { Change } from '../engine/engine';
import { writeChanges } from '../workspace/write-changes';
import { InterruptedError } from './cli-error';

const namesShown = 20;

/** Writes the changes below the root. Ctrl-C stops before the next file; the error says which ones are written. */
export async function applyChanges(root: string, changes: readonly Change[], signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new InterruptedError('Nothing was written.');
  const written = await writeChanges(root, changes, signal);
  if (written.length < changes.length) throw new InterruptedError(describeWritten(written, changes.length));
}

function describeWritten(written: readonly string[], total: number): string {
  if (written.length === 0) return 'Nothing was written.';
  const hidden = written.length - namesShown;
  const names = `${written.slice(0, namesShown).join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
  return `${written.length} of ${total} files are written: ${names}. To go on, run the same command with --allow-dirty.`;
}
