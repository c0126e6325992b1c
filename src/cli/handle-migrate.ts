import { holdsSecret, type Change, type EngineOutcome } from '../engine/engine';
import type { Run } from '../engine/run';
import { createColours } from '../report/colours';
import { paintDiff } from '../report/paint-diff';
import { renderTerminal } from '../report/render-terminal';
import { applyChanges } from './apply-changes';
import { requireAnswers } from './ask-on-terminal';
import { checkDirectory } from './check-directory';
import { CliError } from './cli-error';
import { checkDestination, writeDestination } from './destinations';
import { exitCodes, type ExitCode } from './exit-codes';
import { decideExitCode } from './fail-on';
import { guardFiles, guardGit } from './guard-git';
import { listenForInterruption } from './interruption';
import { createOutput, type Output } from './output';
import { runProject } from './run-project';
import { toScopeArguments } from './scope-arguments';
import { selectChanges } from './select-changes';
import { readSettings, type Settings } from './settings';
import type { Streams } from './terminal-streams';
import { planReports } from './write-reports';

/** `migrate [path]`: everything that can be refused is refused before the work starts, and before any question. */
export async function handleMigrate(argv: unknown, streams: Streams): Promise<ExitCode> {
  const settings = await readSettings(argv);
  checkSettings(settings);
  const reports = await planReports(settings, streams);
  const root = checkDirectory(settings.path);
  const isGuarded = settings.write && !settings.allowDirty;
  const output = createOutput(streams, {
    quiet: settings.quiet,
    isStdoutForData: settings.json || settings.patch === '-',
  });

  const interruption = listenForInterruption();
  try {
    if (settings.interactive) await requireAnswers(streams.stdin);
    if (isGuarded) guardGit(root);
    const runEngine = (declined: readonly string[] = []): Promise<EngineOutcome> =>
      runProject('migrate', settings, streams, interruption.signal, declined);
    const outcome = await runEngine();
    const { run, changes } = settings.interactive
      ? await selectChanges(outcome, streams, interruption, runEngine)
      : outcome;
    if (isGuarded) guardFiles(root, changes);
    if (settings.write) await applyChanges(root, changes, interruption.signal);
    await writePatch(changes, settings, output, streams);
    await reports.writeFresh(run, output);
    writeForPeople(run, changes, settings, output);
    return run.summary.files.failed > 0 ? exitCodes.filesFailed : decideExitCode(run.findings, settings.failOn);
  } finally {
    interruption.dispose();
  }
}

function checkSettings(settings: Settings): void {
  if (settings.json && settings.patch === '-') {
    throw new CliError(
      'USAGE',
      '--json and --patch - both want stdout.',
      'Give --patch a file, or --report instead of --json.',
    );
  }
  if (settings.patch !== null && settings.patch !== '-') checkDestination('--patch', settings.patch);
}

/** The bytes of the merchant's own files: a masked patch would not apply. */
async function writePatch(
  changes: readonly Change[],
  settings: Settings,
  output: Output,
  streams: Streams,
): Promise<void> {
  if (settings.patch === null) return;
  const { createPatch } = await import('../engine/create-patch.js');
  const patch = createPatch(changes);
  if (holdsSecret(patch.toString())) {
    streams.stderr.write(
      'warning: the patch repeats credentials that stand in your sources (masked, git could not apply it). Keep it as private as they are.\n',
    );
  }
  if (settings.patch === '-') output.writeData(patch);
  else writeDestination('--patch', settings.patch, patch);
}

function writeForPeople(run: Run, changes: readonly Change[], settings: Settings, output: Output): void {
  if (!settings.write && settings.patch === null && !settings.interactive && changes.length > 0) {
    // The diffs of the report, in which credentials are masked: a terminal is shared, and its text is kept in logs.
    const diff = run.files.map((file) => file.diff ?? '').join('');
    output.writeText(`${paintDiff(diff, createColours(output.colour))}\n`);
  }
  const stage = settings.write ? 'written' : 'previewed';
  output.writeText(renderTerminal(run, { colour: output.colour, stage, scope: toScopeArguments(settings, 'migrate') }));
  if (settings.patch !== null && settings.patch !== '-' && changes.length > 0) {
    const undo = settings.write ? 'To undo what was written: git apply -R' : 'To apply the patch instead: git apply';
    output.writeText(`${undo} ${settings.patch}\n`);
  }
}
