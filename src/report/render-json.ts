import { runSchema, type Run } from '../engine/run';
import { renderComparisonJson } from './render-comparison-json';
import type { Report } from './report';

/** The JSON report. Validated on the way out, so that what is written can be read again. */
export function renderJson(run: Run): string {
  return `${JSON.stringify(runSchema.parse(run), null, 2)}\n`;
}

/** The run, or its progress when there is a baseline. */
export const renderReportJson = ({ run, progress }: Report): string =>
  progress === null ? renderJson(run) : renderComparisonJson(progress);
