import type { Agent } from 'node:https';

export interface BoundedRequest {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** For a proxy, or a test: it decides how a connection is made, not which address is asked for. */
  readonly agent?: Agent;
}

/** GETs a text by https. Follows no redirect, takes no more bytes and no more time than allowed. */
export async function fetchBounded(url: string, { maxBytes, timeoutMs, agent }: BoundedRequest): Promise<string> {
  const { get } = await import('node:https');
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      { headers: { 'accept-encoding': 'identity' }, ...(agent ? { agent } : {}) },
      (response) => {
        if (response.statusCode !== 200) {
          request.destroy(new Error(`HTTP status ${response.statusCode}, not 200; redirects are not followed`));
          return;
        }
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          if (bytes > maxBytes) request.destroy(new Error(`more than ${maxBytes} bytes`));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.on('error', reject);
      },
    );
    // Of the whole exchange: a server that sends a byte a second keeps an idle timeout from ever firing.
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request.on('error', reject).on('close', () => clearTimeout(timer));
  });
}
