import type { Codemod, CodemodInput, CodemodResult, SourceUnit } from '../../codemods/codemod';
import type { CodemodEntry } from './codemod-list';
import { EngineError } from './engine-error';

/** A codemod that is loaded. */
export interface LoadedCodemod {
  readonly codemod: Codemod;
  readonly reads: CodemodEntry['reads'];
}

/** What one codemod says; offsets count the files as found. */
export interface CodemodRun {
  readonly name: string;
  readonly result: CodemodResult;
}

/** Loads the codemods of the list, in its order. */
export async function loadCodemods(entries: readonly CodemodEntry[]): Promise<LoadedCodemod[]> {
  const loaded: LoadedCodemod[] = [];
  for (const { load, reads } of entries) loaded.push({ codemod: await load(), reads });
  return loaded;
}

/** A search for the file at fault that takes longer than the run itself is not worth it. */
const MAX_TRIALS = 100;

/** The file without which the codemod does not crash. */
async function findCulprit(codemod: Codemod, input: CodemodInput, error: unknown): Promise<string | undefined> {
  const stack = error instanceof Error ? `${error.message}${error.stack ?? ''}` : String(error);
  // A file that the error itself names is tried first.
  const files = [...input.files].sort((a, b) => Number(stack.includes(b.path)) - Number(stack.includes(a.path)));
  for (const { path } of files.slice(0, MAX_TRIALS)) {
    try {
      await codemod.run({ ...input, files: input.files.filter((file) => file.path !== path) });
      return path;
    } catch {
      // It is another one, or more than one.
    }
  }
  return undefined;
}

/**
 * Runs one codemod.
 *
 * @throws EngineError CODEMOD_CRASHED, with the path of the file at fault where there is one
 *
 * @param broken files that do not parse. Nobody can rewrite them, but what they load is in use: the codemods that judge the
 *   outcome as a whole have to know of them
 */
export async function runCodemod(
  { codemod, reads }: LoadedCodemod,
  input: CodemodInput,
  broken: readonly SourceUnit[],
): Promise<CodemodRun> {
  const files = reads === 'rewritten' ? [...input.files, ...broken] : input.files;
  try {
    return { name: codemod.name, result: await codemod.run({ ...input, files }) };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new EngineError(
      'CODEMOD_CRASHED',
      `${codemod.name} crashed: ${reason}`,
      `This is a bug: please report it. --skip ${codemod.name} runs everything else.`,
      { cause: error, path: await findCulprit(codemod, { ...input, files }, error) },
    );
  }
}

/** A codemod that runs late writes its files together: one that must not be written takes all it does along. */
export function leaveOutPartial(run: CodemodRun, refused: ReadonlyMap<string, unknown>): CodemodRun {
  if (!run.result.newFiles.some(({ path }) => refused.has(path))) return run;
  return { name: run.name, result: { ...run.result, edits: [], newFiles: [], findings: [] } };
}
