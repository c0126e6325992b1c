import type { Adapter } from './adapter';

/** Nitro, the server of Nuxt: the path of the file is the path of the endpoint. */
export const nuxt: Adapter = {
  requestType: `import type { H3Event } from 'h3';

export type ShopRequest = H3Event;`,
  module: '/server/routes/amazon-pay/[endpoint]',
  mount: null,
  source: String.raw`import { createError, defineEventHandler, getQuery, getRequestURL, readRawBody, setResponseHeader, setResponseStatus } from 'h3';
import { checkout } from '«checkout»';

/** The endpoints of Amazon Pay below /amazon-pay. */
export default defineEventHandler(async (event) => {
  const endpoint = endpointOf(event.method + ' ' + getRequestURL(event).pathname);
  if (!endpoint) throw createError({ statusCode: 404 });
  const isForm = String(event.headers.get('content-type')).startsWith('application/x-www-form-urlencoded');
  const text = event.method === 'POST' ? ((await readRawBody(event)) ?? '') : '';
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : parse(text);
  const { status, json, location } = await endpoint({ query: getQuery(event), body, isForm, request: event });
  setResponseHeader(event, 'Cache-Control', 'no-store');
  setResponseStatus(event, status);
  if (location === undefined) return json;
  setResponseHeader(event, 'Location', location);
  return '';
});

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

/** An unreadable body has no session id, which is refused. */
function parse(text⟦: string⟧)⟦: unknown⟧ {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
`,
};
