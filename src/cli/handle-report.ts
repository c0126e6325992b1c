import { compareRuns } from '../report/compare-runs';
import { createColours } from '../report/colours';
import { judgeCutover, type Cutover } from '../report/cutover/judge-cutover';
import { readEvidence } from '../report/cutover/read-evidence';
import { renderCutoverTerminal } from '../report/cutover/render-cutover';
import { mergeRuns } from '../report/merge-runs';
import { readRun } from '../report/read-run';
import { renderComparisonTerminal } from '../report/render-comparison-terminal';
import { renderTerminal } from '../report/render-terminal';
import { reportOf, type Report } from '../report/report';
import { exitCodes, type ExitCode } from './exit-codes';
import { decideExitCode } from './fail-on';
import { createOutput } from './output';
import { readSettings, type Settings } from './settings';
import type { Streams } from './terminal-streams';
import { planReports } from './write-reports';

/** `report RUN.json…`: several runs become one; a baseline shows progress, evidence the way to the cutover. */
export async function handleReport(argv: unknown, streams: Streams): Promise<ExitCode> {
  const settings = await readSettings(argv);
  const reports = await planReports(settings, streams);
  const report = readReport(settings);
  const { run, progress, cutover } = report;
  const output = createOutput(streams, { quiet: settings.quiet, isStdoutForData: settings.json });

  await reports.write(report, output);
  const { colour } = output;
  output.writeText(
    progress === null
      ? renderTerminal(run, { colour, stage: 'saved', scope: [run.root] })
      : renderComparisonTerminal(progress, { colour }),
  );
  if (cutover !== null) output.writeText(`\n${renderCutoverTerminal(cutover, createColours(colour))}`);
  if (settings.failOnNotReady && cutover?.isReady === false) return exitCodes.findings;
  return decideExitCode(progress === null ? run.findings : progress.new, settings.failOn);
}

function readReport(settings: Settings): Report {
  const [first = '', ...others] = settings.runs;
  const run = mergeRuns([readRun(first), ...others.map(readRun)]);
  const progress = settings.baseline === null ? null : compareRuns(readRun(settings.baseline), run);
  const isAsked = settings.evidence !== null || settings.failOnNotReady;
  const cutover: Cutover | null = isAsked
    ? judgeCutover(run, settings.evidence === null ? null : readEvidence(settings.evidence))
    : null;
  return reportOf(run, { progress, cutover });
}
