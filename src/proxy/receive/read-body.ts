import type { IncomingMessage } from 'node:http';
import { failPoint } from '../fail-points';

/** SNS carries 256 KiB; notifications have a few. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Of all requests that are being read: a flood of large bodies must not fill the memory. */
const MAX_BYTES_AT_ONCE = 64 * 1024 * 1024;

export type Body =
  | { readonly outcome: 'read'; readonly bytes: Buffer }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'too-much-at-once' }
  /** The sender went away. */
  | { readonly outcome: 'gone' };

/** Reads bodies, each up to a size, and all that are being read up to another. */
export class BodyReader {
  #bytesAtOnce = 0;

  constructor(private readonly maxBytesAtOnce = MAX_BYTES_AT_ONCE) {}

  /** Reads the body of a request, whatever length it says that it has. */
  read(request: IncomingMessage): Promise<Body> {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > MAX_BODY_BYTES) return Promise.resolve({ outcome: 'too-large' });
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const settle = (body: Body): void => {
        this.#bytesAtOnce -= length;
        length = 0;
        request.off('data', take).off('end', end).off('close', gone);
        resolve(body);
      };
      const take = (chunk: Buffer): void => {
        length += chunk.byteLength;
        this.#bytesAtOnce += chunk.byteLength;
        if (length > MAX_BODY_BYTES) settle({ outcome: 'too-large' });
        else if (this.#bytesAtOnce > this.maxBytesAtOnce) settle({ outcome: 'too-much-at-once' });
        else chunks.push(chunk);
        if (length < announced) failPoint('receive-half-read');
      };
      const end = (): void => settle({ outcome: 'read', bytes: Buffer.concat(chunks) });
      const gone = (): void => settle({ outcome: 'gone' });
      request.on('data', take).on('end', end).on('close', gone);
      // Without a listener an aborted request would end the process.
      request.on('error', () => undefined);
    });
  }
}
