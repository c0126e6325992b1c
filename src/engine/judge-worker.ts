import { parentPort, workerData } from 'node:worker_threads';
import { ImportIndex } from '../workspace/import-index';
import { createSyntaxCheck } from './check-syntax';
import { judge } from './judge';
import type { LoadedFile } from './loaded-file';
import type { FromJudge, SentError, ThreadOptions, ToJudge } from './judge-thread';

const options = workerData as ThreadOptions;
const answer = (message: FromJudge): void => parentPort?.postMessage(message);

// Where this thread is started there is a script to parse.
void createSyntaxCheck();

parentPort?.on('message', ({ imports, discovery, ...input }: ToJudge) => {
  const index = new ImportIndex();
  index.merge(imports);
  const candidates = discovery.candidates.map(receive);
  const { selection, own } = input.selected ?? {};
  const selected =
    selection === undefined || own === undefined
      ? {}
      : { selected: { own, selection: { ...selection, files: selection.files.map(receive) } } };
  const onProgress: (event: Extract<FromJudge, { kind: 'progress' }>['event']) => void = (event) => {
    answer({ kind: 'progress', event });
  };
  const found = { ...discovery, candidates, imports: index };
  judge({ ...input, ...selected, discovery: found }, { ...options, onProgress }).then(
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

/** Buffers arrive as plain bytes. */
function receive(file: LoadedFile): LoadedFile {
  return { ...file, bytes: Buffer.from(file.bytes) };
}

function describe(error: unknown): SentError {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { name, message, stack } = thrown;
  const { code, nextStep } = thrown as Error & { code?: unknown; nextStep?: unknown };
  return { name, message, stack, code, nextStep };
}
