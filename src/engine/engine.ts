import { openRoot } from '../workspace/open-root';
import { prepareAnalysis } from './analyse';
import { BUNDLES, codemodList } from './codemod-list';
import { discover } from './discover';
import { needsParser } from './find-bystanders';
import { choiceOf, judge } from './judge';
import { JudgeThread } from './judge-thread';
import type { LoadedFile } from './loaded-file';
import type { EngineOptions, EngineOutcome } from './outcome';
import { UNCLAIMED } from './unclaimed';

export { createPatch } from './create-patch';
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
  const startedAt = new Date();
  const root = openRoot(options.root);
  if (options.isInterruptible !== true) {
    const choice = choiceOf(options);
    const onIdle = (found: readonly LoadedFile[]): Promise<void> => prepareAnalysis(found, choice, options);
    return judge({ root, startedAt, discovery: await discover(root, { ...options, onIdle }) }, options);
  }
  let thread: JudgeThread | undefined;
  try {
    // A project without scripts needs no parser, and then judging it takes no time.
    const onIdle = async (found: readonly LoadedFile[]): Promise<void> => {
      if (found.some(needsParser)) thread ??= new JudgeThread(options);
    };
    const discovery = await discover(root, { ...options, onIdle });
    const input = { root, startedAt, discovery };
    return thread === undefined && options.scaffold !== true
      ? await judge(input, options)
      : await (thread ??= new JudgeThread(options)).judge(input);
  } finally {
    thread?.stop();
  }
}
