import { parentPort, workerData } from 'node:worker_threads';
import { ImportIndex } from '../workspace/import-index';
import { createSyntaxCheck } from './check-syntax';
import { judge } from './judge';
import type { FromJudge, SentError, ThreadOptions, ToJudge } from './judge-thread';

const options = workerData as ThreadOptions;
const answer = (message: FromJudge): void => parentPort?.postMessage(message);

// Where this thread is started there is a script to parse.
void createSyntaxCheck();

parentPort?.once('message', ({ imports, discovery, ...input }: ToJudge) => {
  const index = new ImportIndex();
  index.merge(imports);
  const candidates = discovery.candidates.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) }));
  const onProgress: (event: Extract<FromJudge, { kind: 'progress' }>['event']) => void = (event) => {
    answer({ kind: 'progress', event });
  };
  judge({ ...input, discovery: { ...discovery, candidates, imports: index } }, { ...options, onProgress }).then(
    (outcome) => {
      answer({ kind: 'outcome', outcome });
    },
    (error: unknown) => {
      answer({ kind: 'error', error: describe(error) });
    },
  );
});

function describe(error: unknown): SentError {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { name, message, stack } = thrown;
  const { code, nextStep } = thrown as Error & { code?: unknown; nextStep?: unknown };
  return { name, message, stack, code, nextStep };
}
