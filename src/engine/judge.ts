import type { FindingDraft } from '../../codemods/codemod';
import { rules } from '../catalog';
import { analyse, type Analysis } from './analyse';
import { choiceOf, type Choice } from './choose-rules';
import { BUNDLES, codemodList } from './codemod-list';
import { collectChanges } from './collect-changes';
import type { Discovery } from './discover';
import { describeFindings } from './findings';
import type { LoadedFile } from './loaded-file';
import { maskSecrets } from './mask-secrets';
import { describeFiles, type OutcomeInput } from './outcomes';
import type { EngineOptions, EngineOutcome } from './outcome';
import { leaveCovered } from './leave-covered';
import { measureMigrated } from './measure-migrated';
import { isOwnReport } from './own-report';
import { reportCopies } from './report-copies';
import type { Finding, Run } from './run';
import { countScanned, createScope, describeScope } from './scope';
import { selectFiles, type Selection } from './select-files';
import { summarise } from './summary';
import { findUnclaimed, UNCLAIMED } from './unclaimed';
import { findVendored, type Vendored } from './find-vendored';

/** What the search found, and what has to be known to judge it. */
export interface JudgeInput {
  /** A real path. */
  readonly root: string;
  readonly startedAt: Date;
  readonly discovery: Discovery;
  /** What was selected of it already. */
  readonly selected?: Selected;
}

/** The files to be judged, and those that are reports of this tool. */
export interface Selected {
  readonly selection: Selection;
  readonly own: readonly string[];
  readonly vendored: Vendored;
}

/** Selects the files to be judged. */
export async function select(root: string, discovered: Discovery, options: EngineOptions): Promise<Selected> {
  const own = new Set(discovered.candidates.filter(isOwnReport).map(({ path }) => path));
  const vendored = findVendored(discovered);
  const leaveOut = new Set(vendored.files.map(({ path }) => path));
  const candidates = discovered.candidates.filter(({ path }) => !own.has(path) && !leaveOut.has(path));
  const wants = { servers: options.scaffold === true, leaveOut };
  const selection = await selectFiles(root, { ...discovered, candidates }, wants);
  return { selection, own: [...own], vendored };
}

/** Says what is legacy in what was found, and for `migrate` what the files become. */
export async function judge(
  { root, startedAt, discovery, selected }: JudgeInput,
  options: EngineOptions,
): Promise<EngineOutcome> {
  const choice = choiceOf(options);
  const { selection, own, vendored } = selected ?? (await select(root, discovery, options));
  const isInScope = createScope(options.scope, selection.packages);
  const within = <T extends { readonly path: string }>(all: readonly T[]): readonly T[] =>
    options.scope === undefined ? all : all.filter(({ path }) => isInScope(path));
  const analysis = await analyse(root, discovery.paths, chooseForScope(selection, isInScope), choice, options);
  const analysed = within(analysis.files);
  const legacyCopies = within(discovery.legacyCopies);
  const loaded = new Set(selection.files.map(({ path }) => path));
  const noted = within(discovery.noted).filter(({ path }) => !loaded.has(path));

  const copies = choice.runs(BUNDLES) ? reportCopies(legacyCopies, rules) : [];
  const found = within(leaveCovered(analysis.runs, options.codemods ?? codemodList, choice.reports));
  const unclaimed = choice.runs(UNCLAIMED) ? findUnclaimed(analysed, found) : [];
  const drafts = [...found, ...unclaimed, ...within(vendored.drafts)];
  const findings = [
    ...collectFindings(analysis, [...analysis.files, ...vendored.clients], drafts, choice),
    ...copies,
  ].sort(compareFindings);
  const files = describeFiles({
    command: options.command,
    files: analysed,
    noted,
    legacyCopies,
    skipped: within([
      ...discovery.skipped,
      ...vendored.files,
      ...own.map((path) => ({ path, reason: 'a report of this tool' })),
    ]),
    failed: within([...discovery.failed, ...selection.failed, ...analysis.failed, ...collectFailures(analysis)]),
    refused: analysis.refused,
    changed: await describeChanged(analysis),
    drafts,
    isReported: choice.reports,
    isComplete: options.only.length === 0 && options.skip.length === 0,
  });
  const run: Run = {
    schemaVersion: 1,
    tool: { name: 'amazon-pay-migrate', version: options.toolVersion },
    command: options.command,
    root,
    ...describeScope(options),
    startedAt: startedAt.toISOString(),
    // A clock may be set back meanwhile.
    durationMs: Math.max(0, Date.now() - startedAt.getTime()),
    summary: summarise(
      findings,
      files,
      { scanned: countScanned(discovery.paths, selection, options), analysed: analysed.length + noted.length },
      measureMigrated(analysed),
    ),
    findings,
    files,
  };
  return { run, changes: collectChanges(analysis.files, analysis.rewriting) };
}

const chooseForScope = (selection: Selection, isInScope: (path: string) => boolean): Selection =>
  selection.files.some(({ path }) => isInScope(path)) ? selection : { ...selection, files: [] };

function collectFindings(
  { rewriting }: Analysis,
  files: readonly LoadedFile[],
  drafts: readonly FindingDraft[],
  choice: Choice,
): Finding[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const { spans, newFiles } = rewriting;
  return describeFindings({
    drafts: drafts.filter(choice.reports),
    sourceOf: (path) => {
      const text = texts.get(path);
      if (text === undefined) return { text: newFiles.get(path)?.text ?? '' };
      const own = spans.get(path);
      return own === undefined
        ? { text }
        : { text, rewritten: { text: rewriting.texts.get(path) ?? text, spans: own } };
    },
    stands: ({ path, rewrittenIn = path, codemod }) =>
      spans.get(rewrittenIn)?.some((span) => span.codemod === codemod) ?? newFiles.has(rewrittenIn),
    rules,
  });
}

function collectFailures({ runs, rewriting }: Analysis): { path: string; error: string }[] {
  const dropped = [...rewriting.dropped].map(([path, error]) => ({ path, error }));
  return [...runs.flatMap(({ result }) => result.failures), ...dropped].map(({ path, error }) => ({
    path,
    error: maskSecrets(error),
  }));
}

/** Diffs for the report are of masked texts; those of the patch are not. */
async function describeChanged({ files, rewriting }: Analysis): Promise<OutcomeInput['changed']> {
  const changed = new Map<string, { diff: string; codemods: string[]; isNew: boolean }>();
  if (rewriting.spans.size + rewriting.newFiles.size === 0) return changed;
  const { createTextDiff } = await import('./create-patch.js');
  for (const { path, text } of files) {
    const spans = rewriting.spans.get(path);
    if (spans === undefined) continue;
    const after = maskSecrets(rewriting.texts.get(path) ?? text, path);
    const diff = createTextDiff(path, maskSecrets(text, path), after);
    changed.set(path, { diff, codemods: [...new Set(spans.map(({ codemod }) => codemod))], isNew: false });
  }
  for (const [path, { text, codemod }] of rewriting.newFiles) {
    changed.set(path, { diff: createTextDiff(path, null, maskSecrets(text, path)), codemods: [codemod], isNew: true });
  }
  return changed;
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

function compareFindings(a: Finding, b: Finding): number {
  const [from, to] = [a.range.start, b.range.start];
  return (
    compare(a.file, b.file) ||
    compare(from.line, to.line) ||
    compare(from.column, to.column) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}
