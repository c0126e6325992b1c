import type { IncomingMessage } from 'node:http';

/** Larger than any request of either API; what is beyond it is not read. */
export const MAX_BODY_BYTES = 1024 * 1024;

export type ReadBody = Buffer | 'too large' | 'too slow';

/** Reads the body of a request: no more than the most, and no longer than so many milliseconds. */
export function readBody(request: IncomingMessage, timeoutMs: number): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => resolve('too slow'), timeoutMs);
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve('too large');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => clearTimeout(timer));
  });
}
