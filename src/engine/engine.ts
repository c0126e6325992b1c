import { openRoot } from '../workspace/open-root';
import { encode } from '../workspace/decode-text';
import type { CodemodInput, FindingDraft } from '../../codemods/codemod';
import { findSyntaxErrors } from './check-syntax';
import { codemodList, selectCodemods, type CodemodEntry, type Selection } from './codemod-list';
import type { Change } from './create-patch';
import { discover, type Progress, type Project, type ProjectFile } from './discover';
import { toFindings, type FindingSource } from './findings';
import { bundleFindings, describeFiles } from './outcomes';
import { rewrite, type Rewritten } from './rewrite';
import type { Run } from './run';
import { selectFiles } from './select-files';
import { summarise } from './summary';
import { findUnclaimed } from './unclaimed';
import { verify } from './verify';

export { codemodList as codemods } from './codemod-list';
export { createPatch, type Change } from './create-patch';
export type { EngineProgress } from './discover';

export interface EngineOptions {
  readonly root: string;
  readonly command: 'audit' | 'migrate';
  readonly strategy: 'instead' | 'beside';
  /** Codemods or rules; empty for all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Patterns in .gitignore syntax that bring ignored paths back. */
  readonly include: readonly string[];
  readonly toolVersion: string;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
  /** The codemods to run; all of them unless a test says otherwise. */
  readonly codemods?: readonly CodemodEntry[];
}

export interface EngineOutcome {
  readonly run: Run;
  /** What migrate would write. Empty for audit. */
  readonly changes: readonly Change[];
}

interface Analysed {
  readonly project: Project;
  readonly files: readonly ProjectFile[];
  readonly rewritten: Rewritten;
  readonly remaining: readonly FindingDraft[];
  readonly failures: ReadonlyMap<string, string>;
  readonly selection: Selection;
}

async function analyse(options: EngineOptions): Promise<Analysed> {
  const report = options.onProgress ?? (() => undefined);
  const root = openRoot(options.root);
  const selection = selectCodemods(options.codemods ?? codemodList, options.only, options.skip);
  const project = discover(root, options.include, report);
  options.signal?.throwIfAborted();
  const files = project.candidates.length === 0 ? [] : selectFiles(project);
  const failures = new Map(project.failed.map(({ path, error }) => [path, error]));
  for (const { path, error } of await findSyntaxErrors(files.map(({ unit }) => unit))) failures.set(path, error);
  const units = files.map(({ unit }) => unit).filter(({ path }) => !failures.has(path));
  const input: CodemodInput = { files: units, packages: project.packages, strategy: options.strategy };
  report({ phase: 'Analysing', done: 0, total: units.length });
  const keep = options.command === 'migrate';
  const rewritten = await rewrite(input, selection, keep);
  options.signal?.throwIfAborted();
  report({ phase: 'Verifying', done: 0, total: units.length });
  const verified =
    keep && rewritten.edits.size > 0
      ? await verify(rewritten, input, selection)
      : { refused: new Map<string, string>(), remaining: [] };
  for (const [path, reason] of verified.refused) failures.set(path, reason);
  for (const { path, error } of rewritten.failures) failures.set(path, error);
  return { project, files, rewritten, remaining: verified.remaining, failures, selection };
}

function toChanges({ files, rewritten, failures }: Analysed): Change[] {
  const after = new Map(rewritten.units.map((unit) => [unit.path, unit.text]));
  const edited = files.flatMap(({ unit, bytes, encoding }): Change[] => {
    const text = after.get(unit.path);
    if (text === undefined || text === unit.text || failures.has(unit.path)) return [];
    return [{ path: unit.path, before: bytes, after: encode(text, encoding) }];
  });
  const fresh = rewritten.newFiles
    .filter(({ path }) => !failures.has(path))
    .map(({ path, text }): Change => ({ path, before: null, after: Buffer.from(text, 'utf8') }));
  return [...edited, ...fresh].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the run itself wrote down as a decision is listed already, as the assisted finding it belongs to. */
const isNew = ({ codemod }: FindingDraft): boolean => codemod !== 'decisions';

const placeOf = ({ rule, path, legacy }: FindingDraft): string =>
  [rule, path, legacy.name, legacy.operation].join('\0');

/** What the first run listed, and what only shows once the code is rewritten. */
function allDrafts({ project, files, rewritten, remaining, failures, selection }: Analysed): {
  first: FindingDraft[];
  later: FindingDraft[];
} {
  const readable = files.filter(({ unit }) => !failures.has(unit.path));
  const unclaimed = findUnclaimed(readable, rewritten.findings);
  const first = [...rewritten.findings, ...bundleFindings(project), ...unclaimed].filter(({ rule }) =>
    selection.wants(rule),
  );
  const known = new Set(first.map(placeOf));
  return {
    first,
    later: remaining.filter((draft) => isNew(draft) && !known.has(placeOf(draft)) && selection.wants(draft.rule)),
  };
}

/**
 * Audits or migrates a codebase: discover, analyse, rewrite, verify, report. Nothing is written.
 *
 * @throws WorkspaceError when the root cannot be used
 */
export async function runEngine(options: EngineOptions): Promise<EngineOutcome> {
  const startedAt = new Date();
  const started = performance.now();
  const analysed = await analyse(options);
  const { project, files, rewritten, failures } = analysed;
  const changes = options.command === 'migrate' ? toChanges(analysed) : [];
  const changed = new Set(changes.map(({ path }) => path));
  const originals = new Map(files.map(({ unit }) => [unit.path, unit.text]));
  const results = new Map(rewritten.units.map((unit) => [unit.path, unit.text]));
  const drafts = allDrafts(analysed);
  const sourceOf = (path: string): FindingSource | undefined => {
    const text = originals.get(path);
    const skipped = project.skipped.some((aside) => aside.path === path);
    if (text === undefined) return skipped ? { text: '' } : undefined;
    const after = results.get(path);
    const edits = rewritten.edits.get(path);
    return changed.has(path) && after !== undefined && edits !== undefined
      ? { text, change: { text: after, edits } }
      : { text };
  };
  const findings = [
    ...toFindings(drafts.first, sourceOf),
    ...toFindings(drafts.later, (path) => (results.has(path) ? { text: results.get(path) ?? '' } : undefined)),
  ].sort((a, b) =>
    a.file < b.file
      ? -1
      : a.file > b.file
        ? 1
        : a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column,
  );
  const outcomes = describeFiles({ project, files, changes, failures, drafts: drafts.first });
  const run: Run = {
    schemaVersion: 1,
    tool: { name: 'amazon-pay-migrate', version: options.toolVersion },
    command: options.command,
    root: project.root,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - started),
    summary: summarise(findings, outcomes, project.scanned.length, files.length),
    findings,
    files: outcomes,
  };
  return { run, changes };
}
