import { renderCutoverJson } from './cutover/render-cutover';
import { renderComparisonJson } from './render-comparison-json';
import { renderJson } from './render-json';
import type { Report } from './report';

/** The run; its progress when there is a baseline; the gate, with the progress in it, when that was asked. */
export function renderReportJson(report: Report): string {
  const { run, progress, cutover } = report;
  if (cutover !== null) return renderCutoverJson(report, cutover);
  return progress === null ? renderJson(run) : renderComparisonJson(progress);
}
