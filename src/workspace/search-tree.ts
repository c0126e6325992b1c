import { setImmediate } from 'node:timers/promises';
import type { TreeMemory } from './cache/tree-memory';
import { ImportIndex } from './import-index';
import { decodeHit, FileSearch, type Hit, type Wanted } from './search-files';
import { SearchThreads } from './search-threads';
import { walk, type WalkResult } from './walk';

export interface TreeSearch extends WalkResult {
  /** Every file that was looked into, in no order. */
  readonly paths: readonly string[];
  readonly hits: readonly Hit[];
  /** Who loads what; files are numbered as in `paths`. */
  readonly imports: ImportIndex;
}

export interface SearchOptions {
  readonly include: readonly string[];
  readonly wanted: Wanted;
  /** Called between batches; ends the search by throwing. */
  readonly onBatch: (done: number, found: number) => Promise<void>;
  /** Is given new hits while there is nothing to do but wait for threads: time to load what will judge them. */
  readonly onIdle?: (hits: readonly Hit[]) => Promise<void>;
  /** Files from which on threads are worth their start. */
  readonly threadsFrom?: number;
  /** Knows files that need not be searched again. */
  readonly memory?: TreeMemory;
}

const BATCH = 128;
/** Below it, starting threads takes as long as they save (bench/README.md). */
const THREADS_FROM = 5000;

/** Walks a tree and searches every file of it once; a large one in threads, while the walk goes on. */
export async function searchTree(root: string, options: SearchOptions): Promise<TreeSearch> {
  const imports = new ImportIndex();
  const paths: string[] = [];
  const everything = walk(root, options);
  const walking = options.memory?.walkRest(everything) ?? everything;
  const searched = await searchWalked(root, walking, paths, imports, options);
  options.memory?.complete(paths, imports);
  return { ...searched, paths, imports };
}

async function searchWalked(
  root: string,
  walking: Generator<readonly string[], WalkResult>,
  paths: string[],
  imports: ImportIndex,
  options: SearchOptions,
): Promise<WalkResult & Pick<TreeSearch, 'hits'>> {
  const small = takeSome(walking, paths, options.threadsFrom ?? THREADS_FROM);
  if (small !== undefined) return { ...small, hits: await searchHere(root, paths, imports, options) };

  const threads = new SearchThreads({ root, wanted: options.wanted }, imports);
  try {
    const walked = await feed(threads, walking, paths, options);
    return { ...walked, hits: await collect(threads, paths.length, options) };
  } finally {
    threads.stop();
  }
}

/** Walks until there are so many files; answers with the end of the walk when it comes first. */
function takeSome(
  walking: Generator<readonly string[], WalkResult>,
  paths: string[],
  limit: number,
): WalkResult | undefined {
  while (paths.length < limit) {
    const next = walking.next();
    if (next.done === true) return next.value;
    for (const path of next.value) paths.push(path);
  }
  return undefined;
}

async function searchHere(
  root: string,
  paths: readonly string[],
  imports: ImportIndex,
  options: SearchOptions,
): Promise<Hit[]> {
  const search = new FileSearch(root, options.wanted, imports);
  const hits: Hit[] = [];
  for (let first = 0; first < paths.length; first += BATCH) {
    await options.onBatch(first, paths.length);
    const news = search.search(paths.slice(first, first + BATCH), first).map(decodeHit);
    if (news.length > 0) await options.onIdle?.(news);
    hits.push(...news);
  }
  return hits;
}

/** Gives the threads what the walk finds. */
async function feed(
  threads: SearchThreads,
  walking: Generator<readonly string[], WalkResult>,
  paths: string[],
  options: SearchOptions,
): Promise<WalkResult> {
  let sent = 0;
  for (;;) {
    while (paths.length - sent >= BATCH) {
      threads.send(paths.slice(sent, sent + BATCH), sent);
      sent += BATCH;
      if ((sent / BATCH) % 16 === 0) await options.onBatch(threads.done, paths.length);
    }
    while (threads.isFull) {
      await threads.next();
      await options.onBatch(threads.done, paths.length);
    }
    const next = walking.next();
    if (next.done === true) {
      if (sent < paths.length) threads.send(paths.slice(sent), sent);
      threads.end();
      return next.value;
    }
    for (const path of next.value) paths.push(path);
  }
}

async function collect(threads: SearchThreads, total: number, options: SearchOptions): Promise<Hit[]> {
  const hits: Hit[] = [];
  // What has already arrived comes in.
  await setImmediate();
  for (;;) {
    const news = threads.takeHits();
    hits.push(...news);
    if (threads.isFinished) return hits;
    if (news.length > 0) await options.onIdle?.(news);
    await options.onBatch(threads.done, total);
    await threads.next();
  }
}
