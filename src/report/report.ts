import type { Run } from '../engine/run';
import type { Comparison } from './compare-runs';

/** What every format renders: a run, and its progress when it is compared with an older one. */
export interface Report {
  readonly run: Run;
  readonly progress: Comparison | null;
}

/** A run by itself. */
export const reportOf = (run: Run): Report => ({ run, progress: null });
