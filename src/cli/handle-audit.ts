import { renderTerminal } from '../report/render-terminal';
import { checkDestination } from './destinations';
import { exitCodes, type ExitCode } from './exit-codes';
import { decideExitCode } from './fail-on';
import { listenForInterruption } from './interruption';
import { createOutput } from './output';
import { runProject } from './run-project';
import { toScopeArguments } from './scope-arguments';
import { readSettings } from './settings';
import type { Streams } from './terminal-streams';
import { planReports } from './write-reports';

/** `audit [path]`. */
export async function handleAudit(argv: unknown, streams: Streams): Promise<ExitCode> {
  const settings = await readSettings(argv);
  const reports = await planReports(settings, streams);
  if (settings.cache !== null && settings.cache !== '') checkDestination('--cache', settings.cache);
  const output = createOutput(streams, { quiet: settings.quiet, isStdoutForData: settings.json });

  const watching = settings.watch ? await import('./watch-audit.js') : undefined;
  watching?.checkWatch(settings);
  const interruption = listenForInterruption();
  try {
    if (watching !== undefined)
      return await watching.watchAudit(settings, streams, output, reports, interruption.signal);
    const { run } = await runProject('audit', settings, streams, interruption.signal);
    await reports.writeFresh(run, output);
    const scope = toScopeArguments(settings, 'audit');
    output.writeText(renderTerminal(run, { colour: output.colour, stage: 'audited', scope }));
    return run.summary.files.failed > 0 ? exitCodes.filesFailed : decideExitCode(run.findings, settings.failOn);
  } finally {
    interruption.dispose();
  }
}
