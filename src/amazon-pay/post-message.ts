import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly milliseconds: number;
}

const MAX_ANSWER_BYTES = 64 * 1024;

/** POSTs a message as SNS does. Follows no redirect; rejects when there is no answer in time. */
export function postMessage(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Answer> {
  const started = performance.now();
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const outgoing = request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': String(bytes.byteLength) } },
      (response) => {
        let received = 0;
        const settle = (): void =>
          resolve({ status: response.statusCode ?? 0, milliseconds: Math.round(performance.now() - started) });
        response.on('data', (chunk: Buffer) => {
          received += chunk.byteLength;
          if (received <= MAX_ANSWER_BYTES) return;
          // The status is known, and nothing else of the answer is looked at.
          settle();
          response.destroy();
        });
        response.on('end', settle).on('error', reject);
      },
    );
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
    outgoing.on('error', reject).on('close', () => clearTimeout(timer));
    outgoing.end(bytes);
  });
}
