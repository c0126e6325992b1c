import { openRoot } from '../workspace/open-root';
import { choiceOf, type Choice } from './choose-rules';
import { BUNDLES, codemodList } from './codemod-list';
import { discover } from './discover';
import { needsParser } from './find-bystanders';
import type { JudgeInput } from './judge';
import { isConcerned } from './scope';
import { JudgeThread } from './judge-thread';
import type { LoadedFile } from './loaded-file';
import type { EngineOptions, EngineOutcome } from './outcome';
import { UNCLAIMED } from './unclaimed';

export { EngineError } from './engine-error';
export { holdsSecret } from './mask-secrets';
export type { Change, EngineOptions, EngineOutcome, ProgressEvent as EngineProgress } from './outcome';

/** What `--only` and `--skip` know besides rules. */
export const codemodNames: readonly string[] = [...codemodList, BUNDLES, UNCLAIMED].map(({ name }) => name);

/**
 * Looks at a project and says what is legacy in it; for `migrate` also what its files become. Nothing is written.
 *
 * @throws EngineError when a codemod crashes; WorkspaceError when the root cannot be read; the signal's reason on abort
 */
export async function runEngine(options: EngineOptions): Promise<EngineOutcome> {
  const engine = openEngine(options);
  try {
    return await engine.run();
  } finally {
    engine.stop();
  }
}

/** The same again and again: the parser stays loaded in between. */
export interface Engine {
  /** One at a time. */
  run(): Promise<EngineOutcome>;
  stop(): void;
}

/** Opens an engine, which is to be stopped. */
export function openEngine(options: EngineOptions): Engine {
  const judging = new Judging(options);
  return {
    run: async () => {
      const startedAt = new Date();
      const root = openRoot(options.root);
      const isCached = options.cache !== undefined && options.command === 'audit';
      return (isCached ? runCached : runOnce)(root, startedAt, options, judging);
    },
    stop: () => {
      judging.stop();
    },
  };
}

async function runOnce(
  root: string,
  startedAt: Date,
  options: EngineOptions,
  judging: Judging,
): Promise<EngineOutcome> {
  const onIdle = (found: readonly LoadedFile[]): Promise<void> => judging.prepare(found);
  const discovery = await discover(root, { ...options, onIdle });
  const selected =
    options.scope === undefined ? {} : { selected: await (await loadJudge()).select(root, discovery, options) };
  return judging.judge({ root, startedAt, discovery, ...selected });
}

/** Runs an audit with what earlier ones remembered. */
async function runCached(
  root: string,
  startedAt: Date,
  options: EngineOptions,
  judging: Judging,
): Promise<EngineOutcome> {
  const { AuditCache } = await import('./audit-cache.js');
  const cache = AuditCache.open(root, options);
  const discovery = await discover(root, {
    ...options,
    memory: cache.memory,
    // What is known may be all that is needed.
    onIdle: async (found) => (cache.isEmpty ? judging.prepare(found) : undefined),
    onSearched: (search) => {
      cache.keep(search);
    },
  });
  const unchanged = cache.recallUnchanged(startedAt);
  if (unchanged !== undefined) return { run: unchanged, changes: [] };
  const selected = await (await loadJudge()).select(root, discovery, options);
  const input = { root, startedAt, discovery, selected };
  const run = cache.recall(input, startedAt) ?? (await judging.judge(input)).run;
  cache.save(run, input);
  return { run, changes: [] };
}

/** Where a thread judges, this one need not load what does. */
const loadJudge = () => import('./judge.js');

/** Judges here, or where it may take long in a thread, which is started as soon as it is certain to be needed. */
class Judging {
  private thread: JudgeThread | undefined;
  private readonly choice: Choice;

  constructor(private readonly options: EngineOptions) {
    this.choice = choiceOf(options);
  }

  async prepare(found: readonly LoadedFile[]): Promise<void> {
    if (this.options.scope !== undefined) return;
    if (this.options.isInterruptible !== true) {
      const { prepareAnalysis } = await import('./analyse.js');
      await prepareAnalysis(found, this.choice, this.options);
    }
    // A project without scripts needs no parser, and then judging it takes no time.
    else if (found.some(needsParser)) this.thread ??= new JudgeThread(this.options, found);
  }

  async judge(input: JudgeInput): Promise<EngineOutcome> {
    const { selection } = input.selected ?? {};
    const mayMatter = selection === undefined || isConcerned(selection, this.options);
    const isLong = mayMatter && (input.discovery.candidates.some(needsParser) || this.options.scaffold === true);
    if (this.options.isInterruptible !== true || !isLong) return (await loadJudge()).judge(input, this.options);
    this.thread ??= new JudgeThread(this.options, []);
    return this.thread.judge(input);
  }

  stop(): void {
    this.thread?.stop();
  }
}
