import type { CodemodEntry } from './codemod-list';
import type { Run } from './run';
import type { Scope } from './scope';

/** One file that `migrate` changes: its bytes as found (null: there was no such file) and as they are to be. */
export interface Change {
  readonly path: string;
  readonly before: Buffer | null;
  readonly after: Buffer;
}

export interface EngineOutcome {
  readonly run: Run;
  /** Empty after `audit`. Nothing has been written. */
  readonly changes: Change[];
}

export type ProgressEvent =
  | { readonly phase: 'searching'; readonly done: number; readonly total: number }
  | { readonly phase: 'analysing'; readonly codemod: string; readonly files: number }
  | { readonly phase: 'verifying'; readonly files: number };

export interface EngineOptions {
  readonly root: string;
  readonly command: 'audit' | 'migrate';
  readonly strategy: 'instead' | 'beside';
  /** Whether `migrate` also writes the server side of the v2 checkout. */
  readonly scaffold?: boolean;
  /** Names of codemods or ids of rules; empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Patterns in .gitignore syntax that bring back what .gitignore or a generated file would leave out. */
  readonly include: readonly string[];
  /** Files that someone declined to change under `migrate`; what works together with them stays as well. */
  readonly declined?: readonly string[];
  /** The part of the project that an audit reports; absent: all of it. */
  readonly scope?: Scope;
  readonly toolVersion: string;
  readonly onProgress?: (event: ProgressEvent) => void;
  readonly signal?: AbortSignal;
  /** Works in a thread of its own where it takes long, so that the signal is heard at once. */
  readonly isInterruptible?: boolean;
  /** A file in which an audit remembers what it found, so that the next one need not look again; '' for the default. */
  readonly cache?: string;
  /** Is told what is not as one would expect and does no harm. */
  readonly onNotice?: (text: string) => void;
  /** What runs instead of the codemods of the toolkit. */
  readonly codemods?: readonly CodemodEntry[];
}
