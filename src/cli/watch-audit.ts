import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Finding, Run } from '../engine/run';
import { createColours, type Colours } from '../report/colours';
import { compareRuns } from '../report/compare-runs';
import { toOneLine } from '../report/plain-text';
import { renderTerminal } from '../report/render-terminal';
import { realPathOf } from '../workspace/real-path';
import { TreeWatch } from '../workspace/watch-tree';
import { CliError, InterruptedError } from './cli-error';
import { exitCodes, type ExitCode } from './exit-codes';
import type { Output } from './output';
import { openProject } from './run-project';
import { toScopeArguments } from './scope-arguments';
import type { Settings } from './settings';
import type { Streams } from './terminal-streams';
import type { PlannedReports } from './write-reports';

/** Places of a kind that are shown after a save. */
const SHOWN = 10;

/** Refuses what makes no sense for something that goes on. */
export function checkWatch({ json, since }: Settings): void {
  if (json) throw new CliError('USAGE', '--json is one report; --watch makes many.', 'Use --report FILE instead.');
  if (since === null) return;
  throw new CliError('USAGE', '--watch and --since do not go together.', 'With --watch, every save is told by itself.');
}

/** Tells the paths below a root that are reports of this audit: each audit writes them, and none may start the next. */
export function isReportOf(root: string, reports: readonly string[]): (path: string) => boolean {
  const own = new Set(reports.map(realPathOf));
  return (path) => own.has(resolve(root, path));
}

/** Audits again whenever a file has changed, and says what is new or fixed since the last time. Ctrl-C ends it well. */
export async function watchAudit(
  settings: Settings,
  streams: Streams,
  output: Output,
  reports: PlannedReports,
  signal: AbortSignal,
): Promise<ExitCode> {
  const root = realpathSync(settings.path);
  // Before the first audit, so that nothing is missed that is saved meanwhile.
  const watch = new TreeWatch(root, settings.include, isReportOf(root, settings.reports));
  const project = openProject('audit', settings, streams, signal);
  try {
    let last: Run | undefined;
    while (!signal.aborted) {
      const { run } = await project.run();
      await reports.writeFresh(run, output);
      const scope = toScopeArguments(settings, 'audit');
      if (last === undefined) output.writeText(renderTerminal(run, { colour: output.colour, stage: 'audited', scope }));
      else output.writeText(describeProgress(last, run, createColours(output.colour)));
      if (last === undefined) output.writeText('Watching for changes. Ctrl-C ends.\n');
      last = run;
      await watch.next(signal);
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
  } finally {
    project.stop();
    watch.stop();
  }
  return exitCodes.done;
}

/** What a save did, in a line, and the places that it is about; nothing when it did nothing. */
function describeProgress(before: Run, after: Run, colours: Colours): string {
  const { fixed, new: added } = compareRuns(before, after);
  const problems = ({ files }: Run): string[] =>
    files.flatMap(({ path, error }) => (error === undefined ? [] : [`${path}: ${error}`]));
  const known = new Set(problems(before));
  const failed = problems(after).filter((problem) => !known.has(problem));
  if (fixed.length + added.length + failed.length === 0) return '';
  const time = new Date(after.startedAt).toTimeString().slice(0, 8);
  const summary = `${time}  new ${added.length}, fixed ${fixed.length}, open ${after.summary.findings.open}`;
  return [
    summary,
    ...list(added, (place) => colours.red(`  + ${place}`)),
    ...list(fixed, (place) => colours.green(`  - ${place}`)),
    ...failed.slice(0, SHOWN).map((problem) => colours.red(`  ! ${toOneLine(problem)}`)),
    '',
  ].join('\n');
}

function list(findings: readonly Finding[], paint: (place: string) => string): string[] {
  const shown = findings.slice(0, SHOWN).map(({ file, range, rule, message }) => {
    const place = `${file}:${range.start.line}:${range.start.column}`;
    return paint(`${toOneLine(place)}  ${toOneLine(rule, 80)}  ${toOneLine(message)}`);
  });
  return findings.length > SHOWN ? [...shown, `    … and ${findings.length - SHOWN} more`] : shown;
}
