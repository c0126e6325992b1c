import { relative, resolve } from 'node:path';
import type { Run } from '../engine/run';
import { findFormat, type ReportFormat } from '../report/formats';
import { renderAnnotations } from '../report/render-annotations';
import { renderReportJson } from '../report/render-json';
import { readContexts } from '../report/read-contexts';
import { reportOf, type Report } from '../report/report';
import { checkDestination, writeDestination } from './destinations';
import type { Output } from './output';
import type { Settings } from './settings';
import type { Streams } from './terminal-streams';

export interface PlannedReports {
  /** Of a run that has just ended: with the lines around its places, where a format shows them. */
  writeFresh(run: Run, output: Output): void;
  /** Writes what `--report`, `--json` and `--annotations` ask for. */
  write(report: Report, output: Output): void;
}

/** Checks before the work starts that every report can be written, and answers with what writes them. */
export function planReports(settings: Settings, streams: Streams): PlannedReports {
  const planned = settings.reports.map((path): { path: string; format: ReportFormat } => ({
    path,
    format: findFormat(path),
  }));
  for (const { path } of planned) checkDestination('--report', path);
  const write = (report: Report, output: Output): void => {
    for (const { path, format } of planned) writeDestination('--report', path, format.render(report));
    if (settings.json) output.writeData(renderReportJson(report));
    if (settings.annotations) output.writeAnnotations(renderAnnotations(report, findFolder(report.run.root, streams)));
  };
  const isShown = planned.some(({ format }) => format.showsContexts === true);
  return {
    write,
    writeFresh: (run, output) => write(reportOf(run, isShown ? { contexts: readContexts(run) } : {}), output),
  };
}

/** The root of the run in the repository: GitHub's checkout, or the folder in which the command runs. */
function findFolder(root: string, { environment }: Streams): string {
  const folder = relative(environment['GITHUB_WORKSPACE'] ?? '.', resolve(root)).replaceAll('\\', '/');
  return folder.startsWith('..') ? '' : folder;
}
