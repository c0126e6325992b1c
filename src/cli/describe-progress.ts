import type { EngineProgress } from '../engine/engine';

/** `analysing 12 of 40 files` */
export function describeProgress({ phase, done, total }: EngineProgress): string {
  return total > 0 ? `${phase} ${done} of ${total} files` : `${phase} ${done} files`;
}
