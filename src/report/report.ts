import type { Run } from '../engine/run';
import type { Comparison } from './compare-runs';
import type { Cutover } from './cutover/judge-cutover';

/** What every format renders: a run, its progress since an older one, and whether the shop can switch, where that was asked. */
export interface Report {
  readonly run: Run;
  readonly progress: Comparison | null;
  readonly cutover: Cutover | null;
}

/** A run by itself, or with more. */
export const reportOf = (run: Run, more: Partial<Report> = {}): Report => ({
  progress: null,
  cutover: null,
  ...more,
  run,
});
