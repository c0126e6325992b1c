import type { Run } from '../engine/run';

/** The JSON report of a run. What the engine answers fits `runSchema`, to which its tests hold it, so it is not validated here. */
export const renderJson = (run: Run): string => `${JSON.stringify(run, null, 2)}\n`;
