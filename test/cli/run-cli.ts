import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Run } from '../../src/engine/run';

/** The built program: what people install is what is tested. */
export const entryPath = process.env['AMAZON_PAY_MIGRATE_BIN'] ?? resolve(__dirname, '../../dist/src/cli/main.js');
if (!existsSync(entryPath)) throw new Error(`${entryPath} does not exist: run npm run build before these tests.`);

/** What the engine shall answer: the command line is tested apart from what the codemods can do. */
export interface StubbedOutcome {
  readonly run: Run;
  readonly changes?: readonly { path: string; before: string | null; after: string }[];
  /** wait: the engine ends only when it is interrupted, which it says on stderr with `engine started`. */
  readonly behaviour?: 'answer' | 'wait' | 'crash';
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Record<string, string>;
  readonly input?: string;
  readonly outcome?: StubbedOutcome;
  /** A file descriptor instead of a pipe. */
  readonly stdout?: number;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as a process of its own, with stdin, stdout and stderr being pipes. */
export function runCli(args: readonly string[], options: RunOptions = {}): CliResult {
  const { argv, env, cleanUp } = prepare(args, options);
  try {
    const result = spawnSync(process.execPath, argv, {
      cwd: options.cwd,
      env,
      input: options.input ?? '',
      encoding: 'utf8',
      stdio: ['pipe', options.stdout ?? 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: result.status, stdout: result.stdout ?? '', stderr: result.stderr };
  } finally {
    cleanUp();
  }
}

/** The same, still running: for signals and closed pipes. `finished` resolves when it has ended. */
export function startCli(
  args: readonly string[],
  options: RunOptions,
): { child: ChildProcess; finished: Promise<CliResult> } {
  const { argv, env, cleanUp } = prepare(args, options);
  const child = spawn(process.execPath, argv, { cwd: options.cwd, env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const finished = new Promise<CliResult>((settle) => {
    child.on('close', (code) => {
      cleanUp();
      settle({ code, stdout, stderr });
    });
  });
  return { child, finished };
}

function prepare(args: readonly string[], { outcome, environment }: RunOptions) {
  const env = { ...process.env, NO_COLOR: '', LANG: 'de_DE.UTF-8', ...environment };
  if (outcome === undefined) return { argv: [entryPath, ...args], env, cleanUp: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'stubbed-outcome-'));
  const file = join(folder, 'outcome.json');
  writeFileSync(file, JSON.stringify(outcome));
  return {
    argv: ['--require', join(__dirname, 'stub-engine.cjs'), entryPath, ...args],
    env: { ...env, STUBBED_OUTCOME: file },
    cleanUp: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
