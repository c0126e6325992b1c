import { runSchema, type Run } from '../engine/run';
import { renderCutoverJson } from './cutover/render-cutover';
import { renderComparisonJson } from './render-comparison-json';
import type { Report } from './report';

/** The JSON report. Validated on the way out, so that what is written can be read again. */
export function renderJson(run: Run): string {
  return `${JSON.stringify(runSchema.parse(run), null, 2)}\n`;
}

/** The run; its progress when there is a baseline; the gate, with the progress in it, when that was asked. */
export function renderReportJson(report: Report): string {
  const { run, progress, cutover } = report;
  if (cutover !== null) return renderCutoverJson(report, cutover);
  return progress === null ? renderJson(run) : renderComparisonJson(progress);
}
