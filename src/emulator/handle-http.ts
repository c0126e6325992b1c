import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body';
import type { RequestLog } from './request-log';
import { answerV2, isV2Path, type V2Context } from './v2/answer';
import { errorReply } from './v2/reply';

/** What one part of the emulator answers to a request; null when the request is not for it. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export type Part = (request: HttpRequest) => HttpReply | null | Promise<HttpReply | null>;

/** What goes wrong on request between the emulator and a shop. */
export interface LineFaults {
  /** So many of the next requests to the APIs are done, and the connection breaks instead of an answer. */
  dropAnswers: number;
  /** So many of the next requests to the APIs are done, and never answered: time to kill who asked. */
  holdAnswers: number;
}

export interface HandlerContext {
  /** Resolves when what the request did cannot be lost any more: before that nobody hears of it. */
  readonly kept: () => Promise<void> | undefined;
  readonly faults: LineFaults;
  readonly isApi: (path: string) => boolean;
  readonly parts: readonly Part[];
  /** How a request that is too large, or too slow, is refused, by its path. */
  readonly refuse: (path: string, because: 'too large' | 'too slow') => HttpReply;
  readonly timeoutMs: number;
}

/** A listener for `node:http` and `node:https` alike. */
export function createHandler(context: HandlerContext) {
  return (incoming: IncomingMessage, response: ServerResponse): void => {
    answer(context, incoming).then(
      ({ status, headers, body }) => {
        if (isLost(context, incoming)) return;
        if (!incoming.complete) response.setHeader('connection', 'close');
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
        response.end(body);
      },
      (error: Error) => {
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(`A defect of the emulator: ${error.stack ?? error.message}\n`);
      },
    );
  };
}

/** Whether an answer does not arrive, as was asked for. */
function isLost({ faults, isApi }: HandlerContext, { url, socket }: IncomingMessage): boolean {
  if (!isApi(url?.split('?')[0] ?? '')) return false;
  if (faults.holdAnswers > 0) {
    faults.holdAnswers -= 1;
    return true;
  }
  if (faults.dropAnswers === 0) return false;
  faults.dropAnswers -= 1;
  socket.destroy();
  return true;
}

async function answer(context: HandlerContext, incoming: IncomingMessage): Promise<HttpReply> {
  const { parts, kept, refuse, timeoutMs } = context;
  const [path = '/', query = ''] = splitOnce(incoming.url ?? '/', '?');
  const body = await readBody(incoming, timeoutMs);
  if (!Buffer.isBuffer(body)) return refuse(path, body);
  const { method = 'GET', headers } = incoming;
  const request = { method, path, query: new URLSearchParams(query), headers, body };
  for (const part of parts) {
    const reply = await part(request);
    if (reply === null) continue;
    await kept();
    return reply;
  }
  const text = `There is nothing at ${path}. See /_/ for what this emulator has.\n`;
  return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}

function splitOnce(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}

const jsonHeaders = { 'content-type': 'application/json' };

/** The API of v2 as a part. */
export function createV2Part(context: V2Context, log: RequestLog): Part {
  return (request) => {
    if (!isV2Path(request.path)) return null;
    const reply = answerV2(context, request);
    const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
    const { method, path, headers } = request;
    log.add({
      at: new Date(context.emulation.clock.now()).toISOString(),
      api: 'v2',
      method,
      path,
      action: null,
      headers,
      body: request.body.toString('utf8'),
      status: reply.status,
      answer: body,
    });
    const requestId = { 'x-amz-pay-request-id': context.emulation.ids.uuid() };
    return { status: reply.status, headers: { ...jsonHeaders, ...reply.headers, ...requestId }, body };
  };
}

export function refuseV2(because: 'too large' | 'too slow'): HttpReply {
  const { status, body } =
    because === 'too large'
      ? errorReply('InvalidRequest', 'The request is too large.')
      : errorReply('RequestTimeout', 'The request did not arrive in time.');
  return { status, headers: jsonHeaders, body: JSON.stringify(body) };
}
