import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import type { CodemodInput, SourceUnit } from '../../codemods/codemod';
import type { CodemodEntry } from './codemod-list';
import { STACK } from './judge-thread';
import { runCodemod, type CodemodRun, type LoadedCodemod } from './run-codemods';
import { restoreError, type SentError } from './sent-error';

/** Runs codemods that need nothing of one another, and answers in their order. */
export type RunCodemods = (
  codemods: readonly LoadedCodemod[],
  input: CodemodInput,
  broken: readonly SourceUnit[],
  /** Called before each that runs in this thread; ends the work by throwing. */
  onCodemod?: (name: string) => Promise<void>,
) => Promise<CodemodRun[]>;

export interface ToCodemod {
  readonly name: string;
  readonly input: CodemodInput;
  readonly broken: readonly SourceUnit[];
}

export type FromCodemod =
  { readonly kind: 'run'; readonly run: CodemodRun } | { readonly kind: 'error'; readonly error: SentError };

/** Scripts below which another parser takes longer to load than it saves (bench/README.md). */
const SCRIPTS = 40;

/** One codemod after the other, in this thread. */
export const runHere: RunCodemods = async (codemods, input, broken, onCodemod) => {
  const runs: CodemodRun[] = [];
  for (const one of codemods) {
    await onCodemod?.(one.codemod.name);
    runs.push(await runCodemod(one, input, broken));
  }
  return runs;
};

/**
 * Whether a codemod gets a thread of its own: where a thread judges (so that a program that uses the engine has none that it
 * did not ask for), when there is much to do and another processor to do it.
 */
export const isWorthThread = (codemods: readonly CodemodEntry[], scripts: number): boolean =>
  !isMainThread && scripts >= SCRIPTS && availableParallelism() > 1 && codemods.some(({ beside }) => beside === true);

/** Runs the codemods that say so in a thread beside this one, at the same time as the others; it is to be stopped. */
export class CodemodThread {
  private readonly worker: Worker;
  private settle: { resolve(run: CodemodRun): void; reject(reason: unknown): void } | undefined;
  private failure: unknown;

  /** Starts the thread, which loads its parser while this one reads on. */
  constructor() {
    this.worker = new Worker(join(__dirname, 'codemod-worker.js'), { resourceLimits: { stackSizeMb: STACK } });
    this.worker.on('message', (message: FromCodemod) => {
      if (message.kind === 'run') this.settle?.resolve(message.run);
      else this.settle?.reject(restoreError(message.error));
    });
    this.worker.on('error', (error) => {
      this.fail(error);
    });
    this.worker.on('exit', (code) => {
      this.fail(new Error(`The thread of a codemod ended with code ${code}.`));
    });
  }

  readonly run: RunCodemods = async (codemods, input, broken, onCodemod) => {
    const beside = codemods.find((one) => one.beside === true);
    const others = codemods.filter((one) => one !== beside);
    const [run, runs] = await Promise.all([
      beside === undefined ? undefined : this.ask(beside.codemod.name, input, broken),
      runHere(others, input, broken, onCodemod),
    ]);
    const found = new Map([...(run === undefined ? [] : [run]), ...runs].map((one) => [one.name, one]));
    return codemods.flatMap(({ codemod }) => found.get(codemod.name) ?? []);
  };

  stop(): void {
    this.worker.removeAllListeners();
    // A thread that breaks while it is being ended has nothing more to tell.
    this.worker.on('error', () => undefined);
    void this.worker.terminate();
  }

  private ask(name: string, input: CodemodInput, broken: readonly SourceUnit[]): Promise<CodemodRun> {
    // Functions do not go over.
    const message: ToCodemod = { name, input: { ...input, searchElsewhere: undefined } as CodemodInput, broken };
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      if (this.failure !== undefined) reject(this.failure as Error);
      else this.worker.postMessage(message);
    });
  }

  private fail(reason: unknown): void {
    this.failure ??= reason;
    this.settle?.reject(reason);
  }
}
