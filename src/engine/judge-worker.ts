import { parentPort, workerData } from 'node:worker_threads';
import { ImportIndex } from '../workspace/import-index';
import { createSyntaxCheck } from './check-syntax';
import { judge } from './judge';
import type { FromJudge, SentError, ThreadOptions, ToJudge } from './judge-thread';

const options = workerData as ThreadOptions;
const answer = (message: FromJudge): void => parentPort?.postMessage(message);

// Where this thread is started there is a script to parse.
void createSyntaxCheck();

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
