import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { toOneLine } from '../../report/plain-text';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';

/** Where the proxy that runs is, and what lets in. */
export interface Address {
  readonly url: URL;
  readonly token: string;
}

const TIMEOUT_MS = 120_000;
/** The evidence of a year fits in; what is larger is not ours. */
const MAX_BYTES = 256 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The admin API of a proxy that runs. Every failure is a CliError that says what to do. */
export class Admin {
  constructor(private readonly address: Address) {}

  /** The answer is the proxy's own and is taken for what its types say; what it repeats of others is text. */
  async get<T>(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): Promise<T> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(
      Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    ).toString();
    return this.#ask<T>('GET', search === '' ? path : `${path}?${search}`);
  }

  /** What is kept of a message: anything, and no JSON of the proxy. */
  async getText(path: string): Promise<string> {
    const { status, text } = await this.#send('GET', path, undefined);
    if (status === 200) return text;
    throw refusal(status, this.#parse(text), this.address.url);
  }

  async post<T>(path: string, body: object): Promise<T> {
    return this.#ask<T>('POST', path, JSON.stringify(body));
  }

  async #ask<T>(method: string, path: string, body?: string): Promise<T> {
    const { status, text } = await this.#send(method, path, body);
    if (status === 200) return this.#parse(text) as T;
    throw refusal(status, this.#parse(text), this.address.url);
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw unreachable(`${this.address.url.origin} does not answer as the proxy does.`);
    }
  }

  #send(method: string, path: string, body: string | undefined): Promise<Answer> {
    const { url, token } = this.address;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(unreachable(`No proxy answers at ${url.origin}: ${reason}.`));
      const asking = send(new URL(path, url), { method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          if (bytes > MAX_BYTES) asking.destroy(new Error('the answer is too large'));
          chunks.push(chunk);
        });
        response.on('error', (error) => fail(error.message));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      asking.setTimeout(TIMEOUT_MS, () => asking.destroy(new Error(`nothing within ${TIMEOUT_MS / 1000} s`)));
      asking.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      asking.end(body);
    });
  }
}

function unreachable(problem: string): CliError {
  return new CliError(
    'NOT_REACHABLE',
    problem,
    'Does it run, and is this the address that it printed as "admin"? See --config and --url.',
    exitCodes.unreachable,
  );
}

const steps: Readonly<Record<string, string>> = {
  'wrong-token': 'Set AMAZON_PAY_PROXY_TOKEN to the token that the proxy was started with.',
  'unknown-host': 'Or reach it by 127.0.0.1 on its own machine.',
  'needs-confirm': 'Look at the plan; --confirm sends it all the same.',
  'moves-orders-back': 'amazon-pay-migrate proxy mode rollback --by NAME --reason TEXT',
  'gate-closed':
    'See it with proxy status. After a handler was mended, --since TIME counts from then on. The same with --force switches all the same; the audit says so, and what was missing.',
};

const listOf = (lines: unknown): string =>
  Array.isArray(lines) ? lines.map((line) => `\n  - ${toOneLine(String(line), 1000)}`).join('') : '';

function refusal(status: number, answer: unknown, url: URL): CliError {
  const { error, message, missing } = (answer ?? {}) as { error?: unknown; message?: unknown; missing?: unknown };
  const said = `${typeof message === 'string' ? toOneLine(message) : `the proxy answered ${status}`}${listOf(missing)}`;
  if (status >= 500) return unreachable(`The proxy at ${url.origin} failed: ${said}`);
  const step = steps[String(error)] ?? 'Nothing was changed.';
  return new CliError('REFUSED', said, step, exitCodes.usage);
}
