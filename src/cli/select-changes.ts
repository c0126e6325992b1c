import type { EngineOutcome } from '../engine/engine';
import { createColours } from '../report/colours';
import { paintDiff } from '../report/paint-diff';
import { createQuestioner } from './ask-on-terminal';
import { chooseChanges } from './choose-changes';
import { InterruptedError } from './cli-error';
import type { Interruption } from './interruption';
import { wantsColour, type Streams } from './terminal-streams';

/**
 * `--interactive`: the outcome without what was declined. Files work together and a manifest depends on all of them, so the
 * engine works it out again from the files as found; taking single files away from its answer could leave a half.
 *
 * @param runAgain the engine, told which files stay as they are
 */
export async function selectChanges(
  first: EngineOutcome,
  streams: Streams,
  interruption: Interruption,
  runAgain: (declined: readonly string[]) => Promise<EngineOutcome>,
): Promise<EngineOutcome> {
  if (first.changes.length === 0) return first;
  const tell = (message: string): void => {
    streams.stderr.write(`${message}\n`);
  };
  const declined = new Set(await askAll(first, streams, interruption, tell));
  if (interruption.signal.aborted) throw new InterruptedError('Nothing was written.');
  if (declined.size === 0) return first;
  let outcome = await runAgain([...declined]);
  for (let unseen = findUnseen(outcome, first); unseen.length > 0; unseen = findUnseen(outcome, first)) {
    for (const path of unseen) declined.add(path);
    outcome = await runAgain([...declined]);
  }
  tellWhatStays(first, outcome, declined, tell);
  return outcome;
}

/** A file that was not shown must not be changed. */
function findUnseen({ changes }: EngineOutcome, first: EngineOutcome): string[] {
  const shown = new Set(first.changes.map(({ path }) => path));
  return changes.filter(({ path, before }) => before !== null && !shown.has(path)).map(({ path }) => path);
}

/** Files that were accepted and stay all the same. */
function tellWhatStays(
  first: EngineOutcome,
  { run, changes }: EngineOutcome,
  declined: ReadonlySet<string>,
  tell: (message: string) => void,
): void {
  const changed = new Set(changes.map(({ path }) => path));
  for (const { path, before } of first.changes) {
    if (before === null || declined.has(path) || changed.has(path)) continue;
    const reason = run.files.find((file) => file.path === path)?.reason ?? 'nothing is left to change in it';
    tell(`${path} stays as it is, too: ${reason.replace(/^declined: /, '')}`);
  }
}

async function askAll(
  { run, changes }: EngineOutcome,
  streams: Streams,
  interruption: Interruption,
  tell: (message: string) => void,
): Promise<readonly string[]> {
  const colours = createColours(wantsColour(streams.stderr, streams.environment));
  const diffs = new Map(run.files.map(({ path, diff }) => [path, diff ?? '']));
  const questioner = createQuestioner(streams, interruption);
  try {
    return await chooseChanges(changes, {
      // The diff of the report, in which credentials are masked.
      show: ({ path }) => {
        tell(paintDiff(diffs.get(path) ?? '', colours));
      },
      ask: questioner.ask,
      tell,
    });
  } finally {
    questioner.close();
  }
}
