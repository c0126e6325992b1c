import type { Run } from '../engine/run';
import type { Comparison } from './compare-runs';
import type { Cutover } from './cutover/judge-cutover';
import type { Contexts } from './read-contexts';

/** What every format renders: a run, its progress since an older one, and whether the shop can switch, where that was asked. */
export interface Report {
  readonly run: Run;
  readonly progress: Comparison | null;
  readonly cutover: Cutover | null;
  /** What stands around the places, where the sources were at hand. */
  readonly contexts: Contexts;
}

/** A run by itself, or with more. */
export const reportOf = (run: Run, more: Partial<Report> = {}): Report => ({
  progress: null,
  cutover: null,
  contexts: new Map(),
  ...more,
  run,
});
