import type { Codemod, CodemodInput, CodemodResult } from '../../codemods/codemod';

export interface GuardedResult {
  readonly result: CodemodResult;
  /** Files on which the codemod crashed, with what it said. */
  readonly crashed: ReadonlyMap<string, string>;
}

/** From here on it is not single files that are odd: the codemod is taken out for all of them. */
const MAX_CRASHES = 10;
const NOTHING: CodemodResult = { edits: [], newFiles: [], findings: [], failures: [] };

/**
 * Runs a codemod without the files on which it crashes. A codemod does not say which file that was, so the shortest
 * beginning of the list on which it crashes is looked for; its last file is the one.
 *
 * @throws what the codemod throws when it is given no file at all
 */
export async function runAroundCrashes(codemod: Codemod, input: CodemodInput): Promise<GuardedResult> {
  const crashed = new Map<string, string>();
  let given = input;
  for (;;) {
    const attempt = await tryRun(codemod, given);
    if (attempt.kind === 'done') return { result: attempt.result, crashed };
    if (crashed.size === MAX_CRASHES) {
      for (const { path } of given.files) crashed.set(path, describeCrash(codemod, attempt.error));
      return { result: NOTHING, crashed };
    }
    const { path, error } = await findCulprit(codemod, given, attempt.error);
    crashed.set(path, describeCrash(codemod, error));
    given = {
      ...given,
      files: given.files.filter((unit) => unit.path !== path),
      unread: [...(given.unread ?? []), path],
    };
  }
}

type Attempt =
  { readonly kind: 'done'; readonly result: CodemodResult } | { readonly kind: 'crash'; readonly error: unknown };

async function tryRun(codemod: Codemod, input: CodemodInput): Promise<Attempt> {
  try {
    return { kind: 'done', result: await codemod.run(input) };
  } catch (error) {
    return { kind: 'crash', error };
  }
}

/** Halves the list: a beginning that passes on one side, one that crashes on the other, until one file lies between. */
async function findCulprit(
  codemod: Codemod,
  input: CodemodInput,
  error: unknown,
): Promise<{ readonly path: string; readonly error: unknown }> {
  const empty = await tryRun(codemod, { ...input, files: [] });
  if (empty.kind === 'crash') throw empty.error;
  let passes = 0;
  let crashes = input.files.length;
  let last = error;
  while (crashes - passes > 1) {
    const middle = Math.floor((passes + crashes) / 2);
    const attempt = await tryRun(codemod, { ...input, files: input.files.slice(0, middle) });
    if (attempt.kind === 'done') passes = middle;
    else {
      crashes = middle;
      last = attempt.error;
    }
  }
  const culprit = input.files[crashes - 1];
  if (culprit === undefined) throw error;
  return { path: culprit.path, error: last };
}

/** With the place in this tool where it happened: that is what a report of the bug needs, and it holds no code. */
function describeCrash({ name }: Codemod, error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const place = /^\s+at .*?((?:codemods|src|transforms)[\\/][^\s()]+)/m.exec(
    error instanceof Error ? (error.stack ?? '') : '',
  );
  const where = place?.[1] === undefined ? '' : ` at ${place[1]}`;
  return `${name} crashed on this file, which is a bug in this tool: ${what}${where}. It was left as it is.`;
}
