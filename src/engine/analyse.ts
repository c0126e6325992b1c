import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { CodemodInput, SourceUnit } from '../../codemods/codemod';
import { checkAbort } from './check-abort';
import { createSyntaxCheck, isScript, type SyntaxCheck } from './check-syntax';
import type { Choice } from './choose-rules';
import { codemodList, type CodemodEntry } from './codemod-list';
import { needsParser } from './find-bystanders';
import type { FailedFile, LoadedFile } from './loaded-file';
import { migrateFiles, type Migration } from './migrate-files';
import type { EngineOptions } from './outcome';
import { findSpecifiers } from '../workspace/find-specifiers';
import { ImportResolver } from './resolve-import';
import { rewrite } from './rewrite';
import { loadCodemods, runCodemods } from './run-codemods';
import { createSearch } from './search-elsewhere';
import type { Selection } from './select-files';

export interface Analysis extends Migration {
  /** What the codemods got: the files that parse. */
  readonly files: readonly LoadedFile[];
  readonly failed: readonly FailedFile[];
}

/** The codemods that have something to say of the files. */
function chosen(files: readonly LoadedFile[], choice: Choice, options: EngineOptions): CodemodEntry[] {
  return (options.codemods ?? codemodList).filter(
    (entry) =>
      (entry.onRequest === undefined || (options.command === 'migrate' && options[entry.onRequest] === true)) &&
      choice.runs(entry) &&
      (entry.concerns === undefined || files.some(entry.concerns)),
  );
}

/** Loads what takes long to load as soon as it is certain that it will be needed. */
export async function prepareAnalysis(
  candidates: readonly LoadedFile[],
  choice: Choice,
  options: EngineOptions,
): Promise<void> {
  const concerned = candidates.filter(needsParser);
  if (concerned.length === 0) return;
  await createSyntaxCheck();
  await loadCodemods(chosen(concerned, choice, options));
}

/**
 * Runs the codemods over the selected files: once for `audit`, and until what they do is verified for `migrate`.
 *
 * @param paths all files of the project
 */
export async function analyse(
  root: string,
  paths: readonly string[],
  selection: Selection,
  choice: Choice,
  options: EngineOptions,
): Promise<Analysis> {
  const { bystanders } = selection;
  const parse = await prepareCheck(selection.files.filter(({ path }) => !bystanders.has(path)));
  const { files, broken, failed } = leaveOutBroken(selection.files, bystanders, parse);
  const concerned = files.filter(({ path }) => !bystanders.has(path));
  const codemods = files.length === 0 ? [] : await loadCodemods(chosen(concerned, choice, options));
  const input: CodemodInput = {
    files: files.map(({ path, text, language }) => ({ path, text, language })),
    packages: selection.packages,
    configurations: selection.configurations,
    strategy: options.strategy,
    unread: selection.unread,
    bystanders,
    searchElsewhere: createSearch(root, paths, new Set(selection.files.map(({ path }) => path))),
  };
  const found = new Map(files.map(({ path, text }) => [path, text]));
  const onCodemod = async (name: string): Promise<void> => {
    await checkAbort(options.signal);
    options.onProgress?.({ phase: 'analysing', codemod: name, files: files.length });
  };
  if (options.command === 'audit') {
    const runs = await runCodemods(codemods, input, broken, onCodemod);
    return { files, failed, runs, rewriting: rewrite(found, [], new Map(), () => false), refused: new Map() };
  }
  const migration = await migrateFiles({
    codemods,
    input,
    broken,
    encodings: new Map(files.map(({ path, encoding }) => [path, encoding])),
    checkSyntax: parse,
    declined: options.declined ?? [],
    isTaken: (path) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined,
    onCodemod,
    onRound: async () => {
      await checkAbort(options.signal);
      options.onProgress?.({ phase: 'verifying', files: files.length });
    },
  });
  return { files, failed: failed.map((file) => nameWhatChanged(file, broken, input, migration)), ...migration };
}

/** The parser is slow to load, so a project without scripts does not wait for it. */
async function prepareCheck(files: readonly LoadedFile[]): Promise<SyntaxCheck> {
  return files.some(({ path }) => isScript(path)) ? createSyntaxCheck() : () => undefined;
}

/** A codemod would guess at a file that does not parse. */
function leaveOutBroken(
  selected: readonly LoadedFile[],
  bystanders: ReadonlySet<string>,
  check: SyntaxCheck,
): { readonly files: LoadedFile[]; readonly broken: SourceUnit[]; readonly failed: FailedFile[] } {
  const files: LoadedFile[] = [];
  const broken: SourceUnit[] = [];
  const failed: FailedFile[] = [];
  for (const file of selected) {
    const isChecked = isScript(file.path) && !bystanders.has(file.path);
    const error = isChecked ? check(file.path, file.text) : undefined;
    if (error === undefined) files.push(file);
    else {
      // No parser is to be tried on it again.
      broken.push({ path: file.path, text: file.text, language: 'other' });
      // What a candidate merely loads may be anything; only a file with a marker was to be migrated.
      if (file.marker !== null) failed.push({ path: file.path, error: `syntax error in ${error}` });
    }
  }
  return { files, broken, failed };
}

/** A file that could not be migrated may use what was: then it breaks, and says here with whom. */
function nameWhatChanged(
  failure: FailedFile,
  broken: readonly SourceUnit[],
  { files, packages, configurations }: CodemodInput,
  { rewriting }: Migration,
): FailedFile {
  const text = broken.find(({ path }) => path === failure.path)?.text ?? '';
  const resolver = new ImportResolver(new Set(files.map(({ path }) => path)), packages, configurations);
  const loaded = findSpecifiers(Buffer.from(text)).flatMap(
    (specifier) => resolver.resolve(failure.path, specifier) ?? [],
  );
  const changed = [...new Set(loaded)].filter((path) => rewriting.spans.has(path));
  if (changed.length === 0) return failure;
  return {
    ...failure,
    error: `${failure.error} It loads ${changed.join(', ')}, which changes: migrate it by hand as well.`,
  };
}
