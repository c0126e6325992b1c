import type { ServerResponse } from 'node:http';

/** How a request was answered, and the word that it is counted by; null where the message was taken. */
export interface Answer {
  readonly status: number;
  readonly reason: string | null;
  /** Whether the connection ends with it: what is still on its way is not read. */
  readonly isLast?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export const taken: Answer = { status: 200, reason: null };

/** The only answer after which Amazon sends a message again (facts: ipn.md section 1). */
export const comeAgain = (reason: string): Answer => ({ status: 503, reason, isLast: true });

export function sendAnswer(response: ServerResponse, { status, reason, isLast = false, headers = {} }: Answer): void {
  const text = `${reason ?? 'taken'}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': text.length,
    ...headers,
    ...(isLast ? { connection: 'close' } : {}),
  });
  response.end(text);
}

const lines = (status: string): string => `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;

/**
 * What a broken request is answered with. Node would say 408 to a slow one, and 431 to one to which a proxy added too much; after
 * a 4xx Amazon never sends a message again, and this one may be genuine.
 */
const mayBeGenuine = { status: 503, lines: lines('503 Service Unavailable') };
export const brokenRequestAnswers: Readonly<Record<string, { readonly status: number; readonly lines: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: mayBeGenuine,
  HPE_HEADER_OVERFLOW: mayBeGenuine,
};
export const badRequest = { status: 400, lines: lines('400 Bad Request') };
