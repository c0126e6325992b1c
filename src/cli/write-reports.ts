import { relative, resolve } from 'node:path';
import type { Run } from '../engine/run';
import type { ReportFormat } from '../report/formats';
import { renderJson } from '../report/render-json';
import { reportOf, type Report } from '../report/report';
import { checkDestination, writeDestination } from './destinations';
import type { Output } from './output';
import type { Settings } from './settings';
import type { Streams } from './terminal-streams';

export interface PlannedReports {
  /** Of a run that has just ended: with the lines around its places, where a format shows them. */
  writeFresh(run: Run, output: Output): Promise<void>;
  /** Writes what `--report`, `--json` and `--annotations` ask for. */
  write(report: Report, output: Output): Promise<void>;
}

/**
 * Checks before the work starts that every report can be written, and answers with what writes them. Formats take longer to
 * load than a small project takes to audit, so they are loaded when one is asked for.
 */
export async function planReports(settings: Settings, streams: Streams): Promise<PlannedReports> {
  const planned: { path: string; format: ReportFormat }[] = [];
  if (settings.reports.length > 0) {
    const { findFormat } = await import('../report/formats.js');
    planned.push(...settings.reports.map((path) => ({ path, format: findFormat(path) })));
  }
  for (const { path } of planned) checkDestination('--report', path);
  const write = async (report: Report, output: Output): Promise<void> => {
    for (const { path, format } of planned) writeDestination('--report', path, format.render(report));
    if (settings.json) output.writeData(await renderData(report));
    if (settings.annotations) {
      const { renderAnnotations } = await import('../report/render-annotations.js');
      output.writeAnnotations(renderAnnotations(report, findFolder(report.run.root, streams)));
    }
  };
  const isShown = planned.some(({ format }) => format.showsContexts === true);
  return {
    write,
    writeFresh: async (run, output) => {
      if (!isShown) return write(reportOf(run), output);
      const { readContexts } = await import('../report/read-contexts.js');
      return write(reportOf(run, { contexts: readContexts(run) }), output);
    },
  };
}

async function renderData(report: Report): Promise<string> {
  if (report.progress === null && report.cutover === null) return renderJson(report.run);
  const { renderReportJson } = await import('../report/render-report-json.js');
  return renderReportJson(report);
}

/** The root of the run in the repository: GitHub's checkout, or the folder in which the command runs. */
function findFolder(root: string, { environment }: Streams): string {
  const folder = relative(environment['GITHUB_WORKSPACE'] ?? '.', resolve(root)).replaceAll('\\', '/');
  return folder.startsWith('..') ? '' : folder;
}
