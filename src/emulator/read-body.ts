import type { IncomingMessage } from 'node:http';

/** Larger than any request of either API; what is beyond it is not read. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Reads the body of a request, or resolves to null when it is too large. */
export function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
