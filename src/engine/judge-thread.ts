import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error';
import type { JudgeInput } from './judge';
import type { LoadedFile } from './loaded-file';
import type { EngineOptions, EngineOutcome, ProgressEvent } from './outcome';

/** What goes over to the thread: data alone. */
export type ThreadOptions = Omit<EngineOptions, 'onProgress' | 'onNotice' | 'signal' | 'codemods' | 'isInterruptible'>;

/** What the thread starts with. */
export interface ThreadStart {
  readonly options: ThreadOptions;
  /** Candidates that are known already: they tell what will have to be loaded. */
  readonly found: readonly LoadedFile[];
}

export interface ToJudge extends Omit<JudgeInput, 'discovery'> {
  readonly discovery: Omit<JudgeInput['discovery'], 'imports'>;
  readonly imports: Int32Array;
}

export type FromJudge =
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  | { readonly kind: 'outcome'; readonly outcome: EngineOutcome }
  | { readonly kind: 'error'; readonly error: SentError };

/** Errors lose their class and what is not standard on the way. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: unknown;
  readonly nextStep: unknown;
}

/** Megabytes. Code that is nested deeply is followed by functions that call themselves. */
const STACK = 64;

/**
 * Judges in a thread of its own. The checker works without a pause, for minutes in a large project; this thread stays free
 * to hear Ctrl-C, and can end the other one whatever it is doing.
 */
export class JudgeThread {
  private readonly worker: Worker;
  private settle: { resolve(outcome: EngineOutcome): void; reject(reason: unknown): void } | undefined;
  /** What ended the thread. */
  private failure: unknown;
  private readonly abort: () => void;

  /** Starts the thread, which loads the parser and what these files need while the search goes on. */
  constructor(
    private readonly options: EngineOptions,
    found: readonly LoadedFile[],
  ) {
    const { onProgress, signal } = options;
    // Functions do not go over.
    const workerData: ThreadStart = {
      options: {
        ...options,
        ...{ onProgress: undefined, onNotice: undefined, signal: undefined, codemods: undefined },
        ...{ isInterruptible: undefined },
      },
      found,
    };
    this.worker = new Worker(join(__dirname, 'judge-worker.js'), {
      workerData,
      resourceLimits: { stackSizeMb: STACK },
    });
    this.abort = () => {
      this.fail(signal?.reason);
    };
    this.worker.on('message', (message: FromJudge) => {
      if (message.kind === 'progress') onProgress?.(message.event);
      else if (message.kind === 'outcome') this.settle?.resolve(receive(message.outcome));
      else this.settle?.reject(restore(message.error));
    });
    this.worker.on('error', (error) => {
      this.fail(error);
    });
    this.worker.on('exit', (code) => {
      this.fail(new Error(`The thread of the analysis ended with code ${code}.`));
    });
    signal?.addEventListener('abort', this.abort, { once: true });
  }

  /**
   * One run after the other; the parser stays loaded.
   *
   * @throws what `judge` throws, and the reason of the signal as soon as it comes
   */
  judge({ discovery: { imports, ...discovery }, ...input }: JudgeInput): Promise<EngineOutcome> {
    const message: ToJudge = { ...input, discovery, imports: imports.take() };
    this.options.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) reject(this.failure as Error);
      this.settle = { resolve, reject };
      this.worker.postMessage(message);
    });
  }

  private fail(reason: unknown): void {
    this.failure ??= reason;
    this.settle?.reject(reason);
  }

  stop(): void {
    this.options.signal?.removeEventListener('abort', this.abort);
    this.worker.removeAllListeners();
    // A thread that breaks while it is being ended has nothing more to tell.
    this.worker.on('error', () => undefined);
    void this.worker.terminate();
  }
}

/** Buffers arrive as plain bytes. */
function receive({ run, changes }: EngineOutcome): EngineOutcome {
  return {
    run,
    changes: changes.map(({ path, before, after }) => ({
      path,
      before: before === null ? null : Buffer.from(before.buffer, before.byteOffset, before.byteLength),
      after: Buffer.from(after.buffer, after.byteOffset, after.byteLength),
    })),
  };
}

function restore({ name, message, stack, code, nextStep }: SentError): Error {
  const error =
    name === 'EngineError' && (code === 'CODEMOD_CRASHED' || code === 'UNKNOWN_RULE') && typeof nextStep === 'string'
      ? new EngineError(code, message, nextStep)
      : Object.assign(
          new Error(message),
          code === undefined ? {} : { code },
          nextStep === undefined ? {} : { nextStep },
        );
  if (stack !== undefined) error.stack = stack;
  return error;
}
