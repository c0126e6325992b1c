import { Pool } from 'undici';
import { readAnswer, type StateNames } from '../read-outcome';
import type { OutcomeSource, Sample } from './outcome-source';

export interface EndpointSourceSettings {
  /** With `{orderKey}` where the key of the order goes. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly timeoutMs: number;
  readonly certificateAuthority?: string | undefined;
  readonly states: StateNames;
}

const MAX_BYTES = 64 * 1024;
export const PLACE = '{orderKey}';

async function readText(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A state endpoint of the shop: GET with the key of the order, an outcome as JSON. Redirects are not followed. */
export class EndpointSource implements OutcomeSource {
  readonly name = 'endpoint';
  readonly #pool: Pool;

  constructor(private readonly settings: EndpointSourceSettings) {
    const ca = settings.certificateAuthority;
    const connect = { timeout: settings.timeoutMs, ...(ca === undefined ? {} : { ca }) };
    this.#pool = new Pool(new URL(settings.url).origin, { connections: 4, pipelining: 1, connect });
  }

  async sample(orderKey: string): Promise<Sample> {
    const { url, token, timeoutMs, states } = this.settings;
    const { pathname, search } = new URL(url.replaceAll(PLACE, encodeURIComponent(orderKey)));
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { accept: 'application/json', ...authorization };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const { statusCode, body } = await this.#pool.request({
        method: 'GET',
        path: pathname + search,
        headers,
        signal,
      });
      const text = await readText(body);
      // The shop does not know the order.
      if (statusCode === 404) return { kind: 'absent' };
      if (statusCode !== 200) return { kind: 'unreachable', reason: `status ${statusCode}` };
      return text === null
        ? { kind: 'unreadable', reason: `it has more than ${MAX_BYTES} bytes` }
        : readAnswer(text, states);
    } catch {
      return { kind: 'unreachable', reason: signal.aborted ? `no answer within ${timeoutMs} ms` : 'no connection' };
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
