import { findFormat } from '../report/formats';
import { renderJson } from '../report/render-json';
import { renderTerminal } from '../report/render-terminal';
import { checkDestination, writeDestination } from './destinations';
import { exitCodes, type ExitCode } from './exit-codes';
import { decideExitCode } from './fail-on';
import { listenForInterruption } from './interruption';
import { createOutput } from './output';
import { runProject } from './run-project';
import { toScopeArguments } from './scope-arguments';
import { readSettings } from './settings';
import type { Streams } from './terminal-streams';

/** `audit [path]`. */
export async function handleAudit(argv: unknown, streams: Streams): Promise<ExitCode> {
  const settings = readSettings(argv);
  const reports = settings.reports.map((path) => ({ path, format: findFormat(path) }));
  for (const { path } of reports) checkDestination('--report', path);
  const output = createOutput(streams, { quiet: settings.quiet, isStdoutForData: settings.json });

  const interruption = listenForInterruption();
  try {
    const { run } = await runProject('audit', settings, streams, interruption.signal);
    for (const { path, format } of reports) writeDestination('--report', path, format.renderRun(run));
    if (settings.json) output.writeData(renderJson(run));
    const scope = toScopeArguments(settings, 'audit');
    output.writeText(renderTerminal(run, { colour: output.colour, stage: 'audited', scope }));
    return run.summary.files.failed > 0 ? exitCodes.filesFailed : decideExitCode(run.findings, settings.failOn);
  } finally {
    interruption.dispose();
  }
}
