import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/**
 * Runs a script in a child process in which Amazon is a recording stand-in (preload.cjs), and returns what the script
 * printed and what it would have sent. The clients are the real ones; only the wire is not.
 *
 *   const run = await runScript({
 *     entry: 'refund.js',
 *     cwd: shop,                                     // makeProject(...) gives a folder whose node_modules resolve
 *     env: { AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY', AMAZON_PAY_PRIVATE_KEY: privateKey },
 *     answers: [
 *       { when: { method: 'POST', path: '/v2/refunds$' }, replies: [{ status: 429, json: throttled }, { status: 201, json: refund }] },
 *       ...v2Answers,                                // the defaults: v2-answers.ts, legacy-answers.ts
 *     ],
 *   });
 *   run.requests[0].json                             // the body that was sent, parsed
 *
 * The first answer that matches wins, so put your own before the defaults. Its replies are given in order and the last
 * one repeats. A request that nothing matches is answered with 501 and stands in `unanswered`; check that it is empty.
 * With `clock: 'fast'` waits of 100 ms and more end at once and are listed in `waits`.
 */
export interface Answer {
  /** All given conditions must hold. `path` is the source of a regular expression, tested on path and query. */
  readonly when: {
    readonly method?: string;
    readonly host?: string;
    readonly path?: string;
    /** MWS action, in the form body or the query. */
    readonly action?: string;
  };
  readonly replies: readonly Reply[];
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** One of these; `xml` is sent as exactly `text/xml`. */
  readonly json?: unknown;
  readonly xml?: string;
  readonly text?: string;
  /** Breaks the connection instead of answering. */
  readonly fail?: true;
}

export interface ScriptOptions {
  /** Path of the script, absolute or relative to `cwd`. */
  readonly entry: string;
  readonly cwd: string;
  /** Added to PATH alone: a test never depends on the variables of the machine it runs on. */
  readonly env?: Readonly<Record<string, string>>;
  /** A list, or the path of a CommonJS module that exports one, whose replies may be functions of the request. */
  readonly answers: readonly Answer[] | string;
  readonly args?: readonly string[];
  /** More scripts for `--require`, before the entry: `typescript.cjs` beside this file runs .ts files. */
  readonly preloads?: readonly string[];
  readonly clock?: 'real' | 'fast';
  readonly timeoutMs?: number;
}

const recordedRequest = z.object({
  kind: z.literal('request'),
  answered: z.boolean(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string(),
});
const recordedLine = z.discriminatedUnion('kind', [
  recordedRequest,
  z.object({ kind: z.literal('wait'), milliseconds: z.number() }),
]);

export interface RecordedRequest extends Omit<z.infer<typeof recordedRequest>, 'kind'> {
  /** The body, parsed, when it is JSON. */
  readonly json?: unknown;
  /** The fields of a form body or of the query: MWS parameters. */
  readonly form: Readonly<Record<string, string>>;
}

export interface ScriptRun {
  /** Null when a signal ended the script, as after `timeoutMs`. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly RecordedRequest[];
  readonly unanswered: readonly RecordedRequest[];
  readonly waits: readonly number[];
}

export const TYPESCRIPT_PRELOAD = path.join(__dirname, 'typescript.cjs');

/** Runs `entry` with Node against the stand-in. */
export async function runScript(options: ScriptOptions): Promise<ScriptRun> {
  const directory = mkdtempSync(path.join(tmpdir(), 'amazon-pay-stand-in-'));
  try {
    const recordFile = path.join(directory, 'record.jsonl');
    writeFileSync(recordFile, '');
    const finished = await runNode(options, {
      AMAZON_PAY_STAND_IN_ANSWERS: writeAnswers(options, directory),
      AMAZON_PAY_STAND_IN_RECORD: recordFile,
      AMAZON_PAY_STAND_IN_CLOCK: options.clock ?? 'real',
    });
    return { ...finished, ...readRecord(readFileSync(recordFile, 'utf8')) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeAnswers(options: ScriptOptions, directory: string): string {
  if (typeof options.answers === 'string') return path.resolve(options.cwd, options.answers);
  const file = path.join(directory, 'answers.json');
  writeFileSync(file, JSON.stringify(options.answers));
  return file;
}

type Finished = Pick<ScriptRun, 'exitCode' | 'stdout' | 'stderr'>;

function runNode(options: ScriptOptions, standIn: Record<string, string>): Promise<Finished> {
  const preloads = [path.join(__dirname, 'preload.cjs'), ...(options.preloads ?? [])].flatMap((file) => [
    '--require',
    file,
  ]);
  const entry = path.resolve(options.cwd, options.entry);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...preloads, entry, ...(options.args ?? [])], {
      cwd: options.cwd,
      env: { PATH: process.env['PATH'] ?? '', ...options.env, ...standIn },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 20_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

function readRecord(text: string): Pick<ScriptRun, 'requests' | 'unanswered' | 'waits'> {
  const requests: RecordedRequest[] = [];
  const waits: number[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    const recorded = recordedLine.parse(JSON.parse(line));
    if (recorded.kind === 'wait') waits.push(recorded.milliseconds);
    else requests.push(parseBody(recorded));
  }
  return { requests, unanswered: requests.filter(({ answered }) => !answered), waits };
}

function parseBody(recorded: z.infer<typeof recordedRequest>): RecordedRequest {
  const { answered, method, host, path: target, headers, body } = recorded;
  const request = { answered, method, host, path: target, headers, body };
  const type = String(request.headers['content-type'] ?? '');
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const form = Object.fromEntries(new URLSearchParams(isForm ? request.body : (request.path.split('?')[1] ?? '')));
  if (!type.startsWith('application/json') || request.body === '') return { ...request, form };
  return { ...request, form, json: JSON.parse(request.body) as unknown };
}
