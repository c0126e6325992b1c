import { subscribe } from 'node:diagnostics_channel';
import { Pool, type Dispatcher } from 'undici';
import { failPoint } from '../fail-points';
import { failureOfError, type Failure } from './failure';

/** An answer of which as much was read as is allowed. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly body: Buffer;
  /** There was more. */
  readonly isCut: boolean;
}

/** No answer, or not a whole one. The message of the cause stays inside: it may quote what the handler said. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  constructor(
    readonly failure: Failure,
    options: ErrorOptions,
  ) {
    super(`No answer: ${failure}.`, options);
  }
}

export interface EndpointSettings {
  readonly url: string;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly maxAnswerBytes: number;
  readonly certificateAuthority?: string | undefined;
}

// The one place at which undici tells that a request is out. Of the proxy's requests only deliveries are POSTs.
subscribe('undici:request:bodySent', (message) => {
  if ((message as { request: { method: string } }).request.method === 'POST') failPoint('deliver:sent');
});

/** One URL of the configuration. Goes by no proxy of the environment, follows no redirect, always checks certificates. */
export class Endpoint {
  readonly #pool: Pool;
  readonly #path: string;

  constructor(private readonly settings: EndpointSettings) {
    const { origin, pathname, search } = new URL(settings.url);
    this.#path = pathname + search;
    this.#pool = new Pool(origin, {
      connections: settings.concurrency,
      pipelining: 1,
      allowH2: false,
      // `post` has a limit for the whole exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        timeout: settings.timeoutMs,
        rejectUnauthorized: true,
        ...(settings.certificateAuthority === undefined ? {} : { ca: settings.certificateAuthority }),
      },
    });
  }

  /** Rejects with a NoAnswerError. */
  async post(headers: Record<string, string>, body: Uint8Array): Promise<Answer> {
    // Of the whole exchange: a handler that sends a byte a second keeps other time limits from ever being reached.
    const limit = new AbortController();
    // Where the process itself was held up, an answer may be there that was not read yet: timers come before it.
    const timer = setTimeout(() => setImmediate(() => limit.abort()), this.settings.timeoutMs);
    try {
      const { signal } = limit;
      const answer = await this.#pool.request({ method: 'POST', path: this.#path, headers, body, signal });
      return await this.#read(answer);
    } catch (cause) {
      throw new NoAnswerError(failureOfError(cause), { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  async #read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
    const chunks: Buffer[] = [];
    let [bytes, isCut] = [0, false];
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      // Leaving the loop ends the connection, so that the rest is never taken in.
      isCut = bytes > this.settings.maxAnswerBytes;
      if (isCut) break;
      chunks.push(chunk);
    }
    const first = (name: string): string | undefined => [headers[name]].flat()[0];
    return {
      status: statusCode,
      contentType: first('content-type') ?? '',
      retryAfter: first('retry-after'),
      body: Buffer.concat(chunks),
      isCut,
    };
  }

  /** Ends what is still under way. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
