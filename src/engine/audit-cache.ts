import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { z } from 'zod';
import { answerRead, idPattern, strongMarkers } from '../catalog';
import { foreignLanguageOf, foreignMarkers, phpEvidence } from '../catalog/languages';
import { readCache, writeCache } from '../workspace/cache/cache-file';
import { findCachePlace, type CachePlace } from '../workspace/cache/cache-place';
import { TreeMemory } from '../workspace/cache/tree-memory';
import type { TreeSearch } from '../workspace/search-tree';
import { messageOf, WorkspaceError } from '../workspace/workspace-error';
import type { JudgeInput } from './judge';
import type { EngineOptions } from './outcome';
import type { Run } from './run';
import { runSchema } from './run-schema';
import { countScanned } from './scope';

/** Runs that are kept, of the last selections and options. */
const MAX_RUNS = 4;

const savedRun = z.object({
  /** Of the options. */
  options: z.string(),
  /** Of everything that was judged. */
  input: z.string(),
  /** Whether it is about the tree as the cache knows it. */
  isCurrent: z.boolean(),
  run: runSchema,
});
type SavedRun = z.infer<typeof savedRun>;

/** What a run follows from, besides the options. */
type Judged = Required<Pick<JudgeInput, 'discovery' | 'selected'>>;

/**
 * What audits remember in a file. Where every file looks as it did to the file system, the last run is given again. Else
 * the files that changed are searched again; and where what the codemods would be given is the same, byte by byte, so is
 * what they would say.
 *
 * No text of a file is kept: figures of files, hashes of names that scripts load, and reports, in which credentials are masked.
 */
export class AuditCache {
  readonly memory: TreeMemory;
  private search: TreeSearch | undefined;

  private constructor(
    private readonly options: EngineOptions,
    private readonly place: CachePlace,
    private readonly key: string,
    private readonly runs: readonly SavedRun[],
    memory: TreeMemory,
    private readonly optionsKey: string,
  ) {
    this.memory = memory;
  }

  /**
   * @param root a real path
   * @throws WorkspaceError CACHE_IN_TREE or CACHE_FOREIGN when the given file must not be written
   */
  static open(root: string, options: EngineOptions): AuditCache {
    const place = findCachePlace(root, options.cache ?? '', options.include);
    const key = keyOf(root, options);
    const optionsKey = keyOfOptions(options);
    const found = readParts(place, options);
    const isOwn = found?.[0]?.toString() === key;
    const runs = isOwn ? z.array(savedRun).parse(JSON.parse(found?.[1]?.toString() ?? '')) : [];
    const isAnswered = runs.some(({ options, isCurrent }) => isCurrent && options === optionsKey);
    const memory = new TreeMemory(root, isOwn ? found?.slice(2) : undefined, isAnswered);
    return new AuditCache(options, place, key, runs, memory, optionsKey);
  }

  /** Whether nothing is known yet, so that everything will have to be judged. */
  get isEmpty(): boolean {
    return this.runs.length === 0;
  }

  /** The run of a tree in which nothing has changed. */
  recallUnchanged(startedAt: Date): Run | undefined {
    if (!this.memory.isUnchanged) return undefined;
    const found = this.runs.find(({ options, isCurrent }) => isCurrent && options === this.optionsKey);
    return found === undefined ? undefined : renew(found.run, startedAt);
  }

  /** The run of the same selection, whatever else has changed. */
  recall(judged: Judged, startedAt: Date): Run | undefined {
    if (looksElsewhere(judged)) return undefined;
    const input = keyOfInput(this.optionsKey, judged);
    const found = this.runs.find((one) => one.input === input);
    if (found === undefined) return undefined;
    const run = renew(found.run, startedAt);
    const files = {
      ...run.summary.files,
      scanned: countScanned(judged.discovery.paths, judged.selected.selection, this.options),
    };
    return { ...run, summary: { ...run.summary, files } };
  }

