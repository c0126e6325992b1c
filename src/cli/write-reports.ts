import { relative, resolve } from 'node:path';
import { findFormat, type ReportFormat } from '../report/formats';
import { renderAnnotations } from '../report/render-annotations';
import { renderReportJson } from '../report/render-json';
import type { Report } from '../report/report';
import { checkDestination, writeDestination } from './destinations';
import type { Output } from './output';
import type { Settings } from './settings';
import type { Streams } from './terminal-streams';

/** Writes what `--report`, `--json` and `--annotations` ask for. */
export type WriteReports = (report: Report, output: Output) => void;

/** Checks before the work starts that every report can be written, and answers with what writes them. */
export function planReports(settings: Settings, streams: Streams): WriteReports {
  const planned = settings.reports.map((path): { path: string; format: ReportFormat } => ({
    path,
    format: findFormat(path),
  }));
  for (const { path } of planned) checkDestination('--report', path);
  return (report, output) => {
    for (const { path, format } of planned) writeDestination('--report', path, format.render(report));
    if (settings.json) output.writeData(renderReportJson(report));
    if (settings.annotations) output.writeAnnotations(renderAnnotations(report, findFolder(report.run.root, streams)));
  };
}

/** The root of the run in the repository: GitHub's checkout, or the folder in which the command runs. */
function findFolder(root: string, { environment }: Streams): string {
  const folder = relative(environment['GITHUB_WORKSPACE'] ?? '.', resolve(root)).replaceAll('\\', '/');
  return folder.startsWith('..') ? '' : folder;
}
