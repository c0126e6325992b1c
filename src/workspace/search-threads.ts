import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ImportIndex } from './import-index';
import { decodeHit, type Hit, type RawHit, type Wanted } from './search-files';

export interface WorkerInput {
  readonly root: string;
  readonly wanted: Wanted;
}

/** Paths go over as one text, parted by NUL, which no path holds: far cheaper than a list. */
export type ToWorker =
  { readonly kind: 'search'; readonly first: number; readonly paths: string } | { readonly kind: 'end' };

export type FromWorker =
  | { readonly kind: 'searched'; readonly count: number; readonly hits: readonly RawHit[] }
  | { readonly kind: 'end'; readonly imports: Int32Array };

/** More threads than this cost more memory than they save time. */
const MAX_THREADS = 8;
/** Files that may wait in the threads; beyond it the walk waits, so that memory stays bounded. */
const MAX_WAITING = 50_000;

/** Searches files in threads of their own. Reading blocks a thread, so there are at least two. */
export class SearchThreads {
  private readonly workers: Worker[];
  private readonly hits: Hit[] = [];
  private waiting = 0;
  private searched = 0;
  private running: number;
  private turn = 0;
  private failure: Error | undefined;
  private isNews = false;
  private wake: () => void = () => undefined;

  constructor(
    input: WorkerInput,
    private readonly imports: ImportIndex,
  ) {
    const count = Math.min(MAX_THREADS, Math.max(2, availableParallelism()));
    this.workers = Array.from(
      { length: count },
      () => new Worker(join(__dirname, 'search-worker.js'), { workerData: input }),
    );
    this.running = count;
    for (const worker of this.workers) {
      worker.on('message', (message: FromWorker) => this.receive(message));
      worker.on('error', (error: Error) => this.fail(error));
      worker.on('exit', (code) => this.fail(new Error(`a search thread ended with code ${code}`)));
    }
  }

  /** Hands files to the threads in turn. */
  send(paths: readonly string[], first: number): void {
    const message: ToWorker = { kind: 'search', first, paths: paths.join('\0') };
    this.workers[this.turn]?.postMessage(message);
    this.turn = (this.turn + 1) % this.workers.length;
    this.waiting += paths.length;
  }

  /** Says that no more files come. */
  end(): void {
    const message: ToWorker = { kind: 'end' };
    for (const worker of this.workers) worker.postMessage(message);
  }

  /** The files that are searched. */
  get done(): number {
    return this.searched;
  }

  get isFull(): boolean {
    return this.waiting > MAX_WAITING;
  }

  /** True when all threads have answered to the end. */
  get isFinished(): boolean {
    return this.running === 0;
  }

  /** What was found since the last call. */
  takeHits(): Hit[] {
    if (this.failure !== undefined) throw this.failure;
    return this.hits.splice(0);
  }

  /** Resolves when a thread has said something since the last call. */
  async next(): Promise<void> {
    if (!this.isNews) await new Promise<void>((resolve) => (this.wake = resolve));
    this.isNews = false;
    if (this.failure !== undefined) throw this.failure;
  }

  /** Ends the threads, whatever they are doing. */
  stop(): void {
    this.running = 0;
    for (const worker of this.workers) {
      worker.removeAllListeners();
      // A thread that breaks while it is being ended has nothing more to tell.
      worker.on('error', () => undefined);
      void worker.terminate();
    }
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'end') {
      this.imports.merge(message.imports);
      this.running -= 1;
    } else {
      this.waiting -= message.count;
      this.searched += message.count;
      for (const { path, found } of message.hits) {
        // Buffers arrive as plain bytes.
        const own = found.kind === 'candidate' ? { ...found, bytes: Buffer.from(found.bytes.buffer) } : found;
        this.hits.push(decodeHit({ path, found: own }));
      }
    }
    this.tell();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.tell();
  }

  private tell(): void {
    this.isNews = true;
    this.wake();
  }
}
