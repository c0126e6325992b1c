import { parentPort, workerData } from 'node:worker_threads';
import { ImportIndex } from './import-index';
import { FileSearch } from './search-files';
import type { FromWorker, ToWorker, WorkerInput } from './search-threads';

const { root, wanted } = workerData as WorkerInput;
const imports = new ImportIndex();
const search = new FileSearch(root, wanted, imports);

const answer = (message: FromWorker, owned: readonly ArrayBuffer[]): void => parentPort?.postMessage(message, owned);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'end') {
    const taken = imports.take();
    answer({ kind: 'end', imports: taken }, [taken.buffer]);
    return;
  }
  const paths = message.paths.split('\0');
  const hits = search.search(paths, message.first);
  const owned = hits.flatMap(({ found }) => (found.kind === 'candidate' ? [found.bytes.buffer as ArrayBuffer] : []));
  answer({ kind: 'searched', count: paths.length, hits }, owned);
});
