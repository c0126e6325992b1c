import { createHmac } from 'node:crypto';
import { Pool } from 'undici';
import { endpoints, legacyPaths } from '../../catalog/environments';
import type { NotifiedObject } from '../../catalog/notifications';
import { legacyQuotas } from '../../catalog/quotas';
import { childOf, readXml, textOf } from '../../../transforms/ipn/read-xml';
import type { Environment, Region } from '../v2/account';
import { AmazonError, type AmazonErrorCode } from '../v2/amazon-error';
import { checkEndpoint, type AmazonReader, type ReadAnswer } from '../v2/amazon-reader';
import { readOperationsFor, type ReadOperation } from './read-operations';
import { toV2Object } from './to-v2-object';
import { Turns, type Pause } from './turns';

export interface MwsAccount {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sellerId: string;
  readonly authToken?: string | undefined;
  readonly region: Region;
  readonly environment: Environment;
  /** Of the quota for reading (facts: v2-rest.md section 5). */
  readonly quotaShare: number;
  /** Instead of Amazon's own address. */
  readonly endpoint?: string | undefined;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
const HEADERS = { 'content-type': 'application/x-www-form-urlencoded' };

/** As MWS encodes: all but letters, digits and `-_.~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const write = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');

/** AWS signature version 2 (facts: api-mapping.md section 0). MWS knows POST only; what may be asked is a closed list. */
function signedForm(account: MwsAccount, host: string, path: string, query: Readonly<Record<string, string>>): string {
  const form = write({
    ...query,
    AWSAccessKeyId: account.accessKeyId,
    SellerId: account.sellerId,
    ...(account.authToken === undefined ? {} : { MWSAuthToken: account.authToken }),
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: new Date().toISOString(),
    Version: '2013-01-01',
  });
  const text = ['POST', host, path, form].join('\n');
  return `${form}&Signature=${encode(createHmac('sha256', account.secretKey).update(text).digest('base64'))}`;
}

/** By status and code; the codes of ids that name nothing are those of the catalog. */
function codeOf(status: number, code: string | undefined): AmazonErrorCode {
  if (/^Invalid\w+Id$/.test(code ?? '') && code !== 'InvalidAccessKeyId') return 'not-found';
  if (status === 503 && code === 'RequestThrottled') return 'throttled';
  if (status === 401 || status === 403) return 'not-authorized';
  return status >= 500 ? 'unavailable' : 'rejected';
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new AmazonError('unreadable', `MWS answered more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, status: number): Readonly<Record<string, unknown>> {
  try {
    return readXml(text, 'MWS');
  } catch (cause) {
    throw new AmazonError(status >= 500 ? 'unavailable' : 'unreadable', `MWS answered ${status} with no XML.`, {
      status,
      cause,
    });
  }
}

/** Asks the legacy API how an object is, while it lives: for what v2 does not have. It has one verb, too. */
export class MwsReader implements AmazonReader {
  readonly environment: Environment;
  readonly #pool: Pool;
  readonly #host: string;
  readonly #turns: Turns;

  constructor(
    private readonly account: MwsAccount,
    now?: () => number,
    pause?: Pause,
  ) {
    const { perSecond } = legacyQuotas.read[account.environment];
    this.#turns = new Turns(1000 / (perSecond * account.quotaShare), now, pause);
    this.environment = account.environment;
    const own = endpoints.find(({ region }) => region === account.region)?.legacy ?? '';
    const origin = account.endpoint === undefined ? `https://${own}` : checkEndpoint(account.endpoint);
    this.#host = new URL(origin).host;
    this.#pool = new Pool(origin, { connections: 1, pipelining: 1, connect: { timeout: TIMEOUT_MS } });
  }

  async read(objectType: NotifiedObject, id: string): Promise<ReadAnswer> {
    const operations = readOperationsFor(objectType, id);
    const turns = this.#turns.reserve(operations.length);
    for (const [index, operation] of operations.entries()) {
      await this.#turns.waitUntil(turns[index] ?? 0);
      try {
        return await this.#ask(operation, id);
      } catch (error) {
        if (!(error instanceof AmazonError) || error.code !== 'not-found') throw error;
      }
    }
    throw new AmazonError('not-found', `MWS has no ${objectType} ${id.slice(0, 60)}.`);
  }

  async #ask(operation: ReadOperation, id: string): Promise<ReadAnswer> {
    const path = legacyPaths[this.environment];
    const query = { Action: operation.action, [operation.parameter]: operation.toLegacyId(id) };
    const body = signedForm(this.account, this.#host, path, query);
    const { status, text } = await this.#post(path, body);
    const root = parse(text, status);
    if (status === 200) {
      const answer = childOf(root, `${operation.action}Response`, 'MWS');
      const result = childOf(answer, `${operation.action}Result`, 'MWS');
      const details = childOf(result, operation.details, 'MWS');
      if (details === undefined) throw new AmazonError('unreadable', `MWS answered without ${operation.details}.`);
      return { status, body: toV2Object(operation, id, details), requestId: null };
    }
    const error = childOf(childOf(root, 'ErrorResponse', 'MWS'), 'Error', 'MWS');
    const code = textOf(error, 'Code', 'MWS')?.slice(0, 60);
    throw new AmazonError(codeOf(status, code), `MWS answered ${status}.`, { status, reasonCode: code ?? null });
  }

  async #post(path: string, body: string): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await this.#pool.request({ method: 'POST', path, headers: HEADERS, body, signal });
      return { status: response.statusCode, text: await readText(response.body) };
    } catch (error) {
      if (error instanceof AmazonError) throw error;
      throw new AmazonError('unavailable', `MWS ${signal.aborted ? 'did not answer in time' : 'cannot be reached'}.`, {
        cause: error,
      });
    }
  }

  close(): Promise<void> {
    this.#turns.close();
    return this.#pool.destroy();
  }
}

/** Asks v2, and MWS for what v2 does not have. Whatever goes wrong at MWS, the answer is then that of v2. */
export class ReaderWithMws implements AmazonReader {
  readonly environment: Environment;

  constructor(
    private readonly v2: AmazonReader,
    private readonly mws: AmazonReader,
  ) {
    this.environment = v2.environment;
  }

  async read(objectType: NotifiedObject, id: string): Promise<ReadAnswer> {
    try {
      return await this.v2.read(objectType, id);
    } catch (error) {
      if (!(error instanceof AmazonError) || error.code !== 'not-found') throw error;
      return this.mws.read(objectType, id).catch((ofMws: unknown) => {
        // It may well have it, and was not asked.
        throw ofMws instanceof AmazonError && ofMws.code === 'not-now' ? ofMws : error;
      });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.v2.close(), this.mws.close()]);
  }
}
