import { parentPort, workerData } from 'node:worker_threads';
import { ImportIndex } from '../workspace/import-index';
import { prepareAnalysis } from './analyse';
import { choiceOf } from './choose-rules';
import { judge } from './judge';
import type { FromJudge, SentError, ThreadStart, ToJudge } from './judge-thread';

const { options, found: known } = workerData as ThreadStart;
const answer = (message: FromJudge): void => parentPort?.postMessage(message);

// What fails to load now fails again when it is needed, and is told then.
prepareAnalysis(known, choiceOf(options), options).catch(() => undefined);

parentPort?.on('message', ({ imports, discovery, ...input }: ToJudge) => {
  const index = new ImportIndex();
  index.merge(imports);
  const onProgress: (event: Extract<FromJudge, { kind: 'progress' }>['event']) => void = (event) => {
    answer({ kind: 'progress', event });
  };
  const found = { ...discovery, imports: index };
  judge({ ...input, discovery: found }, { ...options, onProgress }).then(
    async (outcome) => {
      await forget();
      answer({ kind: 'outcome', outcome });
    },
    (error: unknown) => {
      answer({ kind: 'error', error: describe(error) });
    },
  );
});

/** The next run begins with no trees, so that nothing of this one is remembered by their nodes. */
async function forget(): Promise<void> {
  const { forgetParsed } = await import('../../codemods/typed-program/parser.js');
  forgetParsed();
}

function describe(error: unknown): SentError {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { name, message, stack } = thrown;
  const { code, nextStep } = thrown as Error & { code?: unknown; nextStep?: unknown };
  return { name, message, stack, code, nextStep };
}
