import type { Codemod, CodemodInput, CodemodResult, SourceUnit } from '../../codemods/codemod';
import type { CodemodEntry } from './codemod-list';
import { EngineError } from './engine-error';
import { runAroundCrashes } from './run-around-crashes';

/** A codemod that is loaded. */
export interface LoadedCodemod {
  readonly codemod: Codemod;
  readonly reads: CodemodEntry['reads'];
  readonly parses?: CodemodEntry['parses'];
}

/** What one codemod says; offsets count the files as found. */
export interface CodemodRun {
  readonly name: string;
  readonly result: CodemodResult;
  /** Files on which it crashed, with what it said; nothing is known of them. */
  readonly crashed: ReadonlyMap<string, string>;
}

/** Loads the codemods of the list, in its order. */
export async function loadCodemods(entries: readonly CodemodEntry[]): Promise<LoadedCodemod[]> {
  const loaded: LoadedCodemod[] = [];
  for (const { load, reads, parses } of entries)
    loaded.push({ codemod: await load(), reads, ...(parses === undefined ? {} : { parses }) });
  return loaded;
}

/**
 * Runs one codemod. Where it crashes on a file, it runs again without it and says so.
 *
 * @param broken files that do not parse. Nobody can rewrite them, but what they load is in use: the codemods that judge the
 *   outcome as a whole have to know of them
 * @throws EngineError when it crashes whatever it is given
 */
export async function runCodemod(
  { codemod, reads, parses }: LoadedCodemod,
  input: CodemodInput,
  broken: readonly SourceUnit[],
): Promise<CodemodRun> {
  const { bystanders } = input;
  const concerned =
    parses === true && bystanders !== undefined ? input.files.filter(({ path }) => !bystanders.has(path)) : input.files;
  const files = reads === 'rewritten' ? [...concerned, ...broken] : concerned;
  try {
    const { result, crashed } = await runAroundCrashes(codemod, { ...input, files });
    const failures = [...crashed].map(([path, error]) => ({ path, error }));
    return { name: codemod.name, result: { ...result, failures: [...result.failures, ...failures] }, crashed };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new EngineError(
      'CODEMOD_CRASHED',
      `${codemod.name} crashed; nothing was changed. ${reason}`,
      `This is a bug: please report it. --skip ${codemod.name} runs everything else.`,
      { cause: error },
    );
  }
}

/**
 * Runs codemods that need nothing of one another, one after the other, and answers in their order. A thread for the largest of
 * them was slower, since it types everything anew (bench/README.md).
 *
 * @param onCodemod called before each; ends the work by throwing
 */
export async function runCodemods(
  codemods: readonly LoadedCodemod[],
  input: CodemodInput,
  broken: readonly SourceUnit[],
  onCodemod?: (name: string) => Promise<void>,
): Promise<CodemodRun[]> {
  const runs: CodemodRun[] = [];
  for (const one of codemods) {
    await onCodemod?.(one.codemod.name);
    runs.push(await runCodemod(one, input, broken));
  }
  return runs;
}

/** A codemod that runs late writes its files together: one that must not be written takes all it does along. */
export function leaveOutPartial(run: CodemodRun, refused: ReadonlyMap<string, unknown>): CodemodRun {
  if (!run.result.newFiles.some(({ path }) => refused.has(path))) return run;
  return { ...run, result: { ...run.result, edits: [], newFiles: [], findings: [] } };
}
