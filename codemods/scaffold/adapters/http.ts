import type { Adapter } from './adapter';

/** Node's own server, and whatever hands on its request and response: Connect, Nuxt 2, API routes of Next. */
export const http: Adapter = {
  requestType: `import type { IncomingMessage } from 'node:http';

export type ShopRequest = IncomingMessage;`,
  module: 'routes',
  mount: { exported: 'amazonPay', statement: 'if (await amazonPay(request, response)) return;' },
  source: String.raw`⟦import type { IncomingMessage, ServerResponse } from 'node:http';
⟧import { checkout } from './checkout';

/**
 * Answers a request for /amazon-pay/… and resolves to true; resolves to false when it is about something else.
 * In the handler of the server: if (await amazonPay(request, response)) return;
 */
export async function amazonPay(request⟦: IncomingMessage⟧, response⟦: ServerResponse⟧)⟦: Promise<boolean>⟧ {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://relative');
  const endpoint = endpointOf(request.method + ' ' + pathname);
  if (!endpoint) return false;
  const query = Object.fromEntries(searchParams);
  const isForm = String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded');
  const body = request.method === 'POST' ? await readBody(request, isForm) : undefined;
  const { status, json, location } = await endpoint({ query, body, isForm, request });
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  if (location === undefined) response.setHeader('Content-Type', 'application/json');
  else response.setHeader('Location', location);
  response.end(location === undefined ? JSON.stringify(json) : undefined);
  return true;
}

function endpointOf(route⟦: string⟧) {
  switch (route) {
    case 'GET /amazon-pay/button':
      return checkout.button;
    case 'GET /amazon-pay/review':
      return checkout.review;
    case 'GET /amazon-pay/session':
      return checkout.session;
    case 'POST /amazon-pay/checkout':
      return checkout.placeOrder;
    case 'GET /amazon-pay/result':
      return checkout.result;
    default:
      return undefined;
  }
}

/** What a parser in front has read already is taken from it. An unreadable body has no session id, which is refused. */
async function readBody(request⟦: IncomingMessage & { body?: unknown }⟧, isForm⟦: boolean⟧)⟦: Promise<unknown>⟧ {
  if (request.body !== undefined && request.body !== null) return request.body;
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 16384) return null;
  }
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
`,
};
