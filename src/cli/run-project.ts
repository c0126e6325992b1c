import { rules } from '../catalog/rules';
import { codemodNames, openEngine, type Engine, type EngineOutcome } from '../engine/engine';
import type { Scope } from '../engine/scope';
import { listChanged } from '../workspace/list-changed';
import { checkDirectory } from './check-directory';
import { checkNames } from './check-names';
import { InterruptedError } from './cli-error';
import { describeProgress } from './describe-progress';
import { createProgress } from './progress';
import type { Settings } from './settings';
import type { Streams } from './terminal-streams';
import { readToolVersion } from './tool-version';

/** Runs the engine over the project that the settings name, with progress for who watches. */
export async function runProject(
  command: 'audit' | 'migrate',
  settings: Settings,
  streams: Streams,
  signal: AbortSignal,
  declined: readonly string[] = [],
): Promise<EngineOutcome> {
  const project = openProject(command, settings, streams, signal, declined);
  try {
    return await project.run();
  } finally {
    project.stop();
  }
}

/** The same for runs one after the other, between which the parser stays loaded. */
export function openProject(
  command: 'audit' | 'migrate',
  settings: Settings,
  streams: Streams,
  signal: AbortSignal,
  declined: readonly string[] = [],
): Engine {
  const root = checkDirectory(settings.path);
  const known = { rules: Object.keys(rules), codemods: codemodNames };
  checkNames('--only', settings.only, known);
  checkNames('--skip', settings.skip, known);
  let progress = createProgress(streams, { quiet: true });
  const engine = openEngine({
    root,
    command,
    strategy: settings.strategy,
    scaffold: settings.scaffold,
    only: settings.only,
    skip: settings.skip,
    include: settings.include,
    declined,
    toolVersion: readToolVersion(),
    onProgress: (event) => {
      progress.update(describeProgress(event));
    },
    onNotice: (text) => {
      if (!settings.quiet) streams.stderr.write(`notice: ${text}\n`);
    },
    ...scopeOf(root, settings),
    ...(settings.cache === null ? {} : { cache: settings.cache }),
    signal,
    isInterruptible: true,
  });
  return {
    run: async () => {
      progress = createProgress(streams, { quiet: settings.quiet });
      try {
        const outcome = await engine.run();
        // The engine may have finished in the same turn in which Ctrl-C came.
        if (signal.aborted) throw new InterruptedError('Nothing was written.');
        return outcome;
      } catch (error) {
        if (signal.aborted && !(error instanceof InterruptedError)) throw new InterruptedError('Nothing was written.');
        throw error;
      } finally {
        progress.stop();
      }
    },
    stop: () => {
      engine.stop();
    },
  };
}

/** The part of the project that is asked for. */
function scopeOf(root: string, { since, shard, include }: Settings): { scope?: Scope } {
  if (since === null && shard === null) return {};
  const paths = since === null ? [] : listChanged(root, since, { ignored: include.length > 0 });
  const changed = since === null ? {} : { changed: { since, paths } };
  return { scope: { ...changed, ...(shard === null ? {} : { shard }) } };
}
