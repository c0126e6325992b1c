import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock';
import { ReplayError } from '../../deliver/replay';
import { wordsOf } from '../../configuration/issue-words';
import { ModeError } from '../../modes/mode-error';
import { AdminError, json, securityHeaders, type Reply } from './reply';
import { Authenticator, checkOrigin } from './authenticate';

const MAX_BODY_BYTES = 64 * 1024;

export interface AdminRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON of a POST; checked by the route. */
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** Without the token: health, and the page with which one signs in. */
  readonly isOpen?: boolean;
  readonly answer: (request: AdminRequest, ...found: readonly string[]) => Reply | Promise<Reply>;
}

export interface AdminOptions {
  readonly token: string;
  readonly hostNames: readonly string[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Makes the server of people and scripts: dashboard, API, metrics, health. */
export function createAdminServer(routes: readonly Route[], options: AdminOptions): Server {
  const authenticator = new Authenticator(options.token, options.clock);
  const all = [...routes, ...sessionRoutes(authenticator)];
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000, headersTimeout: 5000 });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, all, authenticator, options).then((reply) => send(response, reply, request.method));
  });
  return server;
}

/** With the token, a browser gets a cookie that scripts cannot read. */
function sessionRoutes(authenticator: Authenticator): readonly Route[] {
  const opening = z.strictObject({ token: z.string().max(1000) });
  return [
    {
      method: 'POST',
      path: /^\/api\/session$/,
      isOpen: true,
      answer: ({ body }) =>
        json({ signedIn: true }, 200, { 'set-cookie': authenticator.openSession(opening.parse(body).token) }),
    },
  ];
}

async function answer(
  request: IncomingMessage,
  routes: readonly Route[],
  authenticator: Authenticator,
  { hostNames, onError }: AdminOptions,
): Promise<Reply> {
  try {
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = findRoute(routes, method, url.pathname);
    // Load balancers ask for health by an address; what is open to everyone to read tells another site nothing.
    if (method !== 'GET' || found.route.isOpen !== true) checkOrigin(request.headers, method, hostNames);
    if (found.route.isOpen !== true) authenticator.check(request.headers);
    const body = method === 'POST' ? await readJsonBody(request) : undefined;
    return await found.route.answer({ path: url.pathname, query: url.searchParams, body }, ...found.captures);
  } catch (error) {
    return toReply(error, onError);
  }
}

function findRoute(routes: readonly Route[], method: string, path: string) {
  let isKnownPath = false;
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    isKnownPath = true;
    if (route.method === method) return { route, captures: match.slice(1).map((part) => decodeURIComponent(part)) };
  }
  throw isKnownPath
    ? new AdminError(405, 'wrong-method', `${method} is not for ${path}.`)
    : new AdminError(404, 'not-found', `There is no ${path}.`);
}

function toReply(error: unknown, onError: (error: unknown) => void): Reply {
  if (error instanceof AdminError) return json({ error: error.code, message: error.message }, error.status);
  if (error instanceof ModeError) {
    const { code, message, missing } = error;
    return json({ error: code, message, ...(missing.length === 0 ? {} : { missing }) }, 409);
  }
  if (error instanceof ReplayError) return json({ error: error.code, message: error.message }, 409);
  if (error instanceof z.ZodError) return json({ error: 'invalid', message: describe(error) }, 400);
  if (error instanceof URIError) return json({ error: 'invalid', message: 'The path is not encoded rightly.' }, 400);
  onError(error);
  return json({ error: 'failed', message: 'The proxy could not answer. Its log says why.' }, 500);
}

/** What was sent is not kept in the error: whether something is missing is not told apart from what is of a wrong form. */
const describe = ({ issues }: z.ZodError): string =>
  issues
    .map(
      (issue) =>
        `${issue.path.length === 0 ? 'The request' : issue.path.map(String).join('.')} ${wordsOf(issue, null)}.`,
    )
    .join(' ');

async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new AdminError(413, 'too-large', `More than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    throw new AdminError(400, 'not-json', 'The body is no JSON.');
  }
}

function send(response: ServerResponse, { status, headers, body }: Reply, method: string | undefined): void {
  response.writeHead(status, { ...securityHeaders, ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(method === 'HEAD' ? undefined : body);
}
