import type { Adapter } from './adapter';

/** The App Router of Next: the path of the file is the path of the endpoint. */
export const next: Adapter = {
  requestType: 'export type ShopRequest = Request;',
  module: '/app/amazon-pay/[endpoint]/route',
  mount: null,
  source: String.raw`import { checkout } from '«checkout»';
⟦import type { Answer, Incoming } from '«flow»';
⟧
/** The endpoints of Amazon Pay below /amazon-pay. */
export async function GET(request⟦: Request⟧)⟦: Promise<Response>⟧ {
  return answer(endpointOf(request), { query: queryOf(request), request });
}

export async function POST(request⟦: Request⟧)⟦: Promise<Response>⟧ {
  const isForm = String(request.headers.get('content-type')).startsWith('application/x-www-form-urlencoded');
  const text = await request.text();
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : parse(text);
  return answer(endpointOf(request), { query: queryOf(request), body, isForm, request });
}

function endpointOf(request⟦: Request⟧) {
  switch (request.method + ' ' + new URL(request.url).pathname) {
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

function queryOf(request⟦: Request⟧) {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** An unreadable body has no session id, which is refused. */
function parse(text⟦: string⟧)⟦: unknown⟧ {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function answer(endpoint⟦: ((incoming: Incoming) => Promise<Answer>) | undefined⟧, incoming⟦: Incoming⟧)⟦: Promise<Response>⟧ {
  if (!endpoint) return new Response(null, { status: 404 });
  const { status, json, location } = await endpoint(incoming);
  const headers = { 'Cache-Control': 'no-store' };
  if (location === undefined) return Response.json(json, { status, headers });
  return new Response(null, { status, headers: { ...headers, Location: location } });
}
`,
};
