import { runSchema, type Run } from '../engine/run';

/** The JSON report. Validated on the way out, so that what is written can be read again. */
export function renderJson(run: Run): string {
  return `${JSON.stringify(runSchema.parse(run), null, 2)}\n`;
}
