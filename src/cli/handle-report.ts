import { compareRuns } from '../report/compare-runs';
import { readRun } from '../report/read-run';
import { renderComparisonTerminal } from '../report/render-comparison-terminal';
import { renderTerminal } from '../report/render-terminal';
import { reportOf } from '../report/report';
import type { ExitCode } from './exit-codes';
import { decideExitCode } from './fail-on';
import { createOutput } from './output';
import { readSettings } from './settings';
import type { Streams } from './terminal-streams';
import { planReports } from './write-reports';

/** `report RUN.json`. */
export async function handleReport(argv: unknown, streams: Streams): Promise<ExitCode> {
  const settings = readSettings(argv);
  const writeReports = planReports(settings, streams);
  const run = readRun(settings.run);
  const output = createOutput(streams, { quiet: settings.quiet, isStdoutForData: settings.json });

  if (settings.baseline === null) {
    writeReports(reportOf(run), output);
    output.writeText(renderTerminal(run, { colour: output.colour, stage: 'saved', scope: [run.root] }));
    return decideExitCode(run.findings, settings.failOn);
  }

  const comparison = compareRuns(readRun(settings.baseline), run);
  writeReports({ run, progress: comparison }, output);
  output.writeText(renderComparisonTerminal(comparison, { colour: output.colour }));
  return decideExitCode(comparison.new, settings.failOn);
}
