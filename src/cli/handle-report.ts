import { compareRuns } from '../report/compare-runs';
import { findFormat } from '../report/formats';
import { readRun } from '../report/read-run';
import { renderComparisonJson } from '../report/render-comparison-json';
import { renderComparisonTerminal } from '../report/render-comparison-terminal';
import { renderJson } from '../report/render-json';
import { renderTerminal } from '../report/render-terminal';
import { checkDestination, writeDestination } from './destinations';
import type { ExitCode } from './exit-codes';
import { decideExitCode } from './fail-on';
import { createOutput } from './output';
import { readSettings } from './settings';
import type { Streams } from './terminal-streams';

/** `report RUN.json`. */
export async function handleReport(argv: unknown, streams: Streams): Promise<ExitCode> {
  const settings = readSettings(argv);
  const reports = settings.reports.map((path) => ({ path, format: findFormat(path) }));
  for (const { path } of reports) checkDestination('--report', path);
  const run = readRun(settings.run);
  const output = createOutput(streams, { quiet: settings.quiet, isStdoutForData: settings.json });

  if (settings.baseline === null) {
    for (const { path, format } of reports) writeDestination('--report', path, format.renderRun(run));
    if (settings.json) output.writeData(renderJson(run));
    output.writeText(renderTerminal(run, { colour: output.colour, stage: 'saved', scope: [run.root] }));
    return decideExitCode(run.findings, settings.failOn);
  }

  const comparison = compareRuns(readRun(settings.baseline), run);
  for (const { path, format } of reports) writeDestination('--report', path, format.renderComparison(comparison));
  if (settings.json) output.writeData(renderComparisonJson(comparison));
  output.writeText(renderComparisonTerminal(comparison, { colour: output.colour }));
  return decideExitCode(comparison.new, settings.failOn);
}
