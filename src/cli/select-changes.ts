import { createPatch, type Change, type EngineOutcome } from '../engine/engine';
import { createColours } from '../report/colours';
import { paintDiff } from '../report/paint-diff';
import { createQuestioner } from './ask-on-terminal';
import { chooseChanges } from './choose-changes';
import { InterruptedError } from './cli-error';
import type { Interruption } from './interruption';
import { reopenFindings } from './reopen-findings';
import { wantsColour, type Streams } from './terminal-streams';

/** `--interactive`: what was accepted, and the run as it is without what was refused. */
export async function selectChanges(
  { run, changes }: EngineOutcome,
  streams: Streams,
  interruption: Interruption,
): Promise<{ run: EngineOutcome['run']; changes: readonly Change[] }> {
  if (changes.length === 0) return { run, changes };
  const colours = createColours(wantsColour(streams.stderr, streams.environment));
  const questioner = createQuestioner(streams, interruption.interrupt);
  try {
    const { accepted, refused } = await chooseChanges(changes, {
      show: (change) => {
        streams.stderr.write(`${paintDiff(createPatch([change]).toString(), colours)}\n`);
      },
      ask: questioner.ask,
      tell: (message) => {
        streams.stderr.write(`${message}\n`);
      },
    });
    if (interruption.signal.aborted) throw new InterruptedError('Nothing was written.');
    return { run: reopenFindings(run, new Set(refused.map(({ path }) => path))), changes: accepted };
  } finally {
    questioner.close();
  }
}