  /** Is given what was searched, which `save` writes. */
  keep(search: TreeSearch): void {
    this.search = search;
  }

  /** Remembers a run. A cache that cannot be written is no reason to fail. */
  save(run: Run, judged: Judged): void {
    const { search } = this;
    if (search === undefined) return;
    const input = keyOfInput(this.optionsKey, judged);
    const others = this.runs
      .filter((one) => one.input !== input)
      .map((one) => ({ ...one, isCurrent: one.isCurrent && this.memory.isUnchanged }));
    const runs = [{ options: this.optionsKey, input, isCurrent: true, run }, ...others].slice(0, MAX_RUNS);
    try {
      this.place.prepare();
      const tree = this.memory.serialise(search.imports, search.hits);
      const parts = [Buffer.from(this.key), Buffer.from(JSON.stringify(runs)), ...tree];
      if (!writeCache(this.place.path, parts))
        this.options.onNotice?.('The cache would be larger than 256 MB; it was not written.');
    } catch (error) {
      this.options.onNotice?.(`The cache ${this.place.path} could not be written: ${messageOf(error)}`);
    }
  }
}

function readParts(place: CachePlace, { onNotice }: EngineOptions): readonly Buffer[] | undefined {
  try {
    const found = readCache(place.path);
    if (found.kind === 'read') return found.parts;
    if (found.kind === 'none') return undefined;
    if (found.kind === 'foreign' && place.isGiven) {
      throw new WorkspaceError(
        'CACHE_FOREIGN',
        `${place.path} is no cache of this tool, so it is not overwritten.`,
        'Give --cache another name. After the folder, as in `audit shop --cache`, it needs none.',
      );
    }
    onNotice?.(`The cache ${place.path} is damaged; it was ignored and is written anew.`);
  } catch (error) {
    if (error instanceof WorkspaceError) throw error;
    onNotice?.(`The cache ${place.path} could not be read and was ignored: ${messageOf(error)}`);
  }
  return undefined;
}

/** What the PHP codemod says depends on files that it is not given as well: who calls a function is searched everywhere. */
const looksElsewhere = ({ selected: { selection } }: Judged): boolean =>
  selection.files.some(({ path, text }) => foreignLanguageOf(path)?.name === 'php' && phpEvidence.test(text));

const renew = (run: Run, startedAt: Date): Run => ({
  ...run,
  startedAt: startedAt.toISOString(),
  durationMs: Math.max(0, Date.now() - startedAt.getTime()),
});

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Of what decides how a tree is searched. A tool that is built anew may find other things under the same version. */
function keyOf(root: string, { toolVersion, include }: EngineOptions): string {
  const { mtimeMs, size } = statSync(__filename);
  return digest([
    root,
    toolVersion,
    process.version,
    mtimeMs,
    size,
    include,
    strongMarkers,
    foreignMarkers,
    answerRead.source,
    idPattern.source,
  ]);
}

const keyOfOptions = ({ command, strategy, scaffold, only, skip, include, scope }: EngineOptions): string =>
  digest([command, strategy, scaffold, only, skip, include, scope]);

/** Of everything that a run follows from. */
function keyOfInput(options: string, { discovery, selected: { selection, own, vendored } }: Judged): string {
  const hash = createHash('sha256');
  for (const { path, text, encoding, marker } of selection.files) {
    hash.update(JSON.stringify([path, text.length, encoding, marker])).update(text);
  }
  const { packages, configurations, failed, unread, bystanders } = selection;
  const rest = [
    options,
    own,
    vendored.drafts,
    vendored.files,
    vendored.clients.map(({ text }) => text),
    packages.map((one) => ({ ...one, dependencies: [...one.dependencies] })),
    configurations,
    failed,
    unread,
    [...bystanders],
    discovery.noted,
    discovery.legacyCopies,
    discovery.skipped,
    discovery.failed,
  ];
  return hash.update(JSON.stringify(rest)).digest('hex');
}
