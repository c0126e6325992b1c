import { Loop } from '../loop';
import { CompareWorker, type CompareParts } from './compare-worker';

const IDLE_MS = 500;

export interface Comparing {
  readonly worker: CompareWorker;
  /** Resolves when what was begun is finished, and the lines to the shop are closed. */
  stop(): Promise<void>;
}

/** Starts to compare what is due. */
export function startCompare(parts: CompareParts): Comparing {
  const worker = new CompareWorker(parts);
  const loop = new Loop('compare', async () => ((await worker.runOnce()) > 0 ? 0 : IDLE_MS), parts.observer);
  loop.wake();
  return {
    worker,
    async stop() {
      await loop.stop();
      await Promise.all(Object.values(parts.sources).map((source) => source?.close()));
    },
  };
}
