import { Pool } from 'undici';
import { endpoints } from '../../catalog/environments';
import type { NotifiedObject } from '../../catalog/notifications';
import { fetchFor } from '../../../transforms/ipn/fetch-for';
import { isLoopback } from '../loopback';
import { readRetryAfter } from '../retry-after';
import { AccountError, checkPrivateKey, environmentOf, type Account, type Environment } from './account';
import { AmazonError, type AmazonErrorCode } from './amazon-error';
import { createSigner, type SignedGet, type SignGet } from './sign-get';

export interface ReadAnswer {
  readonly status: number;
  /** The object as Amazon answered it. It may hold buyer data: reduce it, never keep it. */
  readonly body: Readonly<Record<string, unknown>>;
  /** For Amazon's support. */
  readonly requestId: string | null;
}

/**
 * Asks Amazon how an object is. It has one verb: nothing that uses it can capture, refund or cancel.
 */
export interface AmazonReader {
  readonly environment: Environment;
  /** GETs an object by its id. Rejects with an AmazonError. */
  read(objectType: NotifiedObject, id: string): Promise<ReadAnswer>;
  close(): Promise<void>;
}

export interface Line {
  /** Instead of Amazon's own address: https, or http to this machine. For the emulator. */
  readonly endpoint?: string;
  /** PEM of the certificate authority of that address. */
  readonly certificateAuthority?: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
/** A line for each operation is enough: the quota allows four requests a second. */
const CONNECTIONS = 4;

/** Throws an AccountError for an address to which nobody should send signed requests. */
export function checkEndpoint(endpoint: string): string {
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new AccountError(`${url.origin}: signed requests go by https, or to this machine.`);
  return url.origin;
}

function originOf({ region }: Account, { endpoint }: Line): string {
  if (endpoint === undefined) {
    const row = endpoints.find((each) => each.region === region);
    if (row === undefined) throw new Error(`There is no address for the region ${region}.`);
    return `https://${row.v2}`;
  }
  return checkEndpoint(endpoint);
}

/** Reads no further than the cap: what Amazon answers is a few kilobytes. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new AmazonError('unreadable', `Amazon answered more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** By status (facts: v2-rest.md section 6). 408 and 425 are for another try, as Amazon's SDKs have it. */
function codeOf(status: number): AmazonErrorCode {
  if (status === 429) return 'throttled';
  if (status === 404) return 'not-found';
  if (status === 401 || status === 403) return 'not-authorized';
  if (status >= 500 || status === 408 || status === 425) return 'unavailable';
  return 'rejected';
}

/** A code and nothing else: the message of a refused signature repeats what was signed. */
const reasonOf = (body: Readonly<Record<string, unknown>> | null): string | null => {
  const code = body?.['reasonCode'];
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : null;
};

class PoolReader implements AmazonReader {
  constructor(
    readonly environment: Environment,
    private readonly pool: Pool,
    private readonly sign: SignGet,
    private readonly timeoutMs: number,
  ) {}

  async read(objectType: NotifiedObject, id: string): Promise<ReadAnswer> {
    const fetch = fetchFor(objectType, id);
    if (fetch === undefined) throw new AmazonError('not-asked', `${id.slice(0, 60)} is no id of a ${objectType}.`);
    // P and B are live, S and C are sandbox (facts: managing-v1-objects.md).
    const environment = /^[PB]/.test(id) ? 'live' : 'sandbox';
    if (environment !== this.environment)
      throw new AmazonError('not-asked', `${id} is of ${environment}, and the key is for ${this.environment}.`);
    return this.#get(this.sign(fetch.path.replace(/^\/v2\//, '')));
  }

  async #get({ path, headers }: SignedGet): Promise<ReadAnswer> {
    // Of the whole exchange, the last byte included.
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await this.pool.request({ method: 'GET', path, headers, signal });
      const text = await readText(response.body);
      const { statusCode: status } = response;
      const body = readObject(text);
      if (status !== 200) throw this.#refusal(status, body, response.headers);
      if (body === null)
        throw new AmazonError('unreadable', 'Amazon answered 200 with what is no JSON object.', { status });
      const requestId = response.headers['x-amz-pay-request-id'];
      return { status, body, requestId: typeof requestId === 'string' ? requestId : null };
    } catch (error) {
      if (error instanceof AmazonError) throw error;
      const why = signal.aborted ? `did not answer within ${this.timeoutMs} ms` : 'cannot be reached';
      throw new AmazonError('unavailable', `Amazon ${why}.`, { cause: error });
    }
  }

  #refusal(
    status: number,
    body: Readonly<Record<string, unknown>> | null,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): AmazonError {
    const reasonCode = reasonOf(body);
    const retryAfterMs = readRetryAfter(headers['retry-after'], headers['date']);
    const message = `Amazon answered ${status}${reasonCode === null ? '' : ` ${reasonCode}`}.`;
    return new AmazonError(codeOf(status), message, { status, reasonCode, retryAfterMs });
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** Opens a line to Amazon for one account. Throws an AccountError for one that cannot be right. */
export async function openAmazonReader(account: Account, line: Line = {}): Promise<AmazonReader> {
  checkPrivateKey(account.privateKey);
  const environment = environmentOf(account);
  const ca = line.certificateAuthority;
  const pool = new Pool(originOf(account, line), {
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: TIMEOUT_MS, ...(ca === undefined ? {} : { ca }) },
    // A redirect is an answer like any other: this client does not follow any.
  });
  return new PoolReader(environment, pool, await createSigner(account), line.timeoutMs ?? TIMEOUT_MS);
}
