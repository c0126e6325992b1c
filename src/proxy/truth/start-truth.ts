import { Loop } from '../loop';
import { makeUpForUnasked } from './make-up';
import { lookAgainWithNewKey } from './new-key';
import { Sweep } from './sweep';
import type { TruthParts } from './truth-parts';
import { TruthWorker } from './truth-worker';

const IDLE_MS = 250;
const TICK_MS = 10_000;
/** There may be one without a key beside this instance. */
const AGAIN_MS = 600_000;

export interface Truth {
  readonly worker: TruthWorker;
  readonly sweep: Sweep;
  /** Resolves when what was begun is finished. The line to Amazon stays open: it belongs to who opened it. */
  stop(): Promise<void>;
}

/** Starts to ask Amazon. `isHealthy` says whether messages are being taken. */
export function startTruth(parts: TruthParts, isHealthy?: () => boolean): Truth {
  const worker = new TruthWorker(parts);
  const sweep = new Sweep(parts, worker.quota, isHealthy);
  let isBegun = false;
  const look = async (): Promise<number> => {
    // Again and again where the store cannot take it: the gap is not forgotten.
    if (!isBegun) {
      await lookAgainWithNewKey(parts);
      await sweep.start();
    }
    isBegun = true;
    await sweep.tick();
    return TICK_MS;
  };
  const loops = [
    new Loop('truth', async () => ((await worker.runOnce()) > 0 ? 0 : IDLE_MS), parts.observer),
    new Loop('sweep', look, parts.observer),
    new Loop('unasked', async () => ((await makeUpForUnasked(parts)) ? AGAIN_MS : 0), parts.observer),
  ];
  for (const loop of loops) loop.wake();
  return {
    worker,
    sweep,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
