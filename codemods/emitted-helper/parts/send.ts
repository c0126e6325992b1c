import type { Part } from '../part';

/** `send`, the error it rejects with, and the client that tries again. */
export const sendParts: readonly Part[] = [
  {
    name: 'ErrorAnswer',
    needs: [],
    exported: false,
    only: 'typescript',
    source: String.raw`
interface ErrorAnswer {
  status: number;
  data?: { reasonCode?: string; message?: string };
  headers?: Record<string, unknown>;
}`,
  },
  {
    name: 'AmazonPayError',
    needs: ['ErrorAnswer'],
    exported: true,
    source: String.raw`
/**
 * An error answer of Amazon Pay, { reasonCode, message }. Errors of the legacy client had the error
 * code as name and type, and code compares them, so both hold the reason code. The error of the SDK
 * also carries the signed request; it is left behind, so that no log shows its headers.
 */
class AmazonPayError extends Error {
⟦  readonly type: string;
  readonly reasonCode: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfter: number;

⟧  constructor({ status, data, headers }⟦: ErrorAnswer⟧) {
    // A gateway in between may answer with HTML, which has neither message nor reason.
    super(data?.message ?? 'Amazon Pay answered with HTTP status ' + status);
    this.reasonCode = data?.reasonCode ?? 'Unknown';
    this.name = this.reasonCode;
    this.type = this.reasonCode;
    this.status = status;
    // Amazon asks for it when you contact support.
    this.requestId = headers?.['x-amz-pay-request-id']⟦ as string | undefined⟧;
    this.retryAfter = Number(headers?.['retry-after']) || 0;
  }
}`,
  },
  {
    name: 'toAmazonPayError',
    needs: ['AmazonPayError'],
    exported: false,
    source: String.raw`
/** Only an answer of Amazon becomes an AmazonPayError; no connection, or a bug, stays what it is. */
function toAmazonPayError(error⟦: unknown⟧)⟦: AmazonPayError | undefined⟧ {
  const response = ⟦(⟧error⟦ as { response?: ErrorAnswer } | undefined)⟧?.response;
  return response?.status ? new AmazonPayError(response) : undefined;
}`,
  },
  {
    name: 'isWorthRetrying',
    needs: [],
    exported: false,
    source: String.raw`
/** ProcessingFailure has status 500 but is a decline: the same key may only repeat the same answer. */
function isWorthRetrying({ status, reasonCode }⟦: AmazonPayError⟧)⟦: boolean⟧ {
  return reasonCode !== 'ProcessingFailure' && ([408, 425, 429].includes(status) || status >= 500);
}`,
  },
  {
    name: 'pauseBeforeRetry',
    needs: [],
    exported: false,
    source: String.raw`
/** Milliseconds: longer each time, never quite alike, no less than Retry-After asks, at most 30 s. */
function pauseBeforeRetry(attempt⟦: number⟧, { retryAfter }⟦: AmazonPayError⟧)⟦: number⟧ {
  const backoff = 500 * 2 ** attempt * (0.5 + Math.random() / 2);
  return Math.min(Math.max(backoff, retryAfter * 1000), 30000);
}`,
  },
  {
    name: 'waitMilliseconds',
    needs: [],
    exported: false,
    source: String.raw`
function waitMilliseconds(milliseconds⟦: number⟧)⟦: Promise<void>⟧ {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}`,
  },
  {
    name: 'RetryOptions',
    needs: [],
    exported: true,
    only: 'typescript',
    source: String.raw`
interface RetryOptions {
  /** How often a failed request is sent again; 3 unless given. */
  retries?: number | undefined;
  /** Waits that many milliseconds; a test puts in its own. */
  wait?: ((milliseconds: number) => PromiseLike<unknown>) | undefined;
}`,
  },
  {
    name: 'Sending',
    needs: [],
    exported: false,
    only: 'typescript',
    source: String.raw`
interface Sending {
  apiCall(options: never, maxRedirects?: number): PromiseLike<unknown>;
}`,
  },
  {
    name: 'withRetry',
    needs: ['toAmazonPayError', 'isWorthRetrying', 'pauseBeforeRetry', 'waitMilliseconds', 'RetryOptions', 'Sending'],
    exported: true,
    source: String.raw`
/**
 * Makes a client of the SDK send again what Amazon wants sent again later: throttled requests (429)
 * and those that failed with 408, 425 or 5xx. The SDK itself never does, whatever its README says.
 * The very same request goes out, so its idempotency key is the same, and Amazon answers a repeated
 * key with the first result instead of charging twice.
 */
function withRetry⟦<C extends Sending>⟧(⟦
  ⟧client⟦: C⟧,⟦
 ⟧ { retries = 3, wait = waitMilliseconds }⟦: RetryOptions⟧ = {}⟦,
⟧)⟦: C⟧ {
  const once = client.apiCall.bind(client)⟦ as (options: object, maxRedirects?: number) => PromiseLike<unknown>⟧;
  const apiCall = async (options⟦: { headers?: object | null }⟧, maxRedirects⟦?: number⟧)⟦: Promise<unknown>⟧ => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        // The SDK changes the options that it gets, so every attempt has its own.
        return await once({ ...options, headers: { ...options.headers } }, maxRedirects);
      } catch (error) {
        const failure = toAmazonPayError(error);
        if (!failure || attempt >= retries || !isWorthRetrying(failure)) throw error;
        await wait(pauseBeforeRetry(attempt, failure));
      }
    }
  };
  return Object.assign(client, { apiCall });
}`,
  },
  {
    name: 'send',
    needs: ['toAmazonPayError'],
    exported: true,
    source: String.raw`
/**
 * Runs call, a function that returns a promise of the SDK, and resolves to the object in the answer:
 * the SDK resolves to an HTTP response that has the object in its data. An error answer rejects with
 * an AmazonPayError, and so does what call throws at once.
 */
async function send⟦<T = any>⟧(call⟦: () => PromiseLike<{ data: T }>⟧)⟦: Promise<T>⟧ {
  try {
    return (await call()).data;
  } catch (error) {
    throw toAmazonPayError(error) ?? error;
  }
}`,
  },
];
