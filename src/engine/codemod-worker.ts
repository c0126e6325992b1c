import { parentPort } from 'node:worker_threads';
import { createSyntaxCheck } from './check-syntax';
import { codemodList } from './codemod-list';
import type { FromCodemod, ToCodemod } from './run-beside';
import { loadCodemods, runCodemod, type CodemodRun } from './run-codemods';
import { sendError } from './sent-error';

const answer = (message: FromCodemod): void => parentPort?.postMessage(message);
const beside = codemodList.filter((entry) => entry.beside === true);

// Where this thread is started there is much to parse.
void createSyntaxCheck();
const loading = loadCodemods(beside);

parentPort?.on('message', (message: ToCodemod) => {
  run(message).then(
    (done) => answer({ kind: 'run', run: done }),
    (error: unknown) => answer({ kind: 'error', error: sendError(error) }),
  );
});

async function run({ name, input, broken }: ToCodemod): Promise<CodemodRun> {
  const codemod = (await loading).find((one) => one.codemod.name === name);
  if (codemod === undefined) throw new Error(`There is no codemod ${name} that runs beside others.`);
  return runCodemod(codemod, input, broken);
}
