import type { CodemodInput, SourceUnit } from '../../codemods/codemod';
import { languageOf } from '../workspace/classify-file';
import type { SyntaxCheck } from './check-syntax';
import type { Encoding } from './loaded-file';
import { mapToFound, rewrite, type Rewriting } from './rewrite';
import { leaveOutPartial, runCodemod, runCodemods, type CodemodRun, type LoadedCodemod } from './run-codemods';
import { buildImportGraph, spreadRefusals, type ImportGraph } from './spread-refusals';
import { HELPER } from './select-files';
import { settleRemarks } from './settle-remarks';
import { describeRewritten, notStable, verifyStability, verifyTexts, type Refusal, type Stability } from './verify';

export interface Migration {
  readonly runs: readonly CodemodRun[];
  readonly rewriting: Rewriting;
  /** Files whose change was taken back. */
  readonly refused: ReadonlyMap<string, Refusal>;
}

export interface MigrationInput {
  readonly codemods: readonly LoadedCodemod[];
  readonly input: CodemodInput;
  /** Files that do not parse. */
  readonly broken: readonly SourceUnit[];
  readonly encodings: ReadonlyMap<string, Encoding>;
  readonly checkSyntax: SyntaxCheck;
  /** What is to stay as it is, because someone said so. */
  readonly declined: readonly string[];
  /** Whether something stands at a path, so that no new file can. */
  readonly isTaken: (path: string) => boolean;
  readonly onCodemod: (name: string) => Promise<void>;
  readonly onRound: () => Promise<void>;
}

/**
 * Rewrites and verifies until what is left passes. Taking back one file can make another one fail (it used what the first
 * one no longer offers), so every round starts from the files as found. Each round takes back one more file at least.
 */
export async function migrateFiles(migration: MigrationInput): Promise<Migration> {
  const { codemods, input, broken, isTaken } = migration;
  const found = new Map(input.files.map(({ path, text }) => [path, text]));
  const early = codemods.filter(({ reads }) => reads === 'found');
  const sources = await runCodemods(early, input, broken, migration.onCodemod);
  const wanted = rewrite(found, sources, new Map(), isTaken);
  const together = sources.flatMap(({ result }) => result.together ?? []);
  const graph = buildImportGraph([found, wanted.texts], input, together);
  const changed = new Set([...wanted.spans.keys(), ...wanted.newFiles.keys()]);
  const refused = new Map<string, Refusal>();
  const refuse = (refusals: ReadonlyMap<string, Refusal>): boolean => {
    const before = refused.size;
    for (const [path, refusal] of refusals) if (!refused.has(path)) refused.set(path, refusal);
    const isAdditive = (path: string): boolean => wanted.newFiles.has(path) || HELPER.test(path);
    for (const [path, cause] of spreadRefusals(refused.keys(), changed, graph, isAdditive)) {
      refused.set(path, refuseWith(cause, refused.get(cause)));
    }
    return refused.size > before;
  };
  refuse(refuseCrashed(sources));
  const declined = 'the change was declined';
  refuse(new Map(migration.declined.map((path) => [path, { reason: declined, error: declined, declined: true }])));

  const verify = async (texts: Rewriting): Promise<Stability> => {
    const described = describeRewritten(input, texts, languageOf);
    const stability = await verifyStability(texts, codemods, described, broken, refused);
    // A second run tries again what was taken back.
    for (const path of withOrphans(refused, wanted, graph).keys()) stability.refusals.delete(path);
    return stability;
  };

  for (;;) {
    await migration.onRound();
    const first = rewrite(found, sources, withOrphans(refused, wanted, graph), isTaken);
    if (refuse(verifyTexts(first, migration.encodings, migration.checkSyntax))) continue;
    let rewriting = first;
    const runs = [...sources];
    for (const one of codemods.filter(({ reads }) => reads === 'rewritten')) {
      const run = await runCodemod(one, describeRewritten(input, rewriting, languageOf), broken);
      runs.push(leaveOutPartial(mapToFound(run, rewriting), refused));
      rewriting = rewrite(found, runs, withOrphans(refused, wanted, graph), isTaken);
    }
    if (refuse(refuseCrashed(runs))) continue;
    await migration.onRound();
    if (refuse(verifyTexts(rewriting, migration.encodings, migration.checkSyntax))) continue;
    const { refusals, remarks } = await verify(rewriting);
    if (refuse(refusals)) continue;
    const said = remarks.map((run) => leaveOut(run, refused));
    if (said.every(({ result }) => result.edits.length === 0)) return { runs, rewriting, refused };
    const settled = settleRemarks(found, rewriting, runs, said);
    const after = await verify(settled.rewriting);
    if (!refuse(new Map([...after.refusals, ...refuseRemarked(after.remarks, refused)])))
      return { ...settled, refused };
  }
}

/** What was said of files that stay as they are does not count. */
const leaveOut = (run: CodemodRun, refused: ReadonlyMap<string, unknown>): CodemodRun => ({
  ...run,
  result: {
    ...run.result,
    edits: run.result.edits.filter(({ path }) => !refused.has(path)),
    findings: run.result.findings.filter(({ path }) => !refused.has(path)),
  },
});

/** A file on which each run remarks something more is never done. */
function refuseRemarked(remarks: readonly CodemodRun[], refused: ReadonlyMap<string, unknown>): Map<string, Refusal> {
  const again = remarks.map((run) => leaveOut(run, refused));
  return new Map(
    again.flatMap(({ name, result }) =>
      result.edits.map(({ path }): [string, Refusal] => [path, notStable(name, 'change this file again')]),
    ),
  );
}

/** Nobody knows what should become of a file on which a codemod crashed, so it stays, and what hangs on it. */
function refuseCrashed(runs: readonly CodemodRun[]): Map<string, Refusal> {
  return new Map(
    runs.flatMap(({ crashed }) =>
      [...crashed].map(([path, error]): [string, Refusal] => [path, { reason: 'a codemod crashed on it', error }]),
    ),
  );
}

function refuseWith(cause: string, refusal: Refusal | undefined): Refusal {
  return {
    reason: 'works together with a file that was not changed',
    error: `not changed, because it works together with ${cause}`,
    ...(refusal?.declined === true ? { declined: true } : {}),
  };
}

/** New files that no changed file would load any more are not written either; nothing failed about them. */
function withOrphans(
  refused: ReadonlyMap<string, Refusal>,
  wanted: Rewriting,
  { importers }: ImportGraph,
): ReadonlyMap<string, unknown> {
  const staying = new Map<string, unknown>(refused);
  if (refused.size === 0) return staying;
  for (const [path, { codemod }] of wanted.newFiles) {
    const users = importers.get(path);
    const edited = [...wanted.spans].filter(([, spans]) => spans.some((span) => span.codemod === codemod));
    const needed = users === undefined ? edited.map(([user]) => user) : [...users];
    if (needed.length > 0 && needed.every((user) => refused.has(user))) staying.set(path, 'orphan');
  }
  return staying;
}
